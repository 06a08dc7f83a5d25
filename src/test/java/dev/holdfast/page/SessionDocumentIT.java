package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import dev.holdfast.session.Quote;
import dev.holdfast.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The document beside the table. */
class SessionDocumentIT {
  private static final String SET = "few";
  private static final String CONTENT = "**/documents/*/content";

  @RegisterExtension static final SessionServer SESSIONS = new SessionServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  private static String sample;

  @BeforeAll
  static void store() throws IOException {
    SESSIONS.questions(SET, 4);
    sample = SESSIONS.upload(PageIT.sample(), "pump.pdf");
  }

  private static Page open(Session session) {
    Page page = CHROMIUM.open(SESSIONS.server.url(session));
    page.waitForSelector("[data-question]");
    return page;
  }

  private static Locator quoteIs(Page page, String outcome) {
    return page.locator("[data-quote=" + outcome + "]");
  }

  /** The words of the page that lie under its marks. */
  private static String marked(Page page) {
    return (String) page.evaluate(Scripts.of("marked-text"));
  }

  /** Pain 24. */
  @Test
  void aCitationOpensItsPageAndMarksWhatIsQuoted() {
    Quote wrapped = new Quote(3, "The contract number of the project is 2026-07-WW.");
    Quote other = new Quote(4, "The project manager of the Engineer is Cassius Wrenfield.");
    Session session =
        SESSIONS.on(
            sample, "Marks", SET, SessionServer.answer("Q1", "It is.", 0.9, wrapped, other));
    Page page = open(session);

    page.locator("[data-question=Q1] a.chip", text("p. 3")).click();

    assertThat(quoteIs(page, "found")).containsText("marked on page 3");
    assertThat(marked(page)).contains("contract number of the project is", "2026-07-WW");
    assertThat(page.locator(".page-number")).hasValue("3");
    assertThat(page.locator(".pdf-stepper")).containsText("Quote 1 of 2");
    page.locator("[data-action=quote-after]").click();
    assertThat(quoteIs(page, "found")).containsText("marked on page 4");
    assertThat(marked(page)).contains("The project manager of").doesNotContain("contract number");
    assertThat(page.locator("[data-action=quote-after]")).isDisabled();
    page.locator("[data-question=Q1] summary").click();
    page.locator("[data-question=Q1] figure a.chip").first().click();
    assertThat(quoteIs(page, "found")).containsText("marked on page 3");
  }

  /** Pain 24. */
  @Test
  void aQuoteThatIsNotOnItsPageIsSaidToBeMissingAndNothingIsMarked() {
    Quote wrong = new Quote(3, "The Contractor shall paint everything purple.");
    Session session =
        SESSIONS.on(sample, "Missing", SET, SessionServer.answer("Q1", "Purple.", 0.9, wrong));
    Page page = open(session);

    page.locator("[data-question=Q1] a.chip").click();

    assertThat(quoteIs(page, "missing")).containsText("not found on page 3. Nothing is marked");
    assertThat(page.locator(".pdf-quote")).hasText(wrong.text());
    assertThat(page.locator(".pdf-page[data-page='3'] canvas")).isVisible();
    assertThat(page.locator("[data-mark]")).hasCount(0);
    assertThat(page.locator("[data-question=Q1] summary")).hasText("1 quote, 1 not on its page");
    page.locator("[data-filter=unverified]").click();
    assertThat(page.locator("[data-question]:visible")).hasCount(1);
  }

  private static Page.LocatorOptions text(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  @Test
  void onlyWhatIsLookedAtIsFetchedAndDrawn() {
    byte[] pdf = SessionPdfs.large(120);
    String id = SESSIONS.upload(pdf, "large.pdf");
    Session session = SESSIONS.on(id, "Large", SET);
    Page page = CHROMIUM.window(Chromium.Look.LIGHT);
    List<Request> asked = new ArrayList<>();
    page.onRequest(
        request -> {
          if (request.url().contains("/content")) {
            asked.add(request);
          }
        });
    page.navigate(SESSIONS.server.url(session));
    page.waitForSelector(".pdf-page[data-page='1'][data-drawn]");
    assertThat(page.locator(".pdf-page")).hasCount(120);

    page.locator(".page-number").fill("90");
    page.locator(".page-number").press("Enter");

    page.waitForSelector(".pdf-page[data-page='90'][data-drawn]");
    assertThat(page.locator(".pdf-page[data-page='90'] .pdf-text")).containsText("Page 90");
    assertThat(page.locator("canvas").count()).isLessThan(12);
    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.response().status()).isEqualTo(206));
    assertThat(asked.stream().mapToLong(SessionDocumentIT::length).sum())
        .isLessThan(pdf.length / 2);
  }

  private static long length(Request request) {
    return Long.parseLong(request.response().headerValue("content-length"));
  }

  @Test
  void scriptsAndLinksOfADocumentAreNeverRunNorFollowed() {
    String id = SESSIONS.upload(SessionPdfs.hostile(), "hostile.pdf");
    Session session = SESSIONS.on(id, "Hostile document", SET);
    Page page = CHROMIUM.window(Chromium.Look.LIGHT);
    List<String> elsewhere = new ArrayList<>();
    page.onRequest(
        request -> {
          if (!request.url().startsWith(SESSIONS.server.url())) {
            elsewhere.add(request.url());
          }
        });
    page.onDialog(dialog -> elsewhere.add("dialog " + dialog.message()));
    page.onPopup(popup -> elsewhere.add("popup " + popup.url()));
    page.navigate(SESSIONS.server.url(session));
    Locator drawn = page.locator(".pdf-page[data-page='1'][data-drawn]");
    assertThat(drawn.locator(".pdf-text")).containsText("Click anywhere");

    drawn.click();

    assertThat(drawn.locator("a, input, iframe, script, [onclick]")).hasCount(0);
    assertThat(page.url()).isEqualTo(SESSIONS.server.url(session));
    assertThat(page.title()).contains("Holdfast");
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void aDocumentThatCannotBeFetchedLeavesTheTableAndIsTriedAgain() {
    Session session = SESSIONS.on(sample, "Unreadable", SET);
    Page page = CHROMIUM.window(Chromium.Look.LIGHT);
    page.route(CONTENT, Route::abort);
    page.navigate(SESSIONS.server.url(session));
    assertThat(page.locator("[data-document-failed]")).containsText("cannot be shown");
    assertThat(page.locator("[data-question]")).hasCount(4);
    page.unroute(CONTENT);

    page.locator("[data-action=reopen]").click();

    assertThat(page.locator(".pdf-page[data-page='1'][data-drawn]")).isVisible();
    CHROMIUM.expectFailedRequests();
  }
}
