package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForSelectorOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The charts and the reference of the API; an error in the console fails them, as of a policy. */
class ChartsIT {
  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  @Test
  void theChartsAreDrawnAndLeadToTheListsBehindThem() {
    SERVER.external("measured");
    Page page = CHROMIUM.window(Chromium.Look.LIGHT);
    page.navigate(SERVER.url() + "#/charts");
    page.waitForSelector(
        "main[data-points]", new WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));

    assertThat(page.locator("[data-chart] canvas")).hasCount(5);
    Object wider =
        page.evalOnSelectorAll(
            "[data-chart]",
            "cards => cards.filter(card => card.querySelector('canvas').getBoundingClientRect().right"
                + " > card.getBoundingClientRect().right).map(card => card.dataset.chart)");
    assertThat((List<?>) wider).isEmpty();
    page.locator("[data-chart=running] a").click();
    assertThat(page.locator("body")).hasAttribute("data-connection", "live");
    assertThat(page.locator("main")).containsText("measured");
  }

  @Test
  void aSinglePointStandsInItsMinuteAndNotInItsYear() {
    Page page = CHROMIUM.window(Chromium.Look.LIGHT);
    page.addInitScript(
        "window.drawn = []; const draw = CanvasRenderingContext2D.prototype.fillText;"
            + "CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {"
            + " drawn.push(String(text)); return draw.call(this, text, ...where); };");
    page.navigate(SERVER.url() + "charts.html");
    page.waitForSelector(
        "main[data-points='1']",
        new WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
    page.evaluate("drawn.length = 0");
    page.setViewportSize(1000, 900);
    page.waitForFunction("drawn.some((text) => /:/.test(text))");
    Object elsewhere =
        page.evaluate(
            "() => { const near = new Set(Array.from({ length: 180 }, (_, second) =>"
                + " new Date(Date.now() - second * 1000).toLocaleTimeString('en-GB')));"
                + " return drawn.filter((text) => /[:/]|20\\d\\d/.test(text) && !near.has(text)); }");
    assertThat((List<?>) elsewhere).isEmpty();
  }

  @Test
  void theChosenColorsAreKeptOnEveryPage() {
    Page page = CHROMIUM.open(SERVER.url(), Chromium.Look.LIGHT.dark());
    Hooks.action(page, "theme").click();
    for (String other : List.of("charts.html", "people.html", "docs")) {
      page.navigate(SERVER.url() + other);
      assertThat(page.locator("html")).hasAttribute("data-theme", "light");
      assertThat(page.locator("body")).hasCSS("background-color", "rgb(247, 247, 245)");
    }
  }

  @Test
  void theReferenceShowsEveryOperationAndOpensTheOneOfItsAddress() {
    Page page = CHROMIUM.window(Chromium.Look.LIGHT);
    page.navigate(SERVER.url() + "docs#stopSession");

    assertThat(page.locator("#stopSession[open]")).containsText("If-Match");
    assertThat(page.locator("#schema-Session")).hasCount(1);
    page.locator("#stopSession a").first().click();
    assertThat(page.locator("#schema-Reason[open]")).containsText("reason");
  }

  @Test
  void onAPhoneNoTypeOfTheReferenceIsBrokenAndNothingSticksOut() {
    Page page = CHROMIUM.window(Chromium.Look.LIGHT.narrow(360));
    page.navigate(SERVER.url() + "docs");
    page.waitForSelector("details");
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
    Object broken =
        page.evalOnSelectorAll(
            "dd code",
            "codes => codes.filter(code => code.offsetHeight > 25 && code.textContent.length < 30)"
                + ".map(code => code.textContent)");
    assertThat((List<?>) broken).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
  }
}
