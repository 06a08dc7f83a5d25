package dev.holdfast.bench;

import dev.holdfast.bench.Servers.Server;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Streams. */
@Command(
    name = "streams",
    description =
        "Thousands of streams at ten frames a second: delivered share, delay, processor and memory,"
            + " against a bare fan-out of one shared buffer of the same size.")
final class StreamsBench implements Callable<Integer> {
  private static final int CREATIONS = 10;
  private static final String SET = "one";

  @Option(
      names = "--streams",
      split = ",",
      description = "How many streams (default ${DEFAULT-VALUE}).")
  private List<Integer> counts = List.of(1_000, 5_000);

  @Option(names = "--rounds", description = "Rounds of each (default ${DEFAULT-VALUE}).")
  private int rounds = 2;

  @Option(names = "--seconds", description = "Seconds a round (default ${DEFAULT-VALUE}).")
  private int seconds = 4;

  /**
   * What one round came to.
   *
   * @param share of the events that should have arrived
   * @param frameBytes received, for each event and stream
   * @param cpu seconds of the server for each second
   * @param heapBytes of the server, live, for each open stream
   */
  private record Round(
      double share, double p50, double p99, double frameBytes, double cpu, double heapBytes) {}

  @Override
  public Integer call() throws Exception {
    Report report = new Report("streams: ten frames a second to each");
    Vertx vertx = Vertx.vertx();
    try (Workspace workspace = Workspace.create();
        Server ours = Servers.holdfast(workspace);
        Server floor = Servers.floor(workspace)) {
      Api api = new Api(vertx, ours.port());
      api.storeQuestions(SET, 1);
      api.createAll(SET, 200);
      long timer =
          vertx.setPeriodic(1_000 / CREATIONS, tick -> api.create(SET, "Addendum to the bid.pdf"));
      for (int count : counts) {
        measure(report, workspace, ours, floor, count);
      }
      vertx.cancelTimer(timer);
      report.note(
          "Delay of ours: from the owner's decision, so with the commit to disk and the pacing of"
              + " frames (at most 100 ms); of the floor: from the first write.");
      report.note("Heap: live bytes after a full collection, less those before any stream.");
    } finally {
      vertx.close();
    }
    return report.print(System.out);
  }

  private void measure(Report report, Workspace workspace, Server ours, Server floor, int count)
      throws Exception {
    List<Round> left = new ArrayList<>();
    List<Round> right = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      Round first = round(workspace, ours, count, "/api/v1/stream");
      left.add(first);
      right.add(round(workspace, floor, count, "/stream/" + Math.round(first.frameBytes())));
    }
    String who = String.format("%,d streams: ", count);
    report.add(figure(who + "delivered", "share", Target.NONE, left, right, Round::share));
    report.add(figure(who + "delay p50", "ms", Target.NONE, left, right, Round::p50));
    report.add(figure(who + "delay p99", "ms", Target.NONE, left, right, Round::p99));
    report.add(figure(who + "processor", "CPU s/s", Target.NONE, left, right, Round::cpu));
    report.add(figure(who + "heap", "bytes/stream", Target.NONE, left, right, Round::heapBytes));
    report.add(figure(who + "network", "bytes/frame", Target.NONE, left, right, Round::frameBytes));
  }

  private static Figure figure(
      String what,
      String unit,
      Target target,
      List<Round> ours,
      List<Round> floor,
      ToDoubleFunction<Round> part) {
    double[] left = ours.stream().mapToDouble(part).toArray();
    double[] right = floor.stream().mapToDouble(part).toArray();
    return new Figure(what, unit, left, right, target);
  }

  private Round round(Workspace workspace, Server server, int count, String path)
      throws IOException {
    long idle = liveBytes(server);
    try (Child clients =
        Child.java(
            workspace.log(),
            List.of("-Xmx512m"),
            StreamClients.class,
            Integer.toString(server.port()),
            path,
            Integer.toString(count),
            Integer.toString(seconds))) {
      clients.awaitLine("open");
      double heap = (double) (liveBytes(server) - idle) / count;
      long start = System.nanoTime();
      double before = server.process().cpu().toNanos();
      clients.say("go");
      clients.awaitLine("over");
      double cpu = (server.process().cpu().toNanos() - before) / (System.nanoTime() - start);
      String[] said = clients.awaitLine("received ").split(" ");
      return new Round(
          Double.parseDouble(said[0]),
          Double.parseDouble(said[1]),
          Double.parseDouble(said[2]),
          Double.parseDouble(said[3]),
          cpu,
          heap);
    }
  }

  /** Bytes of all objects that a full collection leaves. */
  private static long liveBytes(Server server) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/jcmd",
                Long.toString(server.process().pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String total = said.substring(said.lastIndexOf("Total")).trim();
    return Long.parseLong(total.split("\\s+")[2]);
  }
}
