package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.holdfast.session.Session;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is done to many. Shows the absence of the pains 6 (stop does not stop), 20 (bulk hits more
 * than I saw), 22 (who stopped it) and 25 (retries create twice).
 */
class ListBulkIT {
  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  /** Pains 6, 22. */
  @Test
  void aBulkStopSaysWhatAndHowManyAndHowItWentForEach() {
    List<Session> sessions = SERVER.externals("Standing", 4);
    SERVER.complete(sessions.get(3));
    Page page = CHROMIUM.open(SERVER.url());
    for (Session session : List.of(sessions.get(0), sessions.get(1), sessions.get(3))) {
      Hooks.select(page, session);
    }
    assertThat(page.locator("[data-selected]").first()).isVisible();
    assertThat(page.locator(".picked")).hasText("3 selected");
    assertThat(Hooks.action(page, "bulk-stop")).hasText("Stop 2…");
    assertThat(Hooks.action(page, "bulk-delete")).hasText("Delete 1…");
    Hooks.action(page, "bulk-stop").click();
    assertThat(page.locator("dialog h2")).hasText("Stop 2 sessions?");
    // Meanwhile one of them ends by itself: its state is not the one that was seen.
    SERVER.complete(sessions.get(1));
    assertThat(Hooks.row(page, sessions.get(1), "completed")).hasCount(1);
    page.locator("dialog input[name=reason]").fill("maintenance");
    Hooks.action(page, "confirm-bulk-stop").click();

    assertThat(page.locator("[data-bulk-outcome]")).isVisible();
    assertThat(outcome(page, sessions.get(0))).hasAttribute("data-status", "200");
    Hooks.action(page, "close").click();
    assertThat(Hooks.row(page, sessions.get(0), "partial")).containsText("maintenance");
    assertThat(Hooks.row(page, sessions.get(1), "completed")).hasCount(1);
    assertThat(Hooks.row(page, sessions.get(2), "running")).hasCount(1);
    assertThat(page.locator(".bulk")).isHidden();
  }

  private static Locator outcome(Page page, Session session) {
    return page.locator("[data-result='" + session.id() + "']");
  }

  /** Pain 20. */
  @Test
  void allThatMatchIsRefusedWholeWhenItIsAnotherNumberByThen() {
    SERVER.externals("Standing", 3);
    Page page = CHROMIUM.open(SERVER.url() + "#/?q=standing");
    assertThat(Hooks.rows(page)).hasCount(3);
    Hooks.row(page, SERVER.external("Standing aside")).waitFor();
    page.locator("[data-action=select]").first().check();
    Hooks.action(page, "select-matching").click();
    assertThat(page.locator(".picked")).hasText("4 selected");
    Hooks.action(page, "bulk-stop").click();
    Session unseen = SERVER.external("Standing unseen");
    Hooks.action(page, "confirm-bulk-stop").click();
    assertThat(page.locator("dialog .error")).isVisible();
    assertThat(page.locator("dialog .error")).not().hasText("");
    Hooks.action(page, "cancel").click();
    assertThat(Hooks.count(page, "running")).hasText("5");
    assertThat(Hooks.row(page, unseen, "running")).hasCount(1);

    Hooks.action(page, "clear-selection").click();
    page.locator("[data-action=select]").first().check();
    Hooks.action(page, "select-matching").click();
    Hooks.action(page, "bulk-stop").click();
    Hooks.action(page, "confirm-bulk-stop").click();
    assertThat(page.locator("[data-bulk-outcome]")).hasText("5 stopped.");
    assertThat(Hooks.count(page, "partial")).hasText("5");
    CHROMIUM.expectFailedRequests();
  }

  /** Pain 25. */
  @Test
  void aRetryWhoseAnswerIsLostMakesOneSession() {
    Session failed = SERVER.external("Broken");
    SERVER.fail(failed, "It broke.");
    Page page = CHROMIUM.open(SERVER.url());
    boolean[] lost = {false};
    page.route(
        "**/api/v1/bulk",
        route -> {
          if (lost[0]) {
            route.resume();
          } else {
            lost[0] = true;
            route.fetch();
            route.abort();
          }
        });
    Hooks.select(page, failed);
    Hooks.action(page, "bulk-retry").click();
    Hooks.action(page, "confirm-bulk-retry").click();
    assertThat(page.locator("[data-bulk-outcome]")).hasText("1 started again.");
    assertThat(Hooks.count(page, "total")).hasText("2");
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void pinExtendAndDeleteActOnWhatTheyNameAndSelectionOutlivesChanges() {
    List<Session> sessions = SERVER.externals("Standing", 3);
    sessions.forEach(SERVER::complete);
    Page page = CHROMIUM.open(SERVER.url());
    page.locator("[data-action=select-all]").check();
    SERVER.external("New").id();
    assertThat(Hooks.rows(page)).hasCount(4);
    assertThat(page.locator("[data-action=select]:checked")).hasCount(3);
    run(page, "pin");
    assertThat(Hooks.row(page, sessions.get(0)).locator(".expires")).hasText("pinned");
    sessions.forEach(session -> Hooks.select(page, session));
    run(page, "extend");
    Hooks.select(page, sessions.get(2));
    run(page, "delete");
    assertThat(Hooks.row(page, sessions.get(2))).hasCount(0);
    assertThat(Hooks.count(page, "completed")).hasText("2");
  }

  private static void run(Page page, String action) {
    Hooks.action(page, "bulk-" + action).click();
    Hooks.action(page, "confirm-bulk-" + action).click();
    assertThat(page.locator("[data-bulk-outcome]")).not().containsText("refused");
    Hooks.action(page, "close").click();
  }
}
