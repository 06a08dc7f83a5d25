package dev.holdfast.bench;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Chromium without a window; each page has an empty cache. */
final class PageBrowser implements AutoCloseable {
  private static final List<String> PATHS = List.of("/usr/bin/chromium", "/usr/bin/google-chrome");
  private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu");
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int QUIET_MILLIS = 1_000;

  /** Bytes of files on the wire; data and PDF.js are none. */
  static final class Weight {
    private final Map<String, Double> headsOfFiles = new HashMap<>();
    private double bytes;
    private double heads;
    private int count;

    private void received(JsonObject event) {
      String url = event.getAsJsonObject("response").get("url").getAsString();
      if (!url.matches(".*/(api|health|pdfjs)/.*")) {
        double head = event.getAsJsonObject("response").get("encodedDataLength").getAsDouble();
        headsOfFiles.put(event.get("requestId").getAsString(), head);
      }
    }

    private void finished(JsonObject event) {
      Double head = headsOfFiles.get(event.get("requestId").getAsString());
      if (head != null) {
        bytes += event.get("encodedDataLength").getAsDouble() - head;
        heads += head;
        count++;
      }
    }

    /** Waits until nothing has come for a while: what comes after the first rows counts, too. */
    void settle(Page page) {
      int before;
      do {
        before = count;
        page.waitForTimeout(QUIET_MILLIS);
      } while (count > before);
    }

    /** Of the files, compressed. */
    double kilobytes() {
      return bytes / 1_000;
    }

    /** Of the heads of their replies. */
    double headKilobytes() {
      return heads / 1_000;
    }

    int count() {
      return count;
    }
  }

  private final Playwright playwright;
  private final Browser browser;

  private PageBrowser(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static PageBrowser start() {
    Path executable =
        Stream.concat(Stream.of(System.getenv("CHROMIUM")), PATHS.stream())
            .filter(Objects::nonNull)
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("Install Chromium, or name one in CHROMIUM."));
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    BrowserType.LaunchOptions options =
        new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(ARGUMENTS);
    return new PageBrowser(playwright, playwright.chromium().launch(options));
  }

  /** A page of a browser that was never here; close its context when done. */
  Page open() {
    BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    return context.newPage();
  }

  /** Counts from now on. */
  static Weight weigh(Page page) {
    Weight weight = new Weight();
    CDPSession control = page.context().newCDPSession(page);
    control.on("Network.responseReceived", weight::received);
    control.on("Network.loadingFinished", weight::finished);
    control.send("Network.enable");
    return weight;
  }

  /** Bytes of all objects that a collection leaves in the page. */
  static double heapBytes(Page page) {
    CDPSession control = page.context().newCDPSession(page);
    control.send("HeapProfiler.enable");
    control.send("HeapProfiler.collectGarbage");
    double bytes = control.send("Runtime.getHeapUsage").get("usedSize").getAsDouble();
    control.detach();
    return bytes;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
