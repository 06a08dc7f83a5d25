package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.page.Chromium.Look;
import dev.holdfast.session.CreateSession;
import dev.holdfast.session.DeleteSession;
import dev.holdfast.session.PatchSession;
import dev.holdfast.session.Query;
import dev.holdfast.session.Session;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the list can be asked for. Shows the absence of the pains 2 (counts disagree with the list),
 * 4 (list and detail disagree), 15 (cannot find one item), 17 (what expires is not shown) and 22
 * (who stopped it).
 */
class ListAskIT {
  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  private static Session labelled(String title, Map<String, String> labels) {
    String id = SessionClient.newId();
    return SERVER.send(
        new CreateSession(id, title, "external", null, PageServer.BID_SPEC, 0, labels));
  }

  /** Pain 15. */
  @Test
  void aSearchFindsOneOfManyAndStaysInTheAddress() {
    SERVER.externals("Standing", 260);
    Session old = labelled("The needle", Map.of("team", "north"));
    SERVER.complete(old);
    SERVER.externals("Newer", 260);
    Page page = CHROMIUM.open(SERVER.url());
    assertThat(Hooks.row(page, old)).hasCount(0);

    page.keyboard().press("/");
    page.keyboard().type("NEEDLE");
    assertThat(Hooks.row(page, old)).hasCount(1);
    assertThat(Hooks.rows(page)).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("#/\\?q=NEEDLE$"));
    assertThat(page.locator("[data-shown]")).hasText("1 of 1 shown");
    page.reload();
    assertThat(Hooks.rows(page)).hasCount(1);
    Session added = SERVER.external("Another needle");
    assertThat(Hooks.row(page, added)).hasCount(1);

    page.locator("input[name=q]").fill("");
    page.locator("input[name=label]").fill("team:north");
    assertThat(Hooks.row(page, old)).hasCount(1);
    assertThat(Hooks.rows(page)).hasCount(1);
    page.locator("input[name=label]").fill("team:west");
    assertThat(Hooks.rows(page)).hasCount(0);
    assertThat(page.locator(".message")).isVisible();
    assertThat(page.locator(".message")).hasText("No session matches.");
    page.goBack();
    assertThat(Hooks.rows(page)).hasCount(1);
  }

  @Test
  void sortingIsAChoiceAndMovesNoRowUntilSomebodyAsks() {
    Session b = SERVER.external("B");
    Session a = SERVER.external("A");
    Page page = CHROMIUM.open(SERVER.url() + "#/?sort=title");
    Locator titles = page.locator("[data-session] a.title");
    assertThat(titles).hasText(new String[] {"A", "B"});
    SERVER.send(new PatchSession(a.id(), "Z", Map.of(), null, null, null, OptionalLong.empty()));
    assertThat(titles).hasText(new String[] {"Z", "B"});
    Session c = SERVER.external("C");
    Locator again = Hooks.action(page, "sort-again");
    assertThat(again).containsText("sort again");
    assertThat(Hooks.row(page, c)).hasCount(0);
    again.click();
    assertThat(titles).hasText(new String[] {"B", "C", "Z"});
    page.locator("select[name=sort]").selectOption("-title");
    assertThat(titles).hasText(new String[] {"Z", "C", "B"});
    assertThat(page).hasURL(Pattern.compile("sort=-title"));
    assertThat(Hooks.row(page, b)).hasCount(1);
  }

  /** Pains 2, 4. */
  @Test
  void underAFilterARowThatLeavesStaysGreyedWithItsNewState() {
    List<Session> sessions = SERVER.externals("Standing", 3);
    Page page = CHROMIUM.open(SERVER.url());
    page.locator("[data-filter-link=running]").click();
    assertThat(Hooks.rows(page)).hasCount(3);
    SERVER.complete(sessions.get(1));
    Locator leaving = Hooks.row(page, sessions.get(1), "completed");
    assertThat(leaving).hasAttribute("data-leaving", "");
    assertThat(Hooks.count(page, "running")).hasText("2");
    assertThat(page.locator("[data-shown]")).hasText("2 of 2 shown");
    assertThat(leaving).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(15_000));
    assertThat(Hooks.rows(page)).hasCount(2);
    assertThat(page).hasURL(Pattern.compile("#/\\?state=running$"));
  }

  /** Pain 17: with a clock that is a day ahead, what is due and how old things are stays right. */
  @Test
  void aClockThatIsADayWrongChangesNothingThatIsSaid() {
    Session running = SERVER.external("Runs");
    SERVER.report(running, PageServer.answer("Q1", "one"));
    Session soon = SERVER.external("Expires soon");
    SERVER.complete(soon);
    Session later = SERVER.external("Expires later");
    SERVER.complete(later);
    expireIn(soon, Duration.ofHours(5));
    expireIn(later, Duration.ofHours(40));
    Page page = CHROMIUM.window(Look.LIGHT);
    page.clock()
        .install(
            new Clock.InstallOptions()
                .setTime(Instant.now().plus(Duration.ofHours(24)).toString()));
    page.navigate(SERVER.url());
    page.waitForSelector("body[data-connection=live]");
    assertThat(page.locator("[data-due=expiring]")).hasText("1");
    assertThat(page.locator("[data-due=stalled]")).isHidden();
    assertThat(Hooks.row(page, running).locator(".last"))
        .hasText(Pattern.compile("now|\\d+ s ago"));
    assertThat(Hooks.row(page, soon).locator(".expires")).hasText(Pattern.compile("[45] h"));
    assertThat(Hooks.row(page, later).locator(".expires")).hasText(Pattern.compile("39 h|40 h"));
    page.locator("[data-filter-link=expiring]").click();
    assertThat(Hooks.rows(page)).hasCount(1);
    assertThat(Hooks.row(page, soon)).hasCount(1);
  }

  private static void expireIn(Session session, Duration time) {
    SERVER.send(
        new PatchSession(
            session.id(),
            null,
            Map.of(),
            null,
            Instant.now().plus(time),
            null,
            OptionalLong.empty()));
  }

  /** Pain 8. */
  @Test
  void aSilentRunIsShownAsStalledApartFromTheCounts() {
    Session silent = SERVER.external("Silent");
    SERVER.report(silent, PageServer.answer("Q1", "one"));
    Page page = CHROMIUM.window(Look.LIGHT);
    page.clock().install();
    page.navigate(SERVER.url());
    page.waitForSelector("body[data-connection=live]");
    assertThat(page.locator("[data-due=stalled]")).isHidden();
    // The server's clock does not run ahead, so the page is kept from asking it.
    page.route("**/health/live", held -> {});
    page.route("**/api/v1/sessions*", held -> {});
    page.clock().fastForward(130_000);
    assertThat(page.locator("[data-due=stalled]")).hasText("1");
    assertThat(Hooks.count(page, "running")).hasText("1");
    page.unrouteAll();
  }

  @Test
  void aResumedSessionIsNotStalledBecauseOfItsFormerRun() {
    Page page = CHROMIUM.open(SERVER.url());
    String isStalled =
        """
        async ([startedAt, lastAt]) => {
          const { isStalled } = await import('/due.js');
          const now = Date.parse('2026-01-02T00:03:00Z');
          return isStalled({ state: 'running', startedAt, progress: { lastAt } }, now);
        }
        """;
    String old = "2026-01-01T00:00:00Z";
    String recent = "2026-01-02T00:02:00Z";
    assertThat(page.evaluate(isStalled, Arrays.asList(recent, old))).isEqualTo(false);
    assertThat(page.evaluate(isStalled, Arrays.asList(recent, null))).isEqualTo(false);
    assertThat(page.evaluate(isStalled, Arrays.asList(old, recent))).isEqualTo(false);
    assertThat(page.evaluate(isStalled, Arrays.asList(old, old))).isEqualTo(true);
    assertThat(page.evaluate(isStalled, Arrays.asList(old, null))).isEqualTo(true);
  }

  @Test
  void aPausedPageStandsStillAndCountsWhatWaits() {
    List<Session> sessions = SERVER.externals("Standing", 3);
    Page page = CHROMIUM.open(SERVER.url());
    page.keyboard().press("p");
    assertThat(Hooks.banner(page, "paused")).isVisible();
    long revision = Hooks.revision(page);
    SERVER.complete(sessions.get(0));
    SERVER.stop(sessions.get(1), "enough");
    SERVER.external("New");
    assertThat(page.locator("[data-waiting='3']")).containsText("3 changes waiting");
    assertThat(Hooks.rows(page)).hasCount(3);
    assertThat(Hooks.row(page, sessions.get(0), "running")).hasCount(1);
    assertThat(Hooks.count(page, "running")).hasText("3");
    assertThat(Hooks.revision(page)).isEqualTo(revision);
    Hooks.action(page, "show-waiting").click();
    assertThat(Hooks.rows(page)).hasCount(4);
    assertThat(Hooks.row(page, sessions.get(1), "partial")).containsText("enough");
    assertThat(Hooks.banner(page, "paused")).isHidden();
  }

  /** Pain 22: what was is shown with who and why, and cannot be changed. */
  @Test
  void theListIsShownAsItWasWithActionsOff() {
    Session stopped = SERVER.external("Was running");
    Session deleted = SERVER.external("Was there");
    long then = PageServer.await(SERVER.client().ask(new Query.GetRevision())).revision();
    SERVER.stop(stopped, "wrong file");
    SERVER.complete(deleted);
    SERVER.send(new DeleteSession(deleted.id(), false, "old", OptionalLong.empty()));
    Page page = CHROMIUM.open(SERVER.url());
    Hooks.action(page, "time").click();
    page.locator("dialog input[name=revision]").fill(Long.toString(then));
    Hooks.action(page, "show-past").click();
    assertThat(Hooks.banner(page, "past")).containsText("at revision " + then);
    assertThat(Hooks.rows(page)).hasCount(2);
    assertThat(Hooks.row(page, stopped, "running")).hasCount(1);
    assertThat(Hooks.row(page, deleted, "running")).hasCount(1);
    assertThat(Hooks.count(page, "running")).hasText("2");
    assertThat(Hooks.revision(page)).isEqualTo(then);
    assertThat(Hooks.row(page, stopped).locator("[data-action=stop]")).isDisabled();
    assertThat(page).hasURL(Pattern.compile("at=" + then));
    SERVER.external("New");
    page.reload();
    assertThat(Hooks.rows(page)).hasCount(2);
    Hooks.action(page, "back-to-now").click();
    assertThat(Hooks.row(page, stopped, "partial")).containsText("wrong file");
    assertThat(Hooks.rows(page)).hasCount(2);
    assertThat(Hooks.banner(page, "past")).isHidden();
  }

  @Test
  void theFileOfTheListHoldsWhatIsAskedFor() throws Exception {
    SERVER.externals("Kept", 3);
    SERVER.external("Left out");
    Page page = CHROMIUM.open(SERVER.url() + "#/?q=kept");
    page.keyboard().press("e");
    Download file = page.waitForDownload(() -> Hooks.action(page, "export-csv").click());
    assertThat(file.suggestedFilename()).matches("holdfast-sessions-\\d+\\.csv");
    assertThat(Files.readAllLines(file.path())).hasSize(4);
    page.keyboard().press("e");
    Download excel = page.waitForDownload(() -> Hooks.action(page, "export-xlsx").click());
    assertThat(new String(Files.readAllBytes(excel.path()), 0, 2)).isEqualTo("PK");
  }

  @Test
  void keysMoveSelectStopAndView() {
    List<Session> sessions = SERVER.externals("Standing", 3);
    Page page = CHROMIUM.open(SERVER.url());
    page.keyboard().press("?");
    assertThat(page.locator("dialog[data-help]")).containsText("Next row");
    page.keyboard().press("Escape");
    page.keyboard().press("j");
    page.keyboard().press("j");
    Locator second = Hooks.row(page, sessions.get(1));
    assertThat(second).hasAttribute("data-cursor", "");
    page.keyboard().press("x");
    assertThat(second.locator("[data-action=select]")).isChecked();
    page.keyboard().press("k");
    page.keyboard().press("s");
    assertThat(page.locator("dialog h2")).containsText("Standing 3");
    page.keyboard().press("Escape");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("Standing 3");
  }
}
