package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import dev.holdfast.page.Chromium.Look;
import dev.holdfast.session.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who somebody is to the server, and what the list offers them. */
class ListRightsIT {
  private static final String TOKEN = "a token of the tests";
  private static final String PASSWORD = "four words make sense";

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  private static Page logIn(String name, String role) {
    Page page = CHROMIUM.window(Look.LIGHT);
    int status =
        page.request()
            .post(
                SERVER.url() + "api/v1/users",
                RequestOptions.create()
                    .setHeader("Authorization", "Bearer " + TOKEN)
                    .setData(Map.of("name", name, "role", role, "password", PASSWORD)))
            .status();
    assertThat(status).isEqualTo(201);
    page.navigate(SERVER.url());
    page.locator("dialog input[name=name]").fill(name);
    page.locator("dialog input[name=password]").fill(PASSWORD);
    page.locator("dialog input[name=password]").press("Enter");
    page.waitForSelector("body[data-connection=live]");
    CHROMIUM.expectFailedRequests();
    return page;
  }

  /** Pain 21: rights all or nothing. */
  @Test
  void aViewerSeesEverythingAndIsToldWhatAnOperatorMayDo() {
    Session session = SERVER.external("Bridge");
    SERVER.stop();
    SERVER.start(TOKEN);
    Page viewer = logIn("vera", "viewer");
    Page operator = logIn("ana", "operator");
    assertThat(viewer.locator("[data-who]")).hasText("vera · viewer");
    Locator stop = Hooks.row(viewer, session).locator("[data-action=stop]");
    assertThat(stop).isDisabled();
    assertThat(stop).hasAttribute("title", "This needs the role operator; yours is viewer.");
    assertThat(Hooks.row(viewer, session).locator("[data-action=select]")).isDisabled();
    assertThat(Hooks.action(viewer, "new")).isDisabled();
    viewer.keyboard().press("j");
    viewer.keyboard().press("s");
    viewer.keyboard().press("x");
    assertThat(viewer.locator("dialog[open]")).hasCount(0);
    assertThat(viewer.locator(".bulk")).isHidden();

    assertThat(operator.locator("[data-who]")).hasText("ana · operator");
    Hooks.row(operator, session).locator("[data-action=stop]").click();
    Hooks.action(operator, "confirm-stop").click();
    assertThat(Hooks.row(viewer, session, "partial")).hasCount(1);
    Hooks.action(operator, "logout").click();
    assertThat(operator.locator("dialog input[name=password]")).isVisible();
    assertThat(Hooks.rows(operator)).hasCount(0);
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void theBarSaysWhichServerItIs() {
    Page page = CHROMIUM.open(SERVER.url());
    assertThat(page.locator("[data-place]")).hasText(SERVER.url().split("/")[2]);
    assertThat(page.locator("[data-who]")).hasText("local · admin");
  }

  /** Where the browser has no locks, every tab has a stream of its own. */
  @Test
  void tabsWithoutLocksStayCurrentEachByItself() {
    Session session = SERVER.external("Bridge");
    Page first = CHROMIUM.window(Look.LIGHT);
    first
        .context()
        .addInitScript("Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })");
    Page second = CHROMIUM.tab(first.context());
    for (Page page : List.of(first, second)) {
      page.navigate(SERVER.url());
      page.waitForSelector("body[data-connection=live]");
    }
    SERVER.complete(session);
    assertThat(Hooks.row(first, session, "completed")).hasCount(1);
    assertThat(Hooks.row(second, session, "completed")).hasCount(1);
  }
}
