package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.holdfast.session.Session;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The past comes back under a page that is open. */
class RestoreIT {
  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();
  @TempDir private Path directory;

  @Test
  void anOpenPageShowsTheRestoredStateInPlaceOfItsOwn() throws Exception {
    Session kept = SERVER.external("In the backup");
    SERVER.report(kept, PageServer.answer("Q1", "answer of the backup"));
    Path backup = directory.resolve("backup.zip");
    SERVER.backUp(backup);
    SERVER.report(kept, PageServer.answer("Q1", "later answer"), PageServer.answer("Q2", "later"));
    SERVER.stop(kept, "after the backup");
    Session lost = SERVER.external("After the backup");
    Page list = CHROMIUM.open(SERVER.url());
    Page table = CHROMIUM.open(SERVER.url(kept));
    Page gone = CHROMIUM.open(SERVER.url(lost));
    assertThat(list.locator(PageIT.row(kept, "partial"))).isVisible();
    assertThat(list.locator(PageIT.row(lost, "running"))).isVisible();
    assertThat(table.locator("[data-question=Q1] .answer-text")).hasText("later answer");
    assertThat(gone.locator("h1")).hasText(lost.title());
    long before = revision(list);

    SERVER.restore(backup);

    list.waitForSelector(PageIT.row(kept, "running"));
    assertThat(list.locator("[data-session]")).hasCount(1);
    assertThat(list.locator("[data-count=running]")).hasText("1");
    assertThat(list.locator("[data-count=partial]")).hasText("0");
    list.waitForSelector("body[data-connection=live]");
    Assertions.assertThat(revision(list)).isLessThan(before);
    assertThat(table.locator("[data-question=Q1] .answer-text")).hasText("answer of the backup");
    assertThat(table.locator("[data-question=Q2][data-status=pending]")).isVisible();
    assertThat(gone.locator("[data-problem='404']")).isVisible();
    SERVER.report(kept, PageServer.answer("Q2", "goes on"));
    assertThat(table.locator("[data-question=Q2] .answer-text")).hasText("goes on");
    CHROMIUM.expectFailedRequests();
  }

  private static long revision(Page page) {
    return Long.parseLong(page.getAttribute("body", "data-revision"));
  }
}
