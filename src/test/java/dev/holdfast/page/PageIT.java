package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import dev.holdfast.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do on the page. */
class PageIT {
  private static final String SAMPLE = "/webroot/sample/pump-station-specification.pdf";
  private static final String TOKEN = "a token of the tests";

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  @Test
  void theSampleFillsATableWhoseCitationsLeadToPagesOfThePdf() {
    Page page = CHROMIUM.open(SERVER.url());
    action(page, "sample").click();
    page.waitForSelector("[data-session-state=completed]");
    assertThat(page.locator("[data-status=answered]").first()).isVisible();
    assertThat(page.locator("[data-status=pending]")).hasCount(0);

    Locator citation = page.locator("[data-status=answered] .pages a.chip").first();
    String href = citation.getAttribute("href");
    Assertions.assertThat(href).matches("api/v1/documents/[^/]+/content#page=[1-9]\\d*");
    APIResponse pdf = page.request().get(SERVER.url() + href);
    Assertions.assertThat(pdf.headers().get("content-type")).isEqualTo("application/pdf");
    Assertions.assertThat(new String(pdf.body(), 0, 5)).isEqualTo("%PDF-");

    action(page, "back").click();
    assertThat(page.locator("[data-session][data-state=completed]")).hasCount(1);
    assertThat(count(page, "completed")).hasText("1");
  }

  @Test
  void aChosenPdfIsAnalysedWithTheChosenQuestions() throws IOException {
    Page page = CHROMIUM.open(SERVER.url());
    action(page, "new").click();
    page.locator("dialog input[type=file]")
        .setInputFiles(new FilePayload("bridge.pdf", "application/pdf", sample()));
    page.locator("dialog select").selectOption("general");
    action(page, "start").click();
    page.waitForSelector("[data-session-state=completed]");
    assertThat(page.locator("h1")).hasText("bridge.pdf");
    assertThat(page.locator(".facts")).containsText("general, version 1");
    assertThat(page.locator("[data-question]").first()).isVisible();
    assertThat(page.locator("[data-status=pending]")).hasCount(0);
  }

  @Test
  void aFileThatIsNoPdfIsRefusedAndNothingIsListed() {
    Page page = CHROMIUM.open(SERVER.url());
    action(page, "new").click();
    page.locator("dialog input[type=file]")
        .setInputFiles(new FilePayload("fake.pdf", "application/pdf", "no PDF".getBytes()));
    action(page, "start").click();
    assertThat(page.locator(".upload-state[data-error]")).containsText("PDF");
    assertThat(count(page, "total")).hasText("0");
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void theCodeOfTheSessionPageComesWithTheFirstSession() {
    Session session = SERVER.external("Bridge");
    Page page = CHROMIUM.window(Chromium.Look.LIGHT);
    List<String> asked = new ArrayList<>();
    page.onRequest(request -> asked.add(request.url()));
    page.route("**/views/session.js", Route::abort);
    page.navigate(SERVER.url());
    page.waitForSelector("body[data-connection=live]");
    Assertions.assertThat(asked).noneMatch(url -> url.contains("/viewer/"));

    Hooks.action(page, "view").click();
    assertThat(page.locator(".notice.is-bad")).containsText("could not be fetched");
    assertThat(Hooks.row(page, session)).isVisible();
    assertThat(page).hasURL(Pattern.compile("#/$"));

    page.unroute("**/views/session.js");
    Hooks.action(page, "view").click();
    page.waitForSelector("[data-question]");
    CHROMIUM.expectFailedRequests();
  }

  /** Pain 7. */
  @Test
  void stoppingKeepsTheRowsAndSaysSo() {
    Session session = SERVER.external("Bridge");
    SERVER.report(session, PageServer.answer("Q1", "one"), PageServer.answer("Q2", "two"));
    Page page = CHROMIUM.open(SERVER.url(session));
    assertThat(page.locator("[data-status=answered]")).hasCount(2);
    action(page, "stop").click();
    page.locator("dialog input[name=reason]").fill("wrong file");
    action(page, "confirm-stop").click();

    Pattern outcome =
        Pattern.compile(
            "Stopped at \\d\\d:\\d\\d:\\d\\d, revision \\d+, 2 answers kept.*wrong file");
    assertThat(page.locator("[data-outcome]")).hasText(outcome);
    assertThat(page.locator("[data-status=answered]")).hasCount(2);
    assertThat(page.locator("[data-status=pending]")).hasCount(98);
    assertThat(action(page, "stop")).hasAttribute("aria-disabled", "true");
    String csv = action(page, "export-csv").getAttribute("href");
    Assertions.assertThat(page.request().get(SERVER.url() + csv).text()).contains("partial", "two");
  }

  @Test
  void threeWindowsSeeAChange() {
    Session session = SERVER.external("Bridge");
    List<Page> windows = Stream.generate(() -> CHROMIUM.open(SERVER.url())).limit(3).toList();
    windows.forEach(page -> page.waitForSelector(row(session, "running")));
    SERVER.stop(session, "enough");
    windows.forEach(page -> page.waitForSelector(row(session, "partial")));
    windows.forEach(page -> assertThat(count(page, "partial")).hasText("1"));
    Session second = SERVER.external("Tunnel");
    windows.forEach(page -> page.waitForSelector(row(second, "running")));
    windows.forEach(page -> assertThat(count(page, "total")).hasText("2"));
  }

  @Test
  void theListAsksForTheTokenAndOpensWithIt() {
    Session session = SERVER.external("Bridge");
    SERVER.stop();
    SERVER.start(TOKEN);
    Page page = CHROMIUM.window(Chromium.Look.LIGHT);
    page.navigate(SERVER.url());
    Locator token = page.locator("input[name=token][type=password]");
    token.fill("a wrong token, a wrong one");
    token.press("Enter");
    assertThat(page.locator("dialog .error")).containsText("does not accept");
    assertThat(page.locator("[data-session]")).hasCount(0);
    token.fill(TOKEN);
    token.press("Enter");
    page.waitForSelector(row(session, "running"));
    page.reload();
    page.waitForSelector(row(session, "running"));
    assertThat(token).hasCount(0);
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void aDeletedSessionSaysWhenWhyAndByWhomItWent() {
    Session session = SERVER.external("Bridge");
    SERVER.complete(session);
    Page page = CHROMIUM.open(SERVER.url());
    page.locator(row(session, "completed")).locator("[data-action=delete]").click();
    page.locator("dialog input[name=reason]").fill("twice the same");
    action(page, "confirm-delete").click();
    assertThat(page.locator("[data-session]")).hasCount(0);
    assertThat(page.locator(".empty")).isVisible();
    page.navigate(SERVER.url(session));
    Locator gone = page.locator("[data-problem='410']");
    assertThat(gone).containsText("Bridge");
    assertThat(gone).containsText("deleted by local");
    assertThat(gone).not().containsText(Pattern.compile("\\dT\\d\\d:"));
    assertThat(gone).containsText("twice the same");
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void anUnknownSessionSaysThatItNeverExisted() {
    Page page = CHROMIUM.open(SERVER.url() + "#/sessions/nobody");
    assertThat(page.locator("[data-problem='404']")).containsText("nobody");
    assertThat(page.locator("[data-problem='404']")).containsText("has ever existed");
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void hostileTextIsShownAsText() {
    String script = "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>";
    String bidi = "\u202Efdp.exe\u202C \u05D0\u05D1 \uD83D\uDE80\uD83C\uDDE9\uD83C\uDDEA";
    Session session = SERVER.external(script + bidi);
    SERVER.report(
        session,
        PageServer.answer("Q1", script),
        PageServer.answer("Q2", bidi),
        PageServer.answer("Q3", "w".repeat(10_000)));
    Page page = CHROMIUM.open(SERVER.url(), Chromium.Look.LIGHT.narrow(400));
    assertThat(page.locator("[data-session] .title")).hasText(script + bidi);
    page.locator("[data-session] [data-action=view]").click();
    assertThat(page.locator("h1")).hasText(script + bidi);
    assertThat(page.locator("[data-question=Q1] .answer-text")).hasText(script);
    assertThat(page.locator("[data-question=Q2] .answer-text")).hasText(bidi);
    assertThat(page.locator("[data-question=Q3] .answer-text")).hasText("w".repeat(10_000));
    assertThat(page.locator("main img, main script")).hasCount(0);
    Assertions.assertThat(page.title()).contains("Holdfast");
    Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
  }

  private static Locator action(Page page, String name) {
    return page.locator("[data-action=" + name + "]:visible");
  }

  private static Locator count(Page page, String name) {
    return page.locator("[data-count=" + name + "]");
  }

  static String row(Session session, String state) {
    return "[data-session='" + session.id() + "'][data-state=" + state + "]";
  }

  static byte[] sample() throws IOException {
    try (InputStream pdf = PageIT.class.getResourceAsStream(SAMPLE)) {
      return pdf.readAllBytes();
    }
  }
}
