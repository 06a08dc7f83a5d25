package dev.holdfast.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.holdfast.page.Chromium.Look;
import dev.holdfast.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every page in light and dark, wide and narrow: readable for all, and nothing sticks out. With
 * {@code -Dpage.screenshots=DIR} each is also written to a file.
 */
class PageLooksIT {
  private static final String SCREENSHOTS = System.getProperty("page.screenshots");
  private static final int NARROW = 400;
  private static final int NARROWEST = 360;
  private static final List<Look> LOOKS =
      List.of(
          Look.LIGHT,
          Look.LIGHT.dark(),
          Look.LIGHT.narrow(NARROW),
          Look.LIGHT.dark().narrow(NARROW));

  private static final Locator.WaitForOptions ATTACHED =
      new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  /** Colours do not change what fits, so the narrow dark look is for screenshots only. */
  private static List<Look> looks() {
    return SCREENSHOTS == null ? LOOKS.subList(0, 3) : LOOKS;
  }

  @Test
  void theEmptyListInvites() {
    for (Look look : looks()) {
      Page page = CHROMIUM.open(SERVER.url(), look);
      page.waitForSelector(".empty");
      check(page, "empty", look);
    }
  }

  @Test
  void listsTablesAndDialogsAreAccessibleAndFit() throws IOException {
    Page first = CHROMIUM.open(SERVER.url());
    Showcase shown = new Showcase(SERVER, first.request());
    for (Look look : looks()) {
      Page page = CHROMIUM.open(SERVER.url(), look);
      page.waitForSelector("[data-session]");
      check(page, "list", look);
      checkDialogs(page, shown.filling, look);
    }
  }

  private void checkDialogs(Page page, Session session, Look look) {
    page.locator("[data-action=new]").click();
    page.locator("dialog option").first().waitFor(ATTACHED);
    check(page, "new", look);
    page.keyboard().press("Escape");
    page.locator(PageIT.row(session, "running")).locator("[data-action=stop]").click();
    check(page, "stop", look);
    page.keyboard().press("Escape");
  }

  private static void check(Page page, String name, Look look) {
    if (look.width() > NARROW) {
      checkAccessible(page, name, look);
    }
    take(page, name, look);
    if (look.width() == NARROW) {
      page.setViewportSize(NARROWEST, look.height());
      Object width = page.evaluate("document.documentElement.scrollWidth");
      assertThat(width).as("width of " + name + " " + look).isEqualTo(NARROWEST);
      page.setViewportSize(NARROW, look.height());
    }
  }

  private static void checkAccessible(Page page, String name, Look look) {
    List<String> faults =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .map(rule -> rule.getId() + " " + rule.getNodes())
                .toList();
    assertThat(faults).as("accessibility of " + name + " " + look).isEmpty();
  }

  private static void take(Page page, String name, Look look) {
    if (SCREENSHOTS != null) {
      Path file = Path.of(SCREENSHOTS, name + "-" + look + ".png");
      page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }
  }
}
