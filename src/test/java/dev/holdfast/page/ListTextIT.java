package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.holdfast.page.Chromium.Look;
import dev.holdfast.session.Session;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Texts from elsewhere, files of any kind, colours, and what a tab says of itself. */
class ListTextIT {
  private static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>",
          "\u202Efdp.exe\u202C \u05D0\u05D1 \uD83D\uDE80\uD83C\uDDE9\uD83C\uDDEA",
          "bell \u0007 escape \u001B[31m null-like \u2400 tab\there",
          "javascript:alert(1)",
          "w".repeat(200));

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  @Test
  void hostileTitlesReasonsAndMessagesAreTextInTheirPlace() {
    for (String text : HOSTILE) {
      SERVER.fail(SERVER.external(text), text + " " + "x".repeat(1_500));
    }
    for (Look look : List.of(Look.LIGHT, Look.LIGHT.narrow(360))) {
      Page page = CHROMIUM.open(SERVER.url(), look);
      Locator titles = page.locator("[data-session] a.title");
      assertThat(titles).hasCount(HOSTILE.size());
      assertThat(titles.allTextContents()).containsExactlyInAnyOrderElementsOf(HOSTILE);
      assertThat(page.locator("main img, main script")).hasCount(0);
      assertThat(page.title()).isEqualTo("Holdfast");
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(look.width());
      Object heights =
          page.evaluate(
              "() => new Set([...document.querySelectorAll('[data-session]')].map(row => row.offsetHeight)).size");
      assertThat(heights).isEqualTo(1);
      page.locator("[data-action=select]").first().check();
      Hooks.action(page, "bulk-retry").click();
      Hooks.waitForDialog(page);
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(look.width());
      page.keyboard().press("Escape");
    }
  }

  @Test
  void severalFilesAreTakenAndEachThatIsRefusedSaysWhy() throws IOException {
    Page page = CHROMIUM.open(SERVER.url());
    page.evaluate(
        """
        () => {
          const transfer = new DataTransfer();
          transfer.items.add(new File(['no PDF at all'], 'broken <b>.pdf', { type: 'application/pdf' }));
          transfer.items.add(new File(['text'], 'notes.txt', { type: 'text/plain' }));
          for (const type of ['dragover', 'drop']) dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true }));
        }
        """);
    page.locator("dialog input[type=file]")
        .setInputFiles(new FilePayload("bridge.pdf", "application/pdf", PageIT.sample()));
    page.locator("dialog select").selectOption("general");
    assertThat(page.locator(".uploads li")).hasCount(3);
    assertThat(page.locator(".uploads li").nth(1)).containsText("This is not a PDF.");
    Hooks.action(page, "start").click();
    assertThat(page.locator(".uploads li").nth(2)).containsText("Started");
    assertThat(page.locator(".uploads li").first().locator("[data-error]")).containsText("PDF");
    page.keyboard().press("Escape");
    assertThat(Hooks.rows(page)).hasCount(1);
    assertThat(Hooks.rows(page)).containsText("bridge.pdf");
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void theTabShowsHowManyRun() {
    List<Session> sessions = SERVER.externals("Standing", 3);
    Page page = CHROMIUM.open(SERVER.url());
    assertThat(page).hasTitle("(3) Holdfast");
    Locator icon = page.locator("link[rel=icon]");
    assertThat(icon)
        .hasAttribute("href", java.util.regex.Pattern.compile("data:image/svg.*%3E3%3C"));
    sessions.forEach(SERVER::complete);
    assertThat(page).hasTitle("Holdfast");
    assertThat(icon).hasAttribute("href", "favicon.svg");
  }

  @Test
  void colorsFollowTheSystemUnlessSomebodyChooses() {
    Page page = CHROMIUM.open(SERVER.url(), Look.LIGHT.dark());
    Locator body = page.locator("body");
    assertThat(body).hasCSS("background-color", "rgb(18, 20, 23)");
    Hooks.action(page, "theme").click();
    assertThat(body).hasCSS("background-color", "rgb(247, 247, 245)");
    page.reload();
    assertThat(body).hasCSS("background-color", "rgb(247, 247, 245)");
    assertThat(page.locator("html")).hasAttribute("data-theme", "light");
  }
}
