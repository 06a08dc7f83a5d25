package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.RequestOptions;
import dev.holdfast.page.Chromium.Look;
import dev.holdfast.session.Session;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list by who created the sessions and when; over HTTP they are local's, else others'. */
class ListCreationIT {
  private static final int LEAVES_WITHIN_MILLIS = 15_000;

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  private static void createMine(Page page, String title) {
    Map<String, String> body =
        Map.of("questionSet", PageServer.BID_SPEC, "analyzer", "external", "title", title);
    RequestOptions options = RequestOptions.create().setHeader("X-Holdfast", "1").setData(body);
    int status = page.request().post(SERVER.url() + "api/v1/sessions", options).status();
    assertThat(status).isEqualTo(201);
  }

  private static Locator titles(Page page) {
    return page.locator("[data-session] a.title");
  }

  private static String exportLink(Page page) {
    String link = page.locator("[data-action=export-csv]").getAttribute("href");
    return URLDecoder.decode(link, StandardCharsets.UTF_8);
  }

  @Test
  void whoCreatedThemIsAFilterForRowsToComeToo() throws Exception {
    SERVER.externals("Theirs", 2);
    Page page = CHROMIUM.open(SERVER.url());
    createMine(page, "Mine");
    assertThat(titles(page)).hasCount(3);
    page.locator("input[name=createdBy]").focus();
    Locator first = page.locator("#names option").first();
    assertThat(first).hasAttribute("value", "local");
    assertThat(first).hasAttribute("label", "Me");
    page.locator("input[name=createdBy]").fill("local");
    assertThat(titles(page)).hasText(new String[] {"Mine"});
    assertThat(page).hasURL(Pattern.compile("#/\\?createdBy=local$"));

    SERVER.external("Theirs too");
    createMine(page, "Mine too");
    assertThat(titles(page)).hasText(new String[] {"Mine too", "Mine"});
    assertThat(Hooks.count(page, "total")).hasText("5");
    assertThat(page.locator("[data-shown]")).hasText("2 of 2 shown");
    assertThat(exportLink(page)).contains("createdBy=local");
    // why not Escape: where no names are open it empties the field
    page.locator("input[name=createdBy]").blur();
    Hooks.action(page, "export").click();
    Download file = page.waitForDownload(() -> Hooks.action(page, "export-csv").click());
    assertThat(Files.readAllLines(file.path())).hasSize(3);

    page.locator("input[name=createdBy]").fill("");
    assertThat(titles(page)).hasCount(5);
    page.goBack();
    assertThat(titles(page)).hasCount(2);
    assertThat(page.locator("input[name=createdBy]")).hasValue("local");
  }

  @Test
  void aSpanOfTimesLetsThroughNoneThatCameLater() {
    Session early = SERVER.external("Early");
    Page page = CHROMIUM.open(SERVER.url() + "#/?created=.." + early.createdAt().plusMillis(1));
    assertThat(titles(page)).hasText(new String[] {"Early"});
    SERVER.external("Late");
    assertThat(Hooks.count(page, "total")).hasText("2");
    assertThat(titles(page)).hasText(new String[] {"Early"});
    assertThat(page.locator("select[name=created] option:checked")).containsText("before ");
    assertThat(exportLink(page)).contains("createdBefore=").doesNotContain("createdAfter");

    page.locator("select[name=created]").selectOption("custom");
    page.locator("dialog input[name=to]").fill("2026-01-01T10:00:05");
    page.locator("dialog input[name=from]").fill("2026-01-01T10:00:05");
    Hooks.action(page, "show-created").click();
    assertThat(page.locator("dialog .error")).hasText("The first time must be before the second.");
    page.locator("dialog input[name=from]").fill("2026-01-01T09:00:05");
    Hooks.action(page, "show-created").click();
    assertThat(titles(page)).hasCount(0);
    assertThat(page.locator(".message")).hasText("No session matches.");
    page.locator("select[name=created]").selectOption("");
    assertThat(titles(page)).hasCount(2);
    page.goBack();
    assertThat(titles(page)).hasCount(0);
  }

  @Test
  void aSpanThatEndsNowIsCountedBackAnew() {
    SERVER.externals("Standing", 2);
    Page page = CHROMIUM.window(Look.LIGHT);
    page.clock().install();
    page.navigate(SERVER.url());
    page.waitForSelector("body[data-connection=live]");
    page.locator("select[name=created]").selectOption("1h");
    assertThat(titles(page)).hasCount(2);
    assertThat(page).hasURL(Pattern.compile("#/\\?created=1h$"));
    String before = exportLink(page);
    assertThat(before).contains("createdAfter=").doesNotContain("created=1h");

    // The server's clock does not run ahead, so the page is kept from asking it.
    page.route("**/health/live", held -> {});
    page.route("**/api/v1/sessions*", held -> {});
    page.clock().fastForward(3_610_000);
    page.clock().fastForward(10_000);
    assertThat(titles(page))
        .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(LEAVES_WITHIN_MILLIS));
    Hooks.action(page, "export").click();
    assertThat(page.locator("details[open] [data-action=export-csv]")).isVisible();
    page.waitForCondition(() -> !exportLink(page).equals(before));
    page.unrouteAll();
  }

  @Test
  void allThatMatchIsAskedForWithTheMomentFixed() {
    SERVER.externals("Theirs", 2);
    Page page = CHROMIUM.open(SERVER.url());
    createMine(page, "Mine");
    createMine(page, "Mine too");
    page.navigate(SERVER.url() + "#/?createdBy=local&created=24h");
    assertThat(titles(page)).hasCount(2);
    page.locator("[data-action=select]").first().check();
    Hooks.action(page, "select-matching").click();
    Hooks.action(page, "bulk-pin").click();
    assertThat(page.locator("dialog")).containsText("by local, from ");
    Request request =
        page.waitForRequest("**/api/v1/bulk", () -> Hooks.action(page, "confirm-bulk-pin").click());
    assertThat(request.postData()).contains("\"createdBy\":\"local\"", "\"createdAfter\":\"20");
    assertThat(page.locator("[data-bulk-outcome]")).containsText("2");
  }
}
