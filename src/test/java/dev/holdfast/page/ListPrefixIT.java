package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.holdfast.page.Chromium.Look;
import dev.holdfast.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Shows the absence of the pain 23 (a base path breaks the page). */
class ListPrefixIT {
  private static final String PREFIX = "/tools/holdfast/";

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();
  @TempDir private Path directory;

  @Test
  void thePageWorksUnderAPathOfAProxy() throws Exception {
    Assumptions.assumeTrue(
        Nginx.isInstalled(), "nginx is not installed (Debian: apt-get install nginx-light)");
    Session session = SERVER.external("Bridge");
    try (Nginx nginx = Nginx.start(directory, PREFIX, SERVER.url())) {
      Page page = CHROMIUM.window(Look.LIGHT);
      List<String> strays = new ArrayList<>();
      page.onRequest(
          request -> {
            if (request.url().startsWith("http") && !request.url().contains(PREFIX)) {
              strays.add(request.url());
            }
          });
      page.navigate(nginx.url(PREFIX));
      page.waitForSelector("body[data-connection=live]");
      SERVER.report(session, PageServer.answer("Q1", "one"));
      assertThat(Hooks.row(page, session)).containsText("1/100");
      Hooks.row(page, session).locator("[data-action=view]").click();
      page.waitForSelector("[data-question=Q1][data-status=answered]");
      Hooks.action(page, "back").click();
      Hooks.row(page, session).locator("[data-action=stop]").click();
      Hooks.action(page, "confirm-stop").click();
      assertThat(Hooks.row(page, session, "partial")).hasCount(1);
      page.navigate(nginx.url(PREFIX) + "admin/sessions");
      assertThat(page).hasURL(java.util.regex.Pattern.compile(PREFIX + "#?/?$"));
      assertThat(Hooks.row(page, session, "partial")).hasCount(1);
      assertThat(strays).isEmpty();
      // The page goes before the proxy, or it would notice.
      page.context().close();
    }
  }
}
