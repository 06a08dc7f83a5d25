package dev.holdfast.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import dev.holdfast.page.Chromium.Look;
import java.nio.file.Path;
import java.util.List;

/** What holds of every state of the page in every look. */
final class LookCheck {
  private static final String SCREENSHOTS = System.getProperty("page.screenshots");
  private static final int NARROW = 400;
  private static final int NARROWEST = 360;
  private static final Look MIDDLE = Look.LIGHT.narrow(768);
  private static final List<Look> LOOKS =
      List.of(
          Look.LIGHT,
          Look.LIGHT.dark(),
          Look.LIGHT.narrow(NARROW),
          Look.LIGHT.dark().narrow(NARROW),
          MIDDLE,
          MIDDLE.dark());

  /** Rows of a table are alike; the first ones stand for all, or the check takes minutes. */
  private static final List<String> LIKE_THOSE_BEFORE =
      List.of(".unitary tbody tr:nth-child(n+5)", ".list tbody tr:nth-child(n+9)");

  private LookCheck() {}

  /** Colours do not change what fits, so other looks are for screenshots only. */
  static List<Look> looks() {
    return SCREENSHOTS == null ? LOOKS.subList(0, 3) : LOOKS;
  }

  static void check(Page page, String name, Look look) {
    if (look.width() == Look.LIGHT.width()) {
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
            .exclude(LIKE_THOSE_BEFORE).analyze().getViolations().stream()
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
