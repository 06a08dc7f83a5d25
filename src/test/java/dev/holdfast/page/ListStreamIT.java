package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import dev.holdfast.page.Chromium.Look;
import dev.holdfast.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How the list stays current. Shows the absence of the pains 5 (what I created is not in the list),
 * 9 (running though the connection is dead), 10 (updates lost on reconnect), 11 (six tabs and the
 * site hangs), 12 (a proxy buffers the stream), 14 (polls pile up) and 18 (state of before a
 * restore).
 */
class ListStreamIT {
  private static final String STREAM = "**/api/v1/stream*";

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  private static boolean isStream(Request request) {
    return request.url().contains("/api/v1/stream");
  }

  /** Pains 5, 11. */
  @Test
  void eightTabsShareOneStreamAndSeeEveryChange() {
    Session first = SERVER.external("First");
    Page window = CHROMIUM.window(Look.LIGHT);
    BrowserContext browser = window.context();
    List<Page> streams = new ArrayList<>();
    browser.onRequest(
        request -> {
          if (isStream(request)) {
            streams.add(request.frame().page());
          }
        });
    List<Page> tabs = new ArrayList<>(List.of(window));
    while (tabs.size() < 8) {
      tabs.add(CHROMIUM.tab(browser));
    }
    tabs.forEach(page -> page.navigate(SERVER.url()));
    tabs.forEach(page -> page.waitForSelector("body[data-connection=live]"));
    assertThat(streams).hasSize(1);

    SERVER.complete(first);
    tabs.forEach(page -> assertThat(Hooks.row(page, first, "completed")).hasCount(1));
    tabs.forEach(page -> assertThat(Hooks.count(page, "completed")).hasText("1"));

    Page leader = streams.get(0);
    tabs.remove(leader);
    leader.close();
    Awaitility.await().until(() -> pumped(tabs.get(0), () -> streams.size() == 2));
    Session second = SERVER.external("Second");
    tabs.forEach(page -> assertThat(Hooks.row(page, second)).hasCount(1));
    tabs.forEach(page -> assertThat(page.locator("body[data-connection=live]")).hasCount(1));
    assertThat(streams).hasSize(2);
  }

  /** Lets the browser's messages come in before looking. */
  private static boolean pumped(Page page, java.util.function.BooleanSupplier fact) {
    page.evaluate("0");
    return fact.getAsBoolean();
  }

  @Test
  void aSessionIsFollowedInATabThatDoesNotLead() {
    Session session = SERVER.external("Bridge");
    Page leader = CHROMIUM.open(SERVER.url());
    Page follower = CHROMIUM.tab(leader.context());
    follower.navigate(SERVER.url(session));
    follower.waitForSelector("[data-question]");
    SERVER.report(session, PageServer.answer("Q1", "first"));
    follower.waitForSelector("[data-question=Q1][data-status=answered]");
    leader.close();
    SERVER.report(session, PageServer.answer("Q2", "second"));
    follower.waitForSelector("[data-question=Q2][data-status=answered]");
  }

  /** Pain 10. */
  @Test
  void aTabThatWasFrozenComesBackAtTheRevisionOfNow() {
    Session session = SERVER.external("Bridge");
    Page page = CHROMIUM.open(SERVER.url());
    CDPSession control = page.context().newCDPSession(page);
    lifecycle(control, "frozen");
    SERVER.complete(session);
    Session later = SERVER.external("Later");
    lifecycle(control, "active");
    assertThat(Hooks.row(page, session, "completed")).hasCount(1);
    assertThat(Hooks.row(page, later)).hasCount(1);
    assertThat(Hooks.count(page, "total")).hasText("2");
  }

  private static void lifecycle(CDPSession control, String state) {
    JsonObject wanted = new JsonObject();
    wanted.addProperty("state", state);
    control.send("Page.setWebLifecycleState", wanted);
  }

  /** Pains 12, 14. */
  @Test
  void aStreamThatIsHeldBackIsReplacedByPollsOneAtATime() {
    Page page = CHROMIUM.window(Look.LIGHT);
    // A request that is never answered is what a page sees of a proxy that buffers.
    page.route(STREAM, held -> {});
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    page.onRequest(r -> count(r, open, most, 1));
    page.onRequestFinished(r -> count(r, open, most, -1));
    page.onRequestFailed(r -> count(r, open, most, -1));
    page.navigate(SERVER.url());
    page.waitForSelector("body[data-connection=live]");

    Session session = SERVER.external("Polled");
    assertThat(Hooks.row(page, session, "running")).hasCount(1);
    SERVER.report(session, PageServer.answer("Q1", "one"));
    assertThat(Hooks.row(page, session)).containsText("1/100");
    Hooks.row(page, session).locator("[data-action=view]").click();
    page.waitForSelector("[data-question=Q1][data-status=answered]");
    SERVER.report(session, PageServer.answer("Q2", "two"));
    page.waitForSelector("[data-question=Q2][data-status=answered]");
    assertThat(most.get()).isEqualTo(1);
  }

  private static void count(Request request, AtomicInteger open, AtomicInteger most, int by) {
    if (request.url().contains("/api/v1/changes")) {
      most.accumulateAndGet(open.addAndGet(by), Math::max);
    }
  }

  /** Pain 9. */
  @Test
  void aPageWithoutAServerSaysSoGreysItsRowsAndNeverEmpties() {
    List<Session> sessions = SERVER.externals("Standing", 3);
    Page page = CHROMIUM.window(Look.LIGHT);
    page.clock().install();
    page.navigate(SERVER.url());
    page.waitForSelector("body[data-connection=live]");
    SERVER.stop();
    page.waitForSelector("body[data-connection=reconnecting]");
    page.clock().fastForward(40_000);
    page.waitForSelector("body[data-connection=old]");
    assertThat(page.locator(".age")).containsText("old, as of");
    assertThat(page.locator("main")).hasCSS("filter", "grayscale(1)");
    assertThat(Hooks.rows(page)).hasCount(3);
    assertThat(Hooks.count(page, "running")).hasText("3");
    Hooks.row(page, sessions.get(0)).locator("[data-action=stop]").click();
    Hooks.action(page, "confirm-stop").click();
    assertThat(page.locator(".notice.is-bad")).containsText("cannot be reached");
    SERVER.start(null);
    page.clock().fastForward(20_000);
    page.waitForSelector("body[data-connection=live]");
    assertThat(Hooks.rows(page)).hasCount(3);
    CHROMIUM.expectFailedRequests();
  }

  /** Pain 18. */
  @Test
  void anotherJournalReplacesAllThatIsShown() throws IOException {
    Session lost = SERVER.external("Of the journal before");
    SERVER.externals("More", 8);
    Page page = CHROMIUM.open(SERVER.url());
    assertThat(Hooks.row(page, lost)).hasCount(1);
    SERVER.stop();
    SERVER.startAnew();
    Session other = SERVER.external("Of the other journal");
    assertThat(Hooks.row(page, other)).hasCount(1);
    assertThat(Hooks.rows(page)).hasCount(1);
    assertThat(Hooks.count(page, "total")).hasText("1");
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void aServerOfAnotherVersionAsksForAReload() {
    Page page = CHROMIUM.open(SERVER.url());
    assertThat(Hooks.banner(page, "version")).isHidden();
    page.route("**/health/live", ListStreamIT::answerAsAnotherVersion);
    // Each return to the page asks the server how it is.
    page.evaluate("dispatchEvent(new Event('online'))");
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    assertThat(Hooks.banner(page, "version")).isVisible();
    page.unroute("**/health/live");
    Hooks.action(page, "reload").click();
    page.waitForSelector("body[data-connection=live]");
    assertThat(Hooks.banner(page, "version")).isHidden();
  }

  private static void answerAsAnotherVersion(Route route) {
    APIResponse answer = route.fetch();
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.put("holdfast-version", "9.9.9");
    route.fulfill(new Route.FulfillOptions().setResponse(answer).setHeaders(headers));
  }

  @Test
  void aSlowConnectionFillsTheListAndNeverShowsAnEmptyOne() {
    List<Session> sessions = SERVER.externals("Slow", 30);
    Page page = CHROMIUM.window(Look.LIGHT);
    CDPSession control = page.context().newCDPSession(page);
    JsonObject slow = new JsonObject();
    slow.addProperty("offline", false);
    slow.addProperty("latency", 400);
    slow.addProperty("downloadThroughput", 50_000);
    slow.addProperty("uploadThroughput", 50_000);
    control.send("Network.enable");
    control.send("Network.emulateNetworkConditions", slow);
    page.navigate(SERVER.url());
    assertThat(page.locator(".empty")).isHidden();
    page.waitForSelector("body[data-connection=live]");
    assertThat(Hooks.rows(page)).hasCount(30);
    SERVER.complete(sessions.get(0));
    assertThat(Hooks.row(page, sessions.get(0), "completed")).hasCount(1);
    assertThat(page.locator("body[data-connection=live]")).hasCount(1);
    assertThat(page.locator("[data-lag]")).containsText("lag");
  }
}
