package dev.holdfast.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.holdfast.page.Chromium.Look;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every state of the list in light and dark, wide and narrow: readable for all, nothing sticks out.
 */
class ListLooksIT {
  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  @Test
  void everyStateOfTheListIsAccessibleAndFits() throws IOException {
    Page first = CHROMIUM.open(SERVER.url());
    new Showcase(SERVER, first.request());
    for (Look look : LookCheck.looks()) {
      Page page = CHROMIUM.open(SERVER.url(), look);
      page.waitForSelector("[data-session]");
      checkFields(page, look);
      checkMenus(page, look);
      checkSelection(page, look);
      checkQuestions(page, look);
      checkOffline(page, look);
    }
    CHROMIUM.expectFailedRequests();
  }

  /** What a field is for is written in it, and has to be read whole. */
  private static void checkFields(Page page, Look look) {
    Object cut =
        page.evalOnSelectorAll(
            ".tools-ask input",
            "fields => fields.filter(field => { field.value = field.placeholder;"
                + " const isCut = field.scrollWidth > field.clientWidth;"
                + " field.value = ''; return isCut; }).map(field => field.name)");
    assertThat((List<?>) cut).as("cut off in " + look).isEmpty();
  }

  private static void checkMenus(Page page, Look look) {
    Hooks.action(page, "export").click();
    LookCheck.check(page, "export", look);
    page.keyboard().press("Escape");
    for (String dialog : new String[] {"help", "time"}) {
      Hooks.action(page, dialog).click();
      Hooks.waitForDialog(page);
      LookCheck.check(page, dialog, look);
      page.keyboard().press("Escape");
    }
    page.locator("select[name=created]").selectOption("custom");
    Hooks.waitForDialog(page);
    LookCheck.check(page, "created", look);
    page.keyboard().press("Escape");
  }

  private static void checkSelection(Page page, Look look) {
    page.locator("[data-action=select]").first().check();
    page.locator("[data-action=select]").nth(2).check();
    page.locator("[data-action=select]").nth(3).check();
    LookCheck.check(page, "selected", look);
    Hooks.action(page, "bulk-extend").click();
    Hooks.waitForDialog(page);
    LookCheck.check(page, "bulk", look);
    Hooks.action(page, "confirm-bulk-extend").click();
    page.locator("[data-bulk-outcome]").waitFor();
    LookCheck.check(page, "outcome", look);
    Hooks.action(page, "close").click();
  }

  private static void checkQuestions(Page page, Look look) {
    page.navigate(SERVER.url() + "#/?q=nowhere");
    page.locator(".message").waitFor();
    LookCheck.check(page, "no-match", look);
    page.navigate(SERVER.url() + "#/?at=" + (Hooks.revision(page) - 5));
    Hooks.banner(page, "past").waitFor();
    LookCheck.check(page, "past", look);
    page.navigate(SERVER.url() + "#/?state=running");
    Hooks.action(page, "pause").click();
    LookCheck.check(page, "paused", look);
  }

  private static void checkOffline(Page page, Look look) {
    page.clock().install();
    page.navigate("about:blank");
    page.navigate(SERVER.url());
    page.waitForSelector("body[data-connection=live]");
    page.route("**/api/v1/**", route -> route.abort());
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    for (int i = 0; i < 8; i++) {
      page.clock().fastForward(16_000);
    }
    page.waitForSelector("body[data-connection=old]");
    LookCheck.check(page, "old", look);
  }
}
