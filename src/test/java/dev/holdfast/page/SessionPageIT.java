package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.DeleteSession;
import dev.holdfast.session.RetrySession;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionState;
import dev.holdfast.session.Verdict;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One session on its page: its table, what can be done with it, what it was. */
class SessionPageIT {
  private static final String SET = "few";

  @RegisterExtension static final SessionServer SESSIONS = new SessionServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  @BeforeAll
  static void store() {
    SESSIONS.questions(SET, 3, 2);
  }

  private static Page open(Session session) {
    Page page = CHROMIUM.open(SESSIONS.server.url(session));
    page.waitForSelector("[data-question]");
    return page;
  }

  private static Locator action(Page page, String name) {
    return page.locator("[data-action=" + name + "]:visible");
  }

  private static void more(Page page, String name) {
    action(page, "more").click();
    action(page, name).click();
  }

  private static Locator shown(Page page) {
    return page.locator("[data-question]:visible");
  }

  @Test
  void openQuestionsFillInAndEachFilterShowsWhatItSays() {
    Session session = SESSIONS.on(null, "Filters", SET);
    Page page = open(session);
    assertThat(page.locator("[data-status=pending]")).hasCount(5);

    SESSIONS.server.report(
        session,
        SessionServer.answer("Q1", "sure", 0.95),
        SessionServer.answer("Q2", "unsure", 0.4),
        SessionServer.notFound("Q3"));
    SESSIONS.review(session, "Q1", Verdict.CORRECTED, "surer", null);

    assertThat(page.locator("[data-status=answered]")).hasCount(2);
    page.locator("[data-filter=open]").click();
    assertThat(shown(page)).hasCount(3);
    page.locator("[data-filter=low]").click();
    assertThat(shown(page)).hasCount(1);
    assertThat(shown(page)).hasAttribute("data-question", "Q2");
    page.locator("[data-threshold]").fill("40");
    assertThat(shown(page)).hasCount(0);
    page.locator("[data-threshold]").fill("100");
    assertThat(shown(page)).hasCount(2);
    page.locator("[data-filter=corrected]").click();
    assertThat(shown(page)).hasCount(1);
    assertThat(page.url()).endsWith("?filter=corrected");
    page.reload();
    assertThat(shown(page)).hasCount(1);
    page.locator("[data-filter=all]").click();
    page.locator(".search").fill("unsure");
    assertThat(shown(page)).hasCount(1);
    assertThat(page.locator(".section:visible")).hasCount(1);
  }

  @Test
  void whatChangedSinceTheLastVisitIsFound() {
    Session session = SESSIONS.on(null, "Visits", SET);
    Page page = open(session);
    assertThat(page.locator("[data-filter=changed]")).isDisabled();
    action(page, "back").click();
    page.waitForSelector("[data-session]");
    SESSIONS.server.report(session, SessionServer.answer("Q2", "new", 0.9));

    page.locator("[data-session='" + session.id() + "'] a.title").click();

    assertThat(page.locator("[data-filter=changed] .number")).hasText("1");
    page.locator("[data-filter=changed]").click();
    assertThat(shown(page)).hasAttribute("data-question", "Q2");
  }

  @Test
  void aStopSaysWhatWasKeptAndTheFilesStayWithinReach() {
    Session session = SESSIONS.on(null, "Stop", SET, SessionServer.answer("Q1", "kept", 0.9));
    Page page = open(session);
    assertThat(action(page, "resume")).isDisabled();
    assertThat(action(page, "retry")).hasAttribute("title", Pattern.compile("stop it first"));
    action(page, "stop").click();
    page.locator("dialog [name=reason]").fill("wrong file");
    action(page, "confirm-stop").click();

    Locator outcome = page.locator("[data-outcome]");
    assertThat(outcome).isVisible();
    long revision = SESSIONS.now(session).revision();
    Pattern said =
        Pattern.compile(
            "Stopped at \\d\\d:\\d\\d:\\d\\d, revision "
                + revision
                + ", 1 answer kept. Reason: wrong file");
    assertThat(outcome).hasText(said);
    // why: a later change of the session does not change at which revision it was stopped
    SESSIONS.review(session, "Q1", Verdict.ACCEPTED, null, null);
    page.reload();
    page.waitForSelector("[data-question=Q1][data-verdict=accepted]");
    assertThat(outcome).hasText(said);
    String href = action(page, "export-xlsx").getAttribute("href");
    assertThat(
            page.request().get(SESSIONS.server.url() + href).headers().get("content-disposition"))
        .contains("Stop-partial.xlsx");
    action(page, "stop").dispatchEvent("click");
    assertThat(page.locator(".notice").last()).containsText("The session has ended.");

    action(page, "resume").click();
    page.locator("dialog select").selectOption("notFound");
    page.locator("dialog [name=reason]").fill("the right one after all");
    action(page, "confirm-resume").click();
    assertThat(page.locator("[data-session-state=running]")).isVisible();
    assertThat(page.locator("[data-fact=attempt] dd")).hasText("2");
  }

  @Test
  void titleLabelsPinAndExpiryChangeAndTheReasonIsOnRecord() {
    Session session = SESSIONS.on(null, "Old title", SET);
    SESSIONS.server.complete(session);
    Page page = open(session);
    more(page, "rename");
    page.locator("dialog [name=title]").fill("New title");
    page.locator("dialog [name=reason]").fill("a typo");
    action(page, "confirm-rename").click();
    assertThat(page.locator("h1")).hasText("New title");
    more(page, "labels");
    page.locator("dialog textarea").fill("team: north\nurgent");
    action(page, "confirm-labels").click();
    assertThat(page.locator(".tag")).hasText(new String[] {"team: north", "urgent"});
    more(page, "labels");
    page.locator("dialog textarea").fill("urgent");
    action(page, "confirm-labels").click();
    assertThat(page.locator(".tag")).hasText(new String[] {"urgent"});
    more(page, "pin");
    action(page, "confirm-pin").click();
    assertThat(page.locator("[data-fact=expires]")).containsText("pinned");
    more(page, "expiry");
    page.locator("dialog [name=expiresAt]").fill("2099-01-05T10:00");
    action(page, "confirm-expiry").click();
    assertThat(page.locator("[data-fact=expires] dd"))
        .hasAttribute("title", Pattern.compile("2099"));

    page.locator(".history").scrollIntoViewIfNeeded();
    Locator renamed = page.locator("[data-moment=session-edited]").first();
    assertThat(renamed).containsText("renamed “New title”");
    assertThat(renamed).containsText("a typo");
  }

  @Test
  void theTimelineLeadsToTheSessionAsItWas() {
    Session session = SESSIONS.on(null, "Then", SET, SessionServer.answer("Q1", "then", 0.9));
    SESSIONS.server.report(session, SessionServer.answer("Q1", "now", 0.9));
    SESSIONS.server.complete(session);
    SESSIONS.review(session, "Q1", Verdict.ACCEPTED, null, null);
    Page page = open(session);
    page.locator(".history").scrollIntoViewIfNeeded();
    assertThat(page.locator("[data-moment]")).hasCount(5);
    assertThat(page.locator("[data-moment=rows-answered]")).containsText("1 answer");
    action(page, "journal").click();
    assertThat(page.locator("[data-event]")).hasCount(6);
    page.locator("[data-event='session-completed.v1'] summary").click();
    assertThat(page.locator("[data-event='session-completed.v1'] pre"))
        .containsText("\"attempt\": 1");

    page.locator("[data-event='rows-answered.v1'] a").first().click();

    assertThat(page.locator("[data-past]")).containsText("as it was at revision");
    assertThat(page.locator("[data-question=Q1] .answer-text")).hasText("then");
    assertThat(page.locator("[data-session-state=running]")).isVisible();
    assertThat(action(page, "retry")).isDisabled();
    page.locator("[data-question=Q1] .question").click();
    assertThat(page.locator(".review")).hasCount(0);
    action(page, "now").click();
    assertThat(page.locator("[data-question=Q1] .answer-text")).hasText("now");
    more(page, "past");
    page.locator("dialog [name=revision]").fill("99999999");
    action(page, "confirm-past").click();
    assertThat(page.locator("[data-problem='400']")).containsText("ahead");
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void twoSessionsOnTheSameQuestionsAreComparedByWhatDiffers() {
    Session first =
        SESSIONS.on(
            null,
            "First",
            SET,
            SessionServer.answer("Q1", "same", 0.9),
            SessionServer.answer("Q2", "one", 0.9));
    SESSIONS.server.complete(first);
    Session second =
        SESSIONS.server.send(
            new RetrySession(first.id(), SessionClient.newId(), null, OptionalLong.empty()));
    SESSIONS.server.report(
        second, SessionServer.answer("Q1", "same", 0.3), SessionServer.answer("Q2", "two", 0.9));
    Page page = open(second);
    more(page, "compare");
    assertThat(page.locator("dialog select")).hasValue(first.id());
    action(page, "confirm-compare").click();

    assertThat(page.locator("[data-differences]")).hasText("1 of 5 questions differ.");
    assertThat(page.locator("[data-difference=Q2] .side"))
        .containsText(new String[] {"two", "one"});
    SESSIONS.review(first, "Q3", Verdict.CORRECTED, "by hand", null);
    assertThat(page.locator("[data-difference=Q3]")).containsText("by hand");
    SESSIONS.server.report(second, SessionServer.answer("Q2", "one", 0.9));
    assertThat(page.locator("[data-difference=Q2]")).hasCount(0);
    action(page, "leave-comparison").click();
    assertThat(page.locator("[data-question]")).hasCount(5);
  }

  @Test
  void aGoneSessionSaysWhatItWasAndCanBeSeenAsItWas() {
    Session session = SESSIONS.on(null, "Bridge", SET, SessionServer.answer("Q1", "stone", 0.9));
    Page page = open(session);
    SESSIONS.server.stop(session, "enough");
    page.waitForSelector("[data-session-state=partial]");
    SESSIONS.server.send(
        new DeleteSession(session.id(), false, "twice the same", OptionalLong.empty()));

    Locator gone = page.locator("[data-problem='410']");
    assertThat(gone).containsText("deleted by");
    assertThat(gone).containsText("twice the same");
    assertThat(gone).containsText("Partial");
    assertThat(gone).containsText("1 of 5");
    action(page, "see-as-it-was").click();
    assertThat(page.locator("[data-question=Q1] .answer-text")).hasText("stone");
    assertThat(page.locator("h1")).hasText("Bridge");
    page.navigate(SESSIONS.server.url() + "#/sessions/nobody");
    assertThat(page.locator("[data-problem='404']")).containsText("has ever existed");
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void hostileTextIsTextEverywhere() {
    String script = "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>";
    String odd = "\u202Efdp.exe\u202C \u0001\u0007 \uD83D\uDE80 =1+1 " + "w".repeat(10_000);
    Session session =
        SESSIONS.on(
            null,
            script,
            SET,
            SessionServer.answer("Q1", script, 0.5),
            SessionServer.answer("Q2", odd, 0.5));
    SESSIONS.review(session, "Q1", Verdict.CORRECTED, script + "!", script);
    SESSIONS.server.stop(session, script);
    Page page = CHROMIUM.open(SESSIONS.server.url(session), Chromium.Look.LIGHT.narrow(360));

    assertThat(page.locator("h1")).hasText(script);
    assertThat(page.locator("[data-question=Q1] .answer-text")).hasText(script + "!");
    assertThat(page.locator("[data-question=Q1] .verdict")).containsText(script);
    assertThat(page.locator("[data-outcome]")).containsText(script);
    page.locator(".history").scrollIntoViewIfNeeded();
    assertThat(page.locator("[data-moment=session-stopped]")).containsText(script);
    more(page, "rename");
    assertThat(page.locator("dialog [name=title]")).hasValue(script);
    action(page, "cancel").click();
    assertThat(page.locator("main img, main script, dialog img")).hasCount(0);
    assertThat(page.title()).contains("Holdfast");
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
  }

  @Test
  void aThousandRowsAreThereAndOnPaperOnlyTheTable() {
    SESSIONS.questions("thousand", 500, 500);
    Session session = SESSIONS.on(null, "Thousand", "thousand");
    Page page = open(session);
    assertThat(page.locator("[data-question]")).hasCount(1_000);

    SESSIONS.server.report(session, SessionServer.answer("Q1000", "the last", 0.9));
    page.locator(".search").fill("the last");
    assertThat(shown(page)).hasAttribute("data-question", "Q1000");
    assertThat(page.locator(".section:visible")).hasText(Pattern.compile("Section 2.*1/500"));

    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator("[data-question=Q1000]")).isVisible();
    assertThat(page.locator("h1")).isVisible();
    for (String hidden : new String[] {".bar", ".tools", ".history", ".session-tools", ".viewer"}) {
      assertThat(page.locator(hidden)).isHidden();
    }
    assertThat(SESSIONS.now(session).state()).isEqualTo(SessionState.RUNNING);
  }
}
