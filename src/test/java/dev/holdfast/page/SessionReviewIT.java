package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.holdfast.session.Review;
import dev.holdfast.session.Session;
import dev.holdfast.session.Verdict;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people make of the answers. */
class SessionReviewIT {
  private static final String SET = "few";

  @RegisterExtension static final SessionServer SESSIONS = new SessionServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  @BeforeAll
  static void store() {
    SESSIONS.questions(SET, 3, 2);
  }

  private static Session answered(String title) {
    Session session = SESSIONS.on(null, title, SET);
    for (String question : List.of("Q1", "Q2", "Q3")) {
      SESSIONS.server.report(session, SessionServer.answer(question, "The answer", 0.8));
    }
    SESSIONS.server.report(session, SessionServer.notFound("Q4"));
    return session;
  }

  private static Page open(Session session) {
    Page page = CHROMIUM.open(SESSIONS.server.url(session));
    page.waitForSelector("[data-question=Q4][data-status=not_found]");
    return page;
  }

  private static Locator question(Page page, String id) {
    return page.locator("[data-question=" + id + "]");
  }

  private static void verdictIs(Page page, String id, String verdict) {
    page.waitForSelector("[data-question=" + id + "][data-verdict=" + verdict + "]");
  }

  private static void correct(Page page, String answer) {
    page.keyboard().press("c");
    page.locator("textarea[name=correctedAnswer]").fill(answer);
  }

  @Test
  void allIsReviewedByKeyboardAndTheOriginalStays() {
    Session session = answered("Keys");
    Page page = open(session);
    page.keyboard().press("j");
    assertThat(page.locator("tr[aria-current]")).hasAttribute("data-question", "Q1");

    page.keyboard().press("a");
    verdictIs(page, "Q1", "accepted");
    page.keyboard().press("n");
    page.keyboard().press("c");
    page.locator("textarea[name=correctedAnswer]").fill("Better");
    page.locator("[name=correctedPages]").fill("7, 2");
    page.locator(".review-editor [name=reason]").fill("see page 7");
    page.keyboard().press("Enter");
    verdictIs(page, "Q2", "corrected");
    page.keyboard().press("n");
    page.keyboard().press("x");
    page.keyboard().type("guessed");
    page.keyboard().press("Enter");
    verdictIs(page, "Q3", "rejected");
    page.keyboard().press("n");
    assertThat(page.locator("tr[aria-current]")).hasAttribute("data-question", "Q4");

    assertThat(question(page, "Q2").locator(".answer-text")).hasText("Better");
    assertThat(question(page, "Q2")).containsText("Corrected by local: see page 7");
    assertThat(question(page, "Q2")).containsText("The analyzer answered: The answer");
    assertThat(question(page, "Q2").locator(".pages")).hasText("p. 7p. 2");
    assertThat(question(page, "Q3")).containsText("Rejected by local: guessed");
    Review review = SESSIONS.row(session, "Q2").review();
    assertThat(review.correctedAnswer()).isEqualTo("Better");
    assertThat(review.correctedPages()).containsExactly(7, 2);
    assertThat(SESSIONS.row(session, "Q2").answer()).isEqualTo("The answer");
    assertThat(SESSIONS.row(session, "Q1").review().verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void anOpenQuestionCanOnlyBeCorrectedAndNonsenseIsRefusedBeforeItIsSent() {
    Session session = answered("Open");
    Page page = open(session);
    question(page, "Q5").locator(".question").click();

    page.keyboard().press("a");
    assertThat(page.locator(".notice").last()).containsText("can only be corrected");
    page.keyboard().press("c");
    page.locator("[data-action=save-corrected]").click();
    assertThat(page.locator(".review-editor .error")).hasText("Give an answer.");
    page.locator("textarea[name=correctedAnswer]").fill("By hand");
    page.locator("[name=correctedPages]").fill("1, 1");
    page.locator("[data-action=save-corrected]").click();
    assertThat(page.locator(".review-editor .error")).containsText("different whole numbers");
    page.locator("[name=correctedPages]").fill("");
    page.locator("[data-action=save-corrected]").click();

    verdictIs(page, "Q5", "corrected");
    assertThat(question(page, "Q5").locator(".answer-text")).hasText("By hand");
  }

  @Test
  void whoIsSlowerSeesBothAndLosesNothing() {
    Session session = answered("Conflict");
    Page slow = open(session);
    Page fast = open(session);
    question(slow, "Q1").locator(".question").click();
    correct(slow, "What the slow one wrote");
    question(fast, "Q1").locator(".question").click();
    correct(fast, "What the fast one wrote");
    fast.keyboard().press("Control+Enter");
    verdictIs(fast, "Q1", "corrected");
    verdictIs(slow, "Q1", "corrected");

    slow.locator("[data-action=save-corrected]").click();

    assertThat(slow.locator("[data-conflict=theirs]")).containsText("What the fast one wrote");
    assertThat(slow.locator("[data-conflict=mine]")).containsText("What the slow one wrote");
    assertThat(SESSIONS.row(session, "Q1").review().correctedAnswer())
        .isEqualTo("What the fast one wrote");
    slow.keyboard().press("Escape");
    assertThat(slow.locator("textarea")).hasValue("What the slow one wrote");
    slow.locator("[data-action=save-corrected]").click();
    assertThat(question(fast, "Q1").locator(".answer-text")).hasText("What the slow one wrote");
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void whatStandsCanBeKeptOrOverwritten() {
    Session session = answered("Choice");
    Page page = open(session);
    question(page, "Q1").locator(".question").click();
    correct(page, "Mine");
    SESSIONS.review(session, "Q1", Verdict.REJECTED, null, "wrong page");
    page.locator("[data-action=save-corrected]").click();
    assertThat(page.locator("[data-conflict=theirs]")).containsText("wrong page");
    page.locator("[data-action=conflict-keep]").click();
    assertThat(page.locator(".review-editor")).hasCount(0);
    verdictIs(page, "Q1", "rejected");

    question(page, "Q2").locator(".question").click();
    correct(page, "Mine again");
    SESSIONS.review(session, "Q2", Verdict.ACCEPTED, null, null);
    page.locator("[data-action=save-corrected]").click();
    page.locator("[data-action=conflict-over]").click();
    assertThat(question(page, "Q2").locator(".answer-text")).hasText("Mine again");
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void aDraftSurvivesAFailureAReloadAndNewsOfItsRow() {
    Session session = answered("Draft");
    Page page = open(session);
    question(page, "Q1").locator(".question").click();
    correct(page, "Half a sentence");
    page.route("**/review", Route::abort);

    page.locator("[data-action=save-corrected]").click();

    assertThat(page.locator(".review-editor .error")).containsText("Not saved");
    page.unroute("**/review");
    SESSIONS.server.report(session, SessionServer.answer("Q1", "Another answer", 0.7));
    assertThat(question(page, "Q1").locator(".answer-text")).hasText("Another answer");
    assertThat(page.locator("textarea")).hasValue("Half a sentence");
    page.reload();
    assertThat(page.locator("tr[aria-current]")).hasAttribute("data-question", "Q1");
    page.keyboard().press("c");
    assertThat(page.locator("textarea")).hasValue("Half a sentence");
    page.locator("[data-action=save-corrected]").click();
    assertThat(question(page, "Q1").locator(".answer-text")).hasText("Half a sentence");
    CHROMIUM.expectFailedRequests();
  }
}
