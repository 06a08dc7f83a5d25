package dev.holdfast.bench;

import dev.holdfast.verify.Outcome;
import dev.holdfast.verify.Plan;
import dev.holdfast.verify.Report;
import dev.holdfast.verify.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One server in three lives: a short one that is killed under load, a long one in which growth is
 * looked for, and a short one after an orderly stop in which verify looks whether it is still right.
 */
@Command(
    name = "soak",
    description = "Runs a server under load for long and fails when it grows.",
    mixinStandardHelpOptions = true)
public final class Soak implements Callable<Integer> {
  private static final double GROWTH_MAX = 1.05;
  private static final double P99_SLACK_MILLIS = 1;
  private static final int WINDOWS = 7;
  private static final int STOP_SECONDS = 20;
  private static final int UNJUDGED = 3;

  /** The server keeps so many changes for streams; until then its heap has to grow. */
  private static final int CHANGES_KEPT = 50_000;

  @Option(names = "--minutes", defaultValue = "60", description = "Default ${DEFAULT-VALUE}.")
  private int minutes;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the table there, too.")
  private Path report;

  private final StringBuilder table = new StringBuilder();
  private boolean grown;
  private boolean filled;

  /** What is compared: a footprint, and how it stood with the work then. */
  private record Sample(Footprint footprint, double p99Millis, long revision) {}

  @Override
  public Integer call() throws Exception {
    if (minutes < 1) {
      System.err.println("--minutes must be at least 1");
      return 2;
    }
    Duration whole = Duration.ofMinutes(minutes);
    boolean right;
    try (Workspace workspace = Workspace.create()) {
      right = lives(workspace, whole.dividedBy(10), whole.multipliedBy(8).dividedBy(10));
    }
    System.out.print(table);
    if (report != null) {
      Files.writeString(report, table);
    }
    if (grown || !right) {
      return 1;
    }
    return filled ? 0 : UNJUDGED;
  }

  private boolean lives(Workspace workspace, Duration brief, Duration middle) throws Exception {
    Servers.Server first = Servers.holdfast(workspace);
    try (SoakLoad load = new SoakLoad(first.port(), "general");
        HostileClients hostile = new HostileClients(first.port())) {
      work(load, hostile, brief);
      load.restarting();
      first.close();
      Servers.Server second = Servers.holdfast(workspace);
      resume(load, hostile, second);
      compareLife(workspace, second, load, hostile, middle);
      load.restarting();
      second.process().terminate(STOP_SECONDS);
      try (Servers.Server third = Servers.holdfast(workspace)) {
        resume(load, hostile, third);
        work(load, hostile, brief);
        boolean right = verify(third);
        load.off();
        hostile.off();
        appendEnd(load, hostile, right);
        return right && load.failed() == 0;
      }
    }
  }

  private static void work(SoakLoad load, HostileClients hostile, Duration time)
      throws InterruptedException {
    load.on();
    hostile.on();
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }

  private static void resume(SoakLoad load, HostileClients hostile, Servers.Server server) {
    load.restarted(server.port());
    hostile.restarted(server.port());
  }

  /** From a fifth of its life on, when its windows and memories are filled, to its end. */
  private void compareLife(
      Workspace workspace,
      Servers.Server server,
      SoakLoad load,
      HostileClients hostile,
      Duration life)
      throws Exception {
    Duration window = life.dividedBy(5L * WINDOWS);
    long born = revision(server);
    work(load, hostile, life.dividedBy(5));
    Sample start = sample(workspace, server, load, hostile, window);
    work(load, hostile, life.dividedBy(5).multipliedBy(2));
    Sample end = sample(workspace, server, load, hostile, window);
    filled = start.revision() - born >= CHANGES_KEPT;
    append(start, end);
  }

  /** The p99 is the median of several windows; the footprint is that of a server left alone. */
  private static Sample sample(
      Workspace workspace,
      Servers.Server server,
      SoakLoad load,
      HostileClients hostile,
      Duration window)
      throws Exception {
    List<Double> p99 = new ArrayList<>();
    load.takeP99();
    for (int i = 0; i < WINDOWS; i++) {
      work(load, hostile, window);
      p99.add(load.takeP99());
      System.err.printf(
          Locale.ROOT,
          "%,d requests answered, %,d not, p99 of reads %.1f ms%n",
          load.answered(),
          load.failed(),
          p99.get(i));
    }
    Collections.sort(p99);
    load.off();
    hostile.off();
    Footprint footprint = Footprint.of(server.process().pid(), workspace.file("data"));
    return new Sample(footprint, p99.get(WINDOWS / 2), revision(server));
  }

  private static long revision(Servers.Server server) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/api/v1/sessions?limit=1");
    HttpResponse<String> list =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return list.headers()
        .firstValueAsLong("Holdfast-Revision")
        .orElseThrow(() -> new IOException("no revision: " + list + " " + list.body()));
  }

  private void append(Sample start, Sample end) {
    Footprint from = start.footprint();
    Footprint to = end.footprint();
    double unjudged = filled ? 0 : Double.MAX_VALUE;
    line("heap after a collection, MiB", from.heap() / 1048576.0, to.heap() / 1048576.0, unjudged);
    line("file descriptors", from.descriptors(), to.descriptors(), 0);
    line("threads", from.threads(), to.threads(), 0);
    line(
        "bytes on disk an event",
        (double) from.disk() / start.revision(),
        (double) to.disk() / end.revision(),
        0);
    line("p99 of reads, ms", start.p99Millis(), end.p99Millis(), P99_SLACK_MILLIS);
  }

  private void line(String what, double start, double end, double slack) {
    boolean tooMuch = end > start * GROWTH_MAX && end - start > slack;
    grown |= tooMuch;
    if (table.length() == 0) {
      table.append(String.format("%-30s %10s %10s%n", "what", "start", "end"));
    }
    table.append(
        String.format(
            Locale.ROOT, "%-30s %10.1f %10.1f%s%n", what, start, end, tooMuch ? "  GROWN" : ""));
  }

  private static boolean verify(Servers.Server server) {
    List<URI> urls = Plan.urls(List.of("http://127.0.0.1:" + server.port()));
    Plan plan = new Plan(urls, "holdfast", 50, 2, 2, 10, 1, false, false, Map.of());
    Outcome outcome =
        Verification.run(plan, (phase, seconds, operations, sessions, violations) -> {});
    if (outcome.violations() > 0) {
      System.err.print(Report.text(outcome));
    }
    return outcome.violations() == 0;
  }

  private void appendEnd(SoakLoad load, HostileClients hostile, boolean right) {
    if (!filled) {
      table.append(
          String.format(
              Locale.ROOT,
              "The heap is not judged: fewer than %,d changes were made before the start.%n",
              CHANGES_KEPT));
    }
    table.append(
        String.format(
            Locale.ROOT,
            "%,d requests answered, %,d not; %,d hostile connections; verify: %s%n",
            load.answered(),
            load.failed(),
            hostile.connections(),
            right ? "no violation" : "VIOLATIONS"));
  }

  /**
   * Exits with 0 when nothing grew by more than a twentieth, everything was answered and verify
   * found nothing; with 3 when the run was too short to say so of the heap; else with 1.
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Soak()).execute(args));
  }
}
