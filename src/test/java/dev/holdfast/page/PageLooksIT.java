package dev.holdfast.page;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.holdfast.page.Chromium.Look;
import dev.holdfast.session.Session;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every page in light and dark, wide and narrow: readable for all, and nothing sticks out. With
 * {@code -Dpage.screenshots=DIR} each is also written to a file.
 */
class PageLooksIT {
  private static final Locator.WaitForOptions ATTACHED =
      new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  @Test
  void theEmptyListInvites() {
    for (Look look : LookCheck.looks()) {
      Page page = CHROMIUM.open(SERVER.url(), look);
      page.waitForSelector(".empty");
      LookCheck.check(page, "empty", look);
    }
  }

  @Test
  void listsTablesAndDialogsAreAccessibleAndFit() throws IOException {
    Page first = CHROMIUM.open(SERVER.url());
    Showcase shown = new Showcase(SERVER, first.request());
    for (Look look : LookCheck.looks()) {
      Page page = CHROMIUM.open(SERVER.url(), look);
      page.waitForSelector("[data-session]");
      LookCheck.check(page, "list", look);
      checkDialogs(page, shown.filling, look);
    }
  }

  private void checkDialogs(Page page, Session session, Look look) {
    page.locator("[data-action=new]").click();
    page.locator("dialog option").first().waitFor(ATTACHED);
    LookCheck.check(page, "new", look);
    page.keyboard().press("Escape");
    page.locator(PageIT.row(session, "running")).locator("[data-action=stop]").click();
    Hooks.waitForDialog(page);
    LookCheck.check(page, "stop", look);
    page.keyboard().press("Escape");
  }
}
