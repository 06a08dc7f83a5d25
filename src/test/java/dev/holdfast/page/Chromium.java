package dev.holdfast.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The browser of the tests of one class. Every window has cookies and a cache of its own, and a
 * test fails when its page logged an error.
 */
final class Chromium implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private static final List<String> PATHS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final String MISSING =
      "No browser is found. Install Chromium (Debian: apt-get install chromium), or name one in the"
          + " environment variable CHROMIUM.";
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final List<BrowserContext> windows = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private Playwright playwright;
  private Browser browser;

  /** How a window is seen. */
  record Look(int width, int height, ColorScheme colors) {
    static final Look LIGHT = new Look(1440, 900, ColorScheme.LIGHT);

    Look dark() {
      return new Look(width, height, ColorScheme.DARK);
    }

    Look narrow(int width) {
      return new Look(width, 800, colors);
    }

    @Override
    public String toString() {
      return (colors == ColorScheme.DARK ? "dark" : "light") + "-" + width;
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Path executable = executable();
    // As patient as for selectors: a busy machine is slow, not wrong.
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(ARGUMENTS));
  }

  private static Path executable() {
    return Stream.concat(Stream.of(System.getenv("CHROMIUM")), PATHS.stream())
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError(MISSING));
  }

  Page open(String url) {
    return open(url, Look.LIGHT);
  }

  /** Opens a window of its own and waits until the page is current. */
  Page open(String url, Look look) {
    Page page = window(look);
    page.navigate(url);
    page.waitForSelector("body[data-connection=live]");
    return page;
  }

  Page window(Look look) {
    BrowserContext window =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.colors())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB"));
    windows.add(window);
    return tab(window);
  }

  /** Another tab of the same browser, with the same cookies and storage. */
  Page tab(BrowserContext window) {
    Page page = window.newPage();
    page.setDefaultTimeout(20_000);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            errors.add(message.text());
          }
        });
    page.onPageError(errors::add);
    return page;
  }

  /** Takes note that the network was made to fail: Chromium itself reports that, not the page. */
  void expectFailedRequests() {
    errors.removeIf(error -> error.startsWith("Failed to load resource"));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    windows.forEach(BrowserContext::close);
    windows.clear();
    List<String> logged = List.copyOf(errors);
    errors.clear();
    Assertions.assertEquals(List.of(), logged, "what the page logged as errors or warnings");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (playwright != null) {
      playwright.close();
    }
  }
}
