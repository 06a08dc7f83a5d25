package dev.holdfast.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import dev.holdfast.page.Chromium.Look;
import dev.holdfast.session.DeleteSession;
import dev.holdfast.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every state of the session page in light and dark, from a phone to a large screen: readable for
 * all, and nothing sticks out. With {@code -Dpage.screenshots=DIR} each is also written to a file.
 */
class SessionLooksIT {
  private static final String SCREENSHOTS = System.getProperty("page.screenshots");
  private static final Look DESK = Look.LIGHT;
  private static final List<Look> MORE_LOOKS =
      List.of(DESK.narrow(768), DESK.dark().narrow(768), DESK.narrow(400), DESK.dark().narrow(400));

  /** Rows, pieces of text and events are alike; some stand for all, or the check takes minutes. */
  private static final List<String> LIKE_OTHERS =
      List.of(
          ".unitary tbody tr:nth-child(n+5)",
          ".unitary tbody:nth-of-type(n+3)",
          ".pdf-page:nth-child(n+2)",
          ".pdf-text span:nth-child(n+5)",
          ".journal tr:nth-child(n+4)");

  @RegisterExtension static final SessionServer SESSIONS = new SessionServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  private static SessionShowcase shown;

  @BeforeAll
  static void begin() throws IOException {
    shown = new SessionShowcase(SESSIONS);
  }

  private static void look(String name, String url, Consumer<Page> steps) {
    for (Look look : List.of(DESK, DESK.dark())) {
      Page page = open(url, look, steps);
      checkAccessible(page, name, look);
      take(page, name, look);
      page.context().close();
    }
    Page narrow = open(url, DESK.narrow(400), steps);
    narrow.setViewportSize(360, 800);
    assertThat(narrow.evaluate("document.documentElement.scrollWidth"))
        .as("width of " + name)
        .isEqualTo(360);
    narrow.context().close();
    if (SCREENSHOTS != null) {
      for (Look look : MORE_LOOKS) {
        take(open(url, look, steps), name, look);
      }
    }
  }

  private static Page open(String url, Look look, Consumer<Page> steps) {
    Page page = CHROMIUM.open(url, look);
    steps.accept(page);
    return page;
  }

  /** In the dark only the colours are others. */
  private static void checkAccessible(Page page, String name, Look look) {
    AxeBuilder axe = new AxeBuilder(page);
    LIKE_OTHERS.forEach(axe::exclude);
    if (!look.equals(DESK)) {
      axe.withRules(List.of("color-contrast"));
    }
    List<String> faults =
        axe.analyze().getViolations().stream()
            .map(rule -> rule.getId() + " " + rule.getNodes())
            .toList();
    assertThat(faults).as("accessibility of " + name + " " + look).isEmpty();
  }

  private static void take(Page page, String name, Look look) {
    if (SCREENSHOTS != null) {
      Path file = Path.of(SCREENSHOTS, "session-" + name + "-" + look + ".png");
      page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }
  }

  private static void showQuote(Page page) {
    page.locator("[data-question=Q2] a.chip").first().click();
    page.waitForSelector("[data-quote=found]");
    page.waitForSelector(".pdf-page[data-drawn] .pdf-mark");
  }

  @Test
  void aTableThatFillsBesideItsDocument() {
    look("document", SESSIONS.server.url(shown.filling), SessionLooksIT::showQuote);
  }

  @Test
  void aReviewUnderWay() {
    look(
        "review",
        SESSIONS.server.url(shown.reviewed) + "?question=Q6",
        page -> {
          page.waitForSelector("tr[aria-current]");
          page.keyboard().press("c");
          page.locator("textarea").waitFor();
        });
  }

  @Test
  void aStoppedSessionWithItsMenuOpen() {
    look(
        "stopped",
        SESSIONS.server.url(shown.stopped),
        page -> {
          page.waitForSelector("[data-outcome]:visible");
          page.locator("[data-action=more]").click();
        });
  }

  @Test
  void dialogsThatAskBeforeSomethingIsDone() {
    look(
        "resume",
        SESSIONS.server.url(shown.stopped),
        page -> {
          page.locator("[data-action=resume]").click();
          Hooks.waitForDialog(page);
        });
    look(
        "past-dialog",
        SESSIONS.server.url(shown.stopped),
        page -> {
          page.locator("[data-action=more]").click();
          page.locator("[data-action=past]").click();
          Hooks.waitForDialog(page);
        });
  }

  @Test
  void twoSessionsCompared() {
    look(
        "compare",
        SESSIONS.server.url(shown.retry) + "?with=" + shown.reviewed.id(),
        page -> page.waitForSelector("[data-difference]"));
  }

  @Test
  void theHistoryOfASession() {
    for (String which : List.of("timeline", "journal")) {
      look(
          which,
          SESSIONS.server.url(shown.reviewed),
          page -> {
            page.locator(".history").scrollIntoViewIfNeeded();
            page.locator("[data-moment]").first().waitFor();
            page.locator("[data-action=" + which + "]").click();
            page.evaluate("() => document.querySelector('.history').scrollIntoView()");
            Object broken =
                page.evalOnSelectorAll(
                    ".journal td.number > a",
                    "numbers => numbers.filter(one => one.getClientRects().length > 1).length");
            assertThat(broken).as("revisions broken over lines").isEqualTo(0);
          });
    }
  }

  @Test
  void aSessionAsItWasAndOneThatIsGone() {
    Session gone = SESSIONS.on(shown.documentId, "Bridge", PageServer.BID_SPEC);
    SESSIONS.server.stop(gone, "enough");
    long before = SESSIONS.now(gone).revision();
    SESSIONS.server.send(
        new DeleteSession(gone.id(), false, "twice the same", OptionalLong.empty()));
    look(
        "past",
        SESSIONS.server.url(gone) + "?at=" + before,
        page -> page.waitForSelector("[data-past]:visible"));
    look(
        "gone",
        SESSIONS.server.url(gone),
        page -> page.waitForSelector("[data-action=see-as-it-was]"));
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void onAVeryLargeScreenTableAndDocumentUseTheRoom() {
    Page page =
        CHROMIUM.open(SESSIONS.server.url(shown.filling), new Look(3840, 2160, DESK.colors()));
    showQuote(page);
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(3840);
    assertThat(page.locator(".viewer").boundingBox().width).isGreaterThan(900);
    take(page, "large", new Look(3840, 2160, DESK.colors()));
  }
}
