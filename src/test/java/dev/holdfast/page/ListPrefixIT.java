package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import dev.holdfast.page.Chromium.Look;
import dev.holdfast.session.Session;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The page below a path, behind nginx. Shows the absence of the pains 12 (a proxy buffers the
 * stream) and 23 (the base path breaks the page).
 */
class ListPrefixIT {
  private static final String AS_INSTALLED = "";
  private static final String BUFFERING =
      "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering; gzip on; gzip_types *;";

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  /** Pain 23. */
  @Test
  void everythingWorksBelowAPath() throws Exception {
    try (Nginx nginx = new Nginx(SERVER.url(), AS_INSTALLED)) {
      List<String> outside = new ArrayList<>();
      Page page = CHROMIUM.window(Look.LIGHT);
      page.onRequest(request -> note(request, nginx, outside));
      page.navigate(nginx.url() + "admin/sessions");
      page.waitForSelector("body[data-connection=live]");
      assertThat(page.url()).startsWith(nginx.url());

      Hooks.action(page, "sample").click();
      page.waitForSelector("[data-session-state=completed]");
      Hooks.action(page, "back").click();
      assertThat(Hooks.count(page, "completed")).hasText("1");
      APIResponse list = page.request().get(address(page, "export-csv"));
      assertThat(list.text()).contains("Pump station specification");
      Session session = SERVER.external("Bridge");
      assertThat(Hooks.row(page, session, "running")).hasCount(1);
      assertThat(outside).isEmpty();
      page.close();
    }
  }

  private static void note(Request request, Nginx nginx, List<String> outside) {
    if (!request.url().startsWith(nginx.url()) && request.url().startsWith("http")) {
      outside.add(request.url());
    }
  }

  private static String address(Page page, String action) {
    Object href = page.locator("[data-action=" + action + "]").evaluate("link => link.href");
    return href.toString();
  }

  /** Pain 12. */
  @Test
  void aProxyThatHoldsTheStreamBackMakesThePagePoll() throws Exception {
    try (Nginx nginx = new Nginx(SERVER.url(), BUFFERING)) {
      Page page = CHROMIUM.window(Look.LIGHT);
      page.navigate(nginx.url());
      page.waitForSelector("body[data-connection=live]");
      Session first = SERVER.external("Bridge");
      page.waitForSelector(PageIT.row(first, "running"));
      for (Session session : SERVER.externals("Tunnel", 3)) {
        assertThat(Hooks.row(page, session, "running")).hasCount(1);
        SERVER.complete(session);
        assertThat(Hooks.row(page, session, "completed")).hasCount(1);
      }
      assertThat(Hooks.count(page, "completed")).hasText("3");
      page.close();
    }
  }
}
