package dev.holdfast.bench;

import static dev.holdfast.bench.Api.await;

import dev.holdfast.bench.Servers.Server;
import dev.holdfast.session.Policy;
import dev.holdfast.session.SessionState;
import dev.holdfast.store.JdbcStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands while many sessions expire. */
@Command(
    name = "sweep",
    description =
        "Delay of commands while 100,000 sessions expire, on both stores, against the same commands"
            + " on an idle server.")
final class SweepBench implements Callable<Integer> {
  private static final String SET = "one";
  private static final int WARM_SECONDS = 10;
  private static final int IDLE_SECONDS = 15;

  @Option(names = "--sessions", description = "How many (default ${DEFAULT-VALUE}).")
  private int sessions = 100_000;

  @Override
  public Integer call() throws Exception {
    Report report = new Report(String.format("sweep: %,d sessions expire", sessions));
    Vertx vertx = Vertx.vertx();
    try (Workspace workspace = Workspace.create()) {
      for (Database database : Database.each(workspace)) {
        Instant due = fill(vertx, database);
        measure(vertx, workspace, database, due, report);
      }
      report.note(
          "p99 of " + PacedCommands.PER_SECOND + " commands a second, from when each was due to its"
              + " answer: sessions are created and get a row. Floor: the same before the sweep.");
    } finally {
      await(vertx.close());
    }
    return report.print(System.out);
  }

  /** All expire at one moment, which it gives: not before the store is filled and served. */
  private Instant fill(Vertx vertx, Database database) throws Exception {
    long fillingMillis = 20_000 + sessions;
    Instant due = Instant.now().plusMillis(fillingMillis);
    Duration kept = Policy.DEFAULT.retention().of(SessionState.COMPLETED);
    JdbcStore store = database.open(vertx);
    new EndedSessions(new BareOwner(store, due.minus(kept), 0)).add(sessions);
    await(store.close());
    return due;
  }

  private void measure(
      Vertx vertx, Workspace workspace, Database database, Instant due, Report report)
      throws Exception {
    try (Server server = Servers.holdfast(workspace, database)) {
      Api api = new Api(vertx, server.port());
      api.storeQuestions(SET, 1);
      PacedCommands.run(vertx, api, SET, vertx.timer(WARM_SECONDS, TimeUnit.SECONDS));
      double idle = PacedCommands.run(vertx, api, SET, vertx.timer(IDLE_SECONDS, TimeUnit.SECONDS));
      TimeUnit.MILLISECONDS.sleep(Math.max(0, Duration.between(Instant.now(), due).toMillis()));
      long start = System.nanoTime();
      Future<JsonObject> sweep = api.post("/api/v1/cleanup", new JsonObject());
      double during = PacedCommands.run(vertx, api, SET, sweep);
      double took = (System.nanoTime() - start) / 1e9;
      report.add(
          new Figure(
              database.name() + ": command during the sweep, p99",
              "ms",
              new double[] {during},
              new double[] {idle},
              Target.atMost(2)));
      report.add(Figure.alone(database.name() + ": the sweep", "s", Target.NONE, took));
      report.note(database.name() + " said: " + sweep.result().encode());
    }
  }
}
