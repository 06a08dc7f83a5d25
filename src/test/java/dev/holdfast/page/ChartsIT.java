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
}
