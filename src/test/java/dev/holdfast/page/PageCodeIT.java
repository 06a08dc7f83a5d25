package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Sizes;
import dev.holdfast.page.Chromium.Look;
import dev.holdfast.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The code of the page comes when it is needed: the first view is light, and what comes later is
 * asked for again where it did not come.
 */
class PageCodeIT {
  private static final Path SAMPLE = Path.of("webroot/sample/pump-station-specification.pdf");
  private static final int BYTES_MAX = 80_000;
  private static final int FILES_MAX = 60;
  private static final int QUIET_MILLIS = 1_000;

  @RegisterExtension static final SessionServer SESSIONS = new SessionServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  /** What a browser without a cache fetches of the page until it is quiet; data is none of it. */
  private record Weight(int files, int bytes) {
    static Weight of(String url, String shown) {
      Page page = CHROMIUM.window(Look.LIGHT);
      List<Request> fetched = new ArrayList<>();
      page.onRequestFinished(
          request -> {
            if (!request.url().matches(".*/(api|health|pdfjs)/.*")) {
              fetched.add(request);
            }
          });
      page.navigate(url);
      page.waitForSelector(shown);
      int before;
      do {
        before = fetched.size();
        page.waitForTimeout(QUIET_MILLIS);
      } while (fetched.size() > before);
      List<Sizes> sizes = fetched.stream().map(Request::sizes).toList();
      int bytes = sizes.stream().mapToInt(s -> s.responseBodySize).sum();
      return new Weight(sizes.size(), bytes);
    }

    void assertLight() {
      Assertions.assertThat(bytes).as("bytes").isBetween(BYTES_MAX / 3, BYTES_MAX);
      Assertions.assertThat(files).as("files").isLessThanOrEqualTo(FILES_MAX);
    }
  }

  @Test
  void theListIsLight() {
    SESSIONS.server.external("Bridge");
    Weight.of(SESSIONS.server.url(), "[data-session]").assertLight();
  }

  @Test
  void aSessionIsLight() {
    SESSIONS.questions("long", 100);
    Session session = SESSIONS.server.external("Bridge", "long");
    Weight.of(SESSIONS.server.url(session), "[data-question]").assertLight();
  }

  @Test
  void aDialogThatDoesNotComeIsSaidAndComesAtTheNextTry() {
    Page page = CHROMIUM.open(SESSIONS.server.url());
    page.route(anyTry("views/help.js"), Route::abort);
    page.keyboard().press("?");
    assertThat(page.locator(".notice.is-bad")).containsText("could not be fetched");

    page.unroute(anyTry("views/help.js"));
    page.keyboard().press("?");
    assertThat(page.locator("dialog[data-help]")).isVisible();
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void aKeyThatIsPressedTwiceWhileItsDialogComesOpensOne() {
    Page page = CHROMIUM.open(SESSIONS.server.url());
    List<Route> held = new ArrayList<>();
    page.route("**/views/help.js", held::add);
    page.keyboard().press("?");
    page.keyboard().press("?");
    page.waitForCondition(() -> held.size() == 1);
    held.get(0).resume();
    assertThat(page.locator("dialog[data-help]")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog")).hasCount(0);
  }

  @Test
  void aFirstPageWhoseCodeDoesNotComeOffersToTryAgain() {
    Session session = SESSIONS.server.external("Bridge");
    for (String[] page :
        new String[][] {
          {SESSIONS.server.url(), "list-page.js", "[data-session]"},
          {SESSIONS.server.url(session), "views/session.js", "[data-question]"},
          {SESSIONS.server.url(session), "session.css", "[data-question]"}
        }) {
      assertComesAtTheNextTry(page[0], page[1], page[2]);
    }
  }

  /** A file, whichever try it is. */
  private static Pattern anyTry(String file) {
    return Pattern.compile("/" + file.replace(".", "\\.") + "(\\?.*)?$");
  }

  private static void assertComesAtTheNextTry(String url, String file, String shown) {
    Page page = CHROMIUM.window(Look.LIGHT);
    page.route(anyTry(file), Route::abort);
    page.navigate(url);
    assertThat(page.locator("main [role=alert]")).containsText("could not be fetched");
    page.unroute(anyTry(file));
    Hooks.action(page, "fetch-again").click();
    page.waitForSelector(shown);
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void partsOfASessionThatDoNotComeLeaveTheTableAlone() throws IOException {
    String document = SESSIONS.upload(Files.readAllBytes(SAMPLE), "sample.pdf");
    Session session = SESSIONS.on(document, "Bridge", PageServer.BID_SPEC);
    Session other = SESSIONS.server.external("Other");
    String url = SESSIONS.server.url(session);
    assertTheTableStays(url, "viewer/viewer.js", ".viewer [role=alert]", ".pdf-page");
    assertTheTableStays(url, "views/history.js", ".history [role=alert]", ".timeline");
    String compared = url + "?with=" + other.id();
    assertTheTableStays(
        compared, "views/compare.js", ".unitary-part [role=alert]", "[data-differences]");
  }

  private static void assertTheTableStays(String url, String file, String alert, String shown) {
    Page page = CHROMIUM.window(Look.LIGHT);
    page.route(anyTry(file), Route::abort);
    page.navigate(url);
    assertThat(page.locator(".session-head h1")).hasText("Bridge");
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
    assertThat(page.locator(alert)).containsText("could not be fetched");
    page.unroute(anyTry(file));
    page.locator(alert).locator("button").click();
    assertThat(page.locator(shown).first()).isVisible();
    CHROMIUM.expectFailedRequests();
  }
}
