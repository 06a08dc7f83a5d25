package dev.holdfast.bench;

import dev.holdfast.Holdfast;
import dev.holdfast.bench.Servers.Server;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.cli.Settings;
import dev.holdfast.session.ReportRows;
import dev.holdfast.store.JdbcStore;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** Acknowledged reports. */
@picocli.CommandLine.Command(
    name = "reports",
    description =
        "Acknowledged reports of one row with 64 in flight and with one, over HTTP and over"
            + " SessionClient, on both stores, against bare inserts of the same batches.")
final class ReportsBench implements Callable<Integer> {
  private static final List<Integer> IN_FLIGHT = List.of(64, 1);
  /** The compiler of a server on two busy cores takes that long. */
  private static final int WARM_SECONDS = 20;
  private static final String SET = "hundred";

  @Option(names = "--rounds", description = "Rounds of each (default ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(names = "--seconds", description = "Seconds a round (default ${DEFAULT-VALUE}).")
  private int seconds = 3;

  @Option(names = "--store", description = "Measures that one alone.")
  private String only;

  private final Report report = new Report("reports: acknowledged rows/s");

  @Override
  public Integer call() throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    try {
      for (String store : Database.kinds(only)) {
        measure(vertx, store);
      }
      report.note("One row a report, from as many workers as are in flight, each with its session.");
      report.note(
          "Floor: transactions of as many reports as the server's had in the same round, each its"
              + " event and its row, by prepared statements into the same tables; as durable, the"
              + " same disk, nothing else.");
      report.note(
          "Alone: no bus, no HTTP; two commits for every 64 rows, of one row and of the rest.");
      report.note("Load: " + (Load.hasWrk() ? "wrk, one thread" : "a Vert.x client") + ".");
    } finally {
      Api.await(vertx.close());
    }
    return report.print(System.out);
  }

  private void measure(Vertx vertx, String store) throws Exception {
    try (Workspace workspace = Workspace.create();
        JournalFloor floor = new JournalFloor(vertx, Database.of(store, workspace, "floor"))) {
      for (int inFlight : IN_FLIGHT) {
        Case one = new Case(vertx, workspace, floor, store, inFlight);
        overHttp(one);
        overClient(one);
      }
      alone(vertx, workspace, floor, store);
      report.note(
          String.format("A commit of the floor on %s: %.1f ms.", store, floor.commitMillis()));
    }
  }

  /** A store, and how many reports are in flight. */
  private record Case(
      Vertx vertx, Workspace workspace, JournalFloor floor, String store, int inFlight) {
    Database database(String name) {
      return Database.of(store, workspace, name + "-" + inFlight);
    }

    /** Ids of new sessions, one for each report in flight. */
    List<String> sessions(Api api) throws Exception {
      api.storeQuestions(SET, Api.ROWS);
      return api.createAll(SET, inFlight);
    }
  }

  private void overHttp(Case one) throws Exception {
    try (Server server = Servers.holdfast(one.workspace(), one.database("http"))) {
      Api api = new Api(one.vertx(), server.port());
      List<String> paths =
          one.sessions(api).stream()
              .map(id -> "/api/v1/sessions/" + id + "/rows")
              .toList();
      List<String> bodies =
          IntStream.rangeClosed(1, Api.ROWS).mapToObj(i -> Api.report("Q" + i)).toList();
      Load load = new Load(server.port(), one.inFlight(), paths, bodies);
      load.run(one.workspace(), WARM_SECONDS);
      add(one, "over HTTP", new BatchMeter(api), () -> load.run(one.workspace(), seconds));
    }
  }

  private void overClient(Case one) throws Exception {
    Database database = one.database("client");
    Settings settings =
        Settings.DEFAULT
            .withPort(Starts.freePort())
            .withData(database.directory())
            .with("store.url", database.url());
    Holdfast holdfast = Api.await(Holdfast.deploy(one.vertx(), settings, reason -> {}));
    try {
      Api api = new Api(one.vertx(), holdfast.port());
      List<String> ids = one.sessions(api);
      report(one.vertx(), holdfast.client(), ids, WARM_SECONDS);
      add(
          one,
          "over SessionClient",
          new BatchMeter(api),
          () -> report(one.vertx(), holdfast.client(), ids, seconds));
    } finally {
      Api.await(holdfast.close());
    }
  }

  private void alone(Vertx vertx, Workspace workspace, JournalFloor floor, String store)
      throws Exception {
    int most = IN_FLIGHT.get(0);
    int batches = 2;
    JdbcStore journal = Database.of(store, workspace, "alone").open(vertx);
    try {
      RunningSessions running = new RunningSessions(new BareOwner(journal, Instant.now(), 1), most);
      report(running, most, WARM_SECONDS);
      report.add(
          Rounds.alternate(
              store + ", owner and journal alone",
              "rows/s",
              Target.NONE,
              rounds,
              () -> report(running, most, seconds),
              () -> floor.rowsPerSecond(most / batches, seconds)));
    } finally {
      Api.await(journal.close());
    }
  }

  /** Against a floor that commits as many events at once as the server did in the same round. */
  private void add(Case one, String way, BatchMeter meter, Rounds.Measure ours) throws Exception {
    meter.mean();
    List<String> batches = new ArrayList<>();
    String what = String.format("%s, %d in flight, %s", one.store(), one.inFlight(), way);
    report.add(
        Rounds.alternate(
            what,
            "rows/s",
            Target.atLeast(0.5),
            rounds,
            ours,
            () -> {
              int batch = meter.mean();
              batches.add(Integer.toString(batch));
              return one.floor().rowsPerSecond(batch, seconds);
            }));
    report.note(what + ": events a batch " + String.join(", ", batches) + ".");
  }

  /** Durable rows a second over that time. */
  private static double report(RunningSessions running, int rowsEach, int seconds)
      throws Exception {
    long start = System.nanoTime();
    long rows = 0;
    for (int i = 0; System.nanoTime() - start < seconds * 1_000_000_000L; i++) {
      running.report(1 + i % Api.ROWS);
      rows += rowsEach;
    }
    return rows / ((System.nanoTime() - start) / 1e9);
  }

  private static double report(Vertx vertx, SessionClient client, List<String> ids, int seconds)
      throws InterruptedException {
    AtomicLong acknowledged = new AtomicLong();
    CountDownLatch over = new CountDownLatch(ids.size());
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    vertx.runOnContext(
        now -> ids.forEach(id -> new Worker(client, id, end, acknowledged, over).next(1)));
    over.await();
    return acknowledged.get() / (double) seconds;
  }

  /** Reports one row after the other, each when the one before is acknowledged. */
  private record Worker(
      SessionClient client, String id, long end, AtomicLong acknowledged, CountDownLatch over) {
    void next(int question) {
      if (System.nanoTime() >= end) {
        over.countDown();
        return;
      }
      client
          .send(new ReportRows(id, 1, List.of(RunningSessions.row("Q" + question))))
          .onSuccess(
              done -> {
                acknowledged.incrementAndGet();
                next(question % Api.ROWS + 1);
              })
          .onFailure(
              failure -> {
                System.err.println("a report was refused: " + failure.getMessage());
                over.countDown();
              });
    }
  }
}
