package dev.holdfast.page;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.holdfast.session.Session;

/** The hooks of the page that tests and other people's scripts hold on to. */
final class Hooks {
  private Hooks() {}

  static Locator action(Page page, String name) {
    return page.locator("[data-action=" + name + "]:visible");
  }

  static Locator count(Page page, String name) {
    return page.locator("[data-count=" + name + "]");
  }

  static Locator row(Page page, Session session) {
    return page.locator("[data-session='" + session.id() + "']");
  }

  static Locator row(Page page, Session session, String state) {
    return page.locator(PageIT.row(session, state));
  }

  static Locator rows(Page page) {
    return page.locator("[data-session]");
  }

  static Locator banner(Page page, String name) {
    return page.locator("[data-banner=" + name + "]");
  }

  /**
   * Waits for the dialog, whose code may come at its first use: before that Escape closes nothing.
   */
  static void waitForDialog(Page page) {
    page.locator("dialog[open]").waitFor();
  }

  /** The revision that the page says all of it is of. */
  static long revision(Page page) {
    return Long.parseLong(page.locator("body").getAttribute("data-revision"));
  }

  static void select(Page page, Session session) {
    row(page, session).locator("[data-action=select]").check();
  }
}
