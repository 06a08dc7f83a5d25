package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import dev.holdfast.session.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many sessions. Shows the absence of the pains 3 (numbers fall to zero and come back), 13 (slow
 * with many), 16 (memory grows) and 19 (paging skips and doubles).
 */
class ListScaleIT {
  private static final int MANY = 1_300;

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  /** Pains 13, 16, 19. */
  @Test
  void aThousandRowsAreLoadedAndOnlyThoseInSightAreInTheDocument() {
    List<Session> sessions = SERVER.externals("Standing", MANY);
    sessions.subList(0, 1_250).forEach(SERVER::complete);
    Page page = CHROMIUM.open(SERVER.url());
    assertThat(Hooks.count(page, "total")).hasText(Integer.toString(MANY));
    Locator more = Hooks.action(page, "more");
    while (more.isVisible()) {
      String shown = page.locator("[data-shown]").textContent();
      more.click();
      assertThat(page.locator("[data-shown]")).not().hasText(shown);
    }
    assertThat(page.locator("[data-shown]")).hasText(MANY + " of " + MANY + " shown");
    assertThat(Hooks.rows(page).count()).isLessThan(250);

    Set<Object> seen = new HashSet<>();
    boolean isAtEnd = false;
    page.evaluate("scrollTo(0, 0)");
    page.waitForSelector("[data-session][aria-rowindex='2']");
    while (!isAtEnd) {
      seen.addAll(listed(page));
      isAtEnd = (Boolean) page.evaluate("scrollY + innerHeight > document.body.scrollHeight - 2");
      page.evaluate(
          "() => new Promise((done) => { scrollBy(0, 2000);"
              + " requestAnimationFrame(() => requestAnimationFrame(done)); })");
    }
    assertThat(seen).hasSize(MANY);
  }

  private static List<?> listed(Page page) {
    return (List<?>)
        page.evaluate(
            "() => [...document.querySelectorAll('[data-session]')].map(row => row.dataset.session)");
  }

  /** Rows keep their place, focus, selection and the scroll position, whatever changes. */
  @Test
  void nothingMovesUnderWhoReadsFarDown() {
    List<Session> sessions = SERVER.externals("Standing", 600);
    Page page = CHROMIUM.open(SERVER.url());
    assertThat(page.locator("[data-shown]")).hasText("600 of 600 shown");
    page.evaluate("scrollTo(0, 300 * 52)");
    Session read = sessions.get(295);
    Locator row = Hooks.row(page, read);
    row.locator("[data-action=select]").check();
    row.locator("[data-action=view]").focus();
    double top = row.boundingBox().y;
    Session added = SERVER.external("Added");
    SERVER.complete(read);
    SERVER.stop(sessions.get(599), "enough");
    assertThat(Hooks.row(page, read, "completed")).hasCount(1);
    assertThat(Hooks.action(page, "show-new")).hasText("1 new");
    assertThat(row.boundingBox().y).isEqualTo(top);
    assertThat(row.locator("[data-action=select]")).isChecked();
    assertThat(row.locator("[data-action=view]")).isFocused();
    Hooks.action(page, "show-new").click();
    assertThat(Hooks.row(page, added)).isInViewport();
    assertThat(Hooks.action(page, "show-new")).hasCount(0);
  }

  /** Pain 3, and one polite digest instead of a hundred messages. */
  @Test
  void aHundredFailuresInASecondAreSaidOnceAndCountedRight() {
    List<Session> sessions = SERVER.externals("Standing", 100);
    Page page = CHROMIUM.open(SERVER.url());
    page.evaluate(
        """
        () => {
          window.said = [];
          window.counted = [];
          const region = document.querySelector('[data-digest]');
          const total = document.querySelector('[data-count=total]');
          new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
          new MutationObserver(() => counted.push(total.textContent)).observe(total, { childList: true, characterData: true, subtree: true });
        }
        """);
    sessions.forEach(session -> SERVER.fail(session, "The model answered 503."));
    assertThat(Hooks.count(page, "failed")).hasText("100");
    assertThat(Hooks.count(page, "running")).hasText("0");
    assertThat(Hooks.row(page, sessions.get(99), "failed")).containsText("The model answered 503.");
    assertThat(page.locator("[data-digest]"))
        .containsText("changed state", new ContainsTextOptions().setTimeout(15_000));
    List<?> said = (List<?>) page.evaluate("said");
    assertThat(said).hasSizeLessThanOrEqualTo(3);
    assertThat((List<?>) page.evaluate("counted")).isEmpty();
    assertThat(page.locator(".notice")).hasCount(0);
    assertThat(page.title()).isEqualTo("Holdfast");
  }
}
