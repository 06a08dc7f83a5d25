package dev.holdfast.bench;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.holdfast.bench.PageBrowser.Weight;
import dev.holdfast.bench.Servers.Server;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The page in a browser. */
@Command(
    name = "page",
    description =
        "What the page weighs, how soon the list is there, how long scrolling and an hour of"
            + " changes hold it up, in Chromium.")
final class PageBench implements Callable<Integer> {
  private static final int SESSIONS = 1_000;
  private static final int HOUR_OF_FRAMES = 36_000;
  private static final Path SAMPLE = Path.of("webroot/sample/pump-station-specification.pdf");

  /** The least that shows the sessions: one script, one request, its text in the document. */
  private static final String FLOOR =
      """
      <!doctype html><pre></pre><script type="module">
      const reply = await fetch('api/v1/sessions?limit=500');
      document.querySelector('pre').textContent = await reply.text();
      document.querySelector('pre').dataset.session = 'all';
      </script>
      """;

  /** Notes when the first row was there and painted, and every task of 50 ms or more. */
  private static final String NOTES =
      """
      window.tasks = [];
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration)))
        .observe({ type: 'longtask' });
      window.firstListAt = new Promise((done) => {
        const look = () => {
          if (!document.querySelector('[data-session]')) return requestAnimationFrame(look);
          requestAnimationFrame(() => done(performance.now()));
        };
        look();
      });
      """;

  private static final String SCROLL =
      """
      async () => {
        const painted = () => new Promise(requestAnimationFrame);
        tasks.length = 0;
        while (scrollY + innerHeight < document.documentElement.scrollHeight - 2) {
          scrollBy(0, 400);
          await painted();
        }
        // A task is reported some time after its end.
        await new Promise((done) => setTimeout(done, 500));
        return Math.max(0, ...tasks);
      }
      """;

  @Option(names = "--rounds", description = "Rounds of each (default ${DEFAULT-VALUE}).")
  private int rounds = 7;

  @Option(
      names = "--rows",
      description = "Rows of the table that is scrolled (default ${DEFAULT-VALUE}).")
  private int rows = 1_000;

  @Option(names = "--frames", description = "Frames of an hour (default ${DEFAULT-VALUE}).")
  private int frames = HOUR_OF_FRAMES;

  @Override
  public Integer call() throws Exception {
    Report report = new Report("page: in Chromium, " + SESSIONS + " sessions in the list");
    Vertx vertx = Vertx.vertx();
    try (Workspace workspace = Workspace.create();
        Server ours = Servers.holdfast(workspace);
        PageBrowser browser = PageBrowser.start()) {
      Api api = new Api(vertx, ours.port());
      String home = "http://127.0.0.1:" + ours.port() + "/";
      api.storeQuestions("one", 1);
      api.storeQuestions("many", rows);
      api.createAll("one", SESSIONS - 2);
      byte[] pdf = Files.readAllBytes(SAMPLE);
      String read = home + "#/sessions/" + api.createOn(pdf, "many");
      String session = home + "#/sessions/" + api.createAll("many", 1).get(0);
      report.add(weight(browser, report, "list", home, "[data-session]"));
      report.add(weight(browser, report, "session", session, "[data-question]"));
      report.add(weight(browser, report, "session with document", read, ".pdf-page canvas"));
      report.add(
          Rounds.alternate(
              "first rows of the list",
              "ms",
              Target.NONE,
              rounds,
              () -> millisToList(browser, home),
              () -> millisToList(browser, home + "floor")));
      report.add(longestTask(browser, "scrolling the list", home, "[data-session]"));
      report.add(longestTask(browser, "scrolling " + rows + " rows", session, "[data-question]"));
      report.add(growth(browser, home));
    } finally {
      vertx.close();
    }
    report.note("Weight: compressed files without PDF.js; nothing cached.");
    report.note("Floor: a document with one script that shows the reply of the API as text.");
    report.note("Tasks shorter than 50 ms count as 0, as browsers do not report them.");
    report.note("Heap: after " + frames + " frames against after a tenth of them.");
    return report.print(System.out);
  }

  private static Figure weight(
      PageBrowser browser, Report report, String what, String url, String shown) {
    Page page = browser.open();
    Weight weight = PageBrowser.weigh(page);
    page.navigate(url);
    page.waitForSelector(shown);
    weight.settle(page);
    page.context().close();
    report.note(
        String.format(
            "The %s page is %d files; the heads of their replies are %.1f kB.",
            what, weight.count(), weight.headKilobytes()));
    return Figure.alone("weight of the " + what, "kB", Target.atMost(100), weight.kilobytes());
  }

  private static double millisToList(PageBrowser browser, String url) {
    Page page = browser.open();
    page.addInitScript(NOTES);
    page.route("**/floor", PageBench::floor);
    page.navigate(url);
    Object at = page.evaluate("firstListAt");
    page.context().close();
    return ((Number) at).doubleValue();
  }

  private static void floor(Route route) {
    route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(FLOOR));
  }

  private Figure longestTask(PageBrowser browser, String what, String url, String shown) {
    double[] longest = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      Page page = browser.open();
      page.addInitScript(NOTES);
      page.navigate(url);
      page.waitForSelector(shown);
      page.waitForSelector("body[data-connection=live]");
      longest[i] = ((Number) page.evaluate(SCROLL)).doubleValue();
      page.context().close();
    }
    return Figure.alone("longest task, " + what, "ms", Target.atMost(100), longest);
  }

  private Figure growth(PageBrowser browser, String home) {
    Page page = browser.open();
    PageFrames hour = new PageFrames(page, home);
    hour.send(frames / 10);
    double early = PageBrowser.heapBytes(page);
    hour.send(frames - frames / 10);
    double late = PageBrowser.heapBytes(page);
    page.context().close();
    return new Figure(
        "heap after an hour of frames",
        "MB",
        new double[] {late / 1e6},
        new double[] {early / 1e6},
        Target.atMost(1.05));
  }
}
