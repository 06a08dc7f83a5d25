package dev.holdfast.bench;

import dev.holdfast.session.ReportRows;
import dev.holdfast.Holdfast;
import dev.holdfast.bench.Servers.Server;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.cli.Settings;
import dev.holdfast.session.Command;
import dev.holdfast.session.Quote;
import dev.holdfast.session.Row;
import dev.holdfast.session.RowStatus;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Option;

/** Acknowledged reports. */
@picocli.CommandLine.Command(
    name = "reports",
    description =
        "Acknowledged reports of one row with 64 in flight, over HTTP and over SessionClient,"
            + " against bare SQLite commits of 64 rows.")
final class ReportsBench implements Callable<Integer> {
  private static final int IN_FLIGHT = 64;
  private static final int WARM_SECONDS = 6;
  private static final String SET = "hundred";

  @Option(names = "--rounds", description = "Rounds of each (default ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(names = "--seconds", description = "Seconds a round (default ${DEFAULT-VALUE}).")
  private int seconds = 3;

  @Override
  public Integer call() throws Exception {
    Report report = new Report("reports: acknowledged rows/s, " + IN_FLIGHT + " in flight");
    try (Workspace workspace = Workspace.create();
        SqliteFloor floor = new SqliteFloor(workspace.file("floor.db"), body())) {
      report.add(overHttp(workspace, floor));
      report.add(overClient(workspace, floor));
      report.add(alone(workspace, floor));
      report.note("One row a report, from 64 workers, each with a session of its own.");
      report.note(
          "Floor: transactions of 64 such rows by one prepared statement; WAL, synchronous FULL,"
              + " the same disk, nothing else.");
      report.note(
          "Alone: no bus, no HTTP; two commits for every 64 rows, of one row and of the rest.");
      report.note(String.format("A commit of the floor takes %.1f ms.", floor.commitMillis()));
    }
    return report.print(System.out);
  }

  private static String body() {
    return Api.row("Q1").encode();
  }

  private Figure overHttp(Workspace workspace, SqliteFloor floor) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (Server server = Servers.holdfast(workspace)) {
      Api api = new Api(vertx, server.port());
      api.storeQuestions(SET, Api.ROWS);
      List<String> paths =
          api.createAll(SET, IN_FLIGHT).stream()
              .map(id -> "/api/v1/sessions/" + id + "/rows")
              .toList();
      List<String> bodies = new ArrayList<>();
      for (int i = 1; i <= Api.ROWS; i++) {
        bodies.add("{\"attempt\":1,\"rows\":[" + Api.row("Q" + i).encode() + "]}");
      }
      Load load = new Load(server.port(), paths, bodies);
      load.run(workspace, WARM_SECONDS);
      return Rounds.alternate(
          "over HTTP",
          "rows/s",
          Target.atLeast(0.5),
          rounds,
          () -> load.run(workspace, seconds),
          () -> floor.rowsPerSecond(seconds));
    } finally {
      vertx.close();
    }
  }

  private Figure overClient(Workspace workspace, SqliteFloor floor) throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    Holdfast holdfast = Api.await(Holdfast.deploy(vertx, settings(workspace), reason -> {}));
    try {
      Api api = new Api(vertx, holdfast.port());
      api.storeQuestions(SET, Api.ROWS);
      List<String> ids = api.createAll(SET, IN_FLIGHT);
      report(vertx, holdfast.client(), ids, WARM_SECONDS);
      return Rounds.alternate(
          "over SessionClient",
          "rows/s",
          Target.atLeast(0.5),
          rounds,
          () -> report(vertx, holdfast.client(), ids, seconds),
          () -> floor.rowsPerSecond(seconds));
    } finally {
      Api.await(holdfast.close());
      Api.await(vertx.close());
    }
  }

  private Figure alone(Workspace workspace, SqliteFloor floor) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (JournalAlone journal = new JournalAlone(vertx, workspace.file("alone"))) {
      journal.rowsPerSecond(WARM_SECONDS);
      return Rounds.alternate(
          "owner and journal alone",
          "rows/s",
          Target.NONE,
          rounds,
          () -> journal.rowsPerSecond(seconds),
          () -> floor.rowsPerSecond(seconds));
    } finally {
      vertx.close();
    }
  }

  private static Settings settings(Workspace workspace) throws IOException {
    return Settings.DEFAULT.withPort(Starts.freePort()).withData(workspace.file("embedded"));
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
          .send(new ReportRows(id, 1, List.of(row("Q" + question))))
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

  static Row row(String questionId) {
    String answer = Api.row(questionId).getString("answer");
    return new Row(
        questionId,
        RowStatus.ANSWERED,
        answer,
        List.of(3, 17),
        0.83,
        List.of(new Quote(3, answer)),
        null,
        0);
  }
}
