package dev.holdfast.bench;

import static dev.holdfast.bench.Api.await;

import dev.holdfast.bench.Servers.Server;
import dev.holdfast.session.Policy;
import dev.holdfast.session.SessionState;
import dev.holdfast.store.JdbcStore;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands while very many sessions expire, and while what is left of them goes. */
@Command(
    name = "sweep",
    description =
        "Delay of reports while 30,000 sessions expire, and while their rows go, on both stores,"
            + " against the same reports on an idle server.")
final class SweepBench implements Callable<Integer> {
  private static final String SET = "hundred";
  private static final int PER_SECOND = 50;
  private static final int WARM_SECONDS = 10;

  /** A little more than the servers of the benchmarks keep what has expired. */
  private static final int GRACE_SECONDS = 65;

  @Option(names = "--sessions", description = "How many expire (default ${DEFAULT-VALUE}).")
  private int sessions = 30_000;

  @Option(names = "--store", description = "Measures that one alone.")
  private String only;

  @Option(names = "--seconds", description = "Of idleness (default ${DEFAULT-VALUE}).")
  private int seconds = 20;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public Integer call() throws Exception {
    Report report = new Report(String.format("sweep: %,d sessions expire", sessions));
    Vertx vertx = Vertx.vertx();
    try (Workspace workspace = Workspace.create()) {
      for (Database database : Database.each(workspace, only)) {
        Instant due = fill(vertx, database);
        try (Server server = Servers.holdfast(workspace, database)) {
          measure(vertx, server, database.name(), due, report);
        }
      }
      report.note(
          "p99 of "
              + PER_SECOND
              + " reports of one row a second on one connection, from when each was due.");
      report.note("Floor: the same before, while nothing else is asked.");
    } finally {
      await(vertx.close());
    }
    return report.print(System.out);
  }

  /**
   * All expire at one moment, which it gives: a server sweeps when it starts, so that they must not
   * be due before it is there.
   */
  private Instant fill(Vertx vertx, Database database) throws Exception {
    Instant due = Instant.now().plusMillis(30_000 + sessions);
    Duration kept = Policy.DEFAULT.retention().of(SessionState.COMPLETED);
    JdbcStore store = database.open(vertx);
    new EndedSessions(new BareOwner(store, due.minus(kept), 0)).add(sessions);
    await(store.close());
    if (Instant.now().isAfter(due)) {
      throw new IllegalStateException("the store was filled too slowly; take fewer --sessions");
    }
    return due;
  }

  private void measure(Vertx vertx, Server server, String name, Instant due, Report report)
      throws Exception {
    Api api = new Api(vertx, server.port());
    api.storeQuestions(SET, Api.ROWS);
    String session = await(api.create(SET, "Pump station specification.pdf"));
    PacedReports reports = new PacedReports(server.port(), session, PER_SECOND);
    reports.send(during(WARM_SECONDS));
    double idle = Latencies.p99(reports.send(during(seconds)));
    sleepUntil(due);
    report.add(sweep(server, name, "expired", reports, idle, report));
    TimeUnit.SECONDS.sleep(GRACE_SECONDS);
    report.add(sweep(server, name, "purged", reports, idle, report));
  }

  private static BooleanSupplier during(int seconds) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    return () -> System.nanoTime() < end;
  }

  private static void sleepUntil(Instant due) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(
        Math.max(0, Duration.between(Instant.now(), due).toMillis() + 1));
  }

  private Figure sweep(
      Server server, String name, String what, PacedReports reports, double idle, Report report)
      throws Exception {
    long start = System.nanoTime();
    CompletableFuture<HttpResponse<String>> cleanup = cleanUp(server);
    double[] millis = reports.send(() -> !cleanup.isDone());
    double took = (System.nanoTime() - start) / 1e9;
    JsonObject said = new JsonObject(cleanup.get().body());
    if (said.getInteger(what) != sessions) {
      throw new IOException("the cleanup said " + said.encode());
    }
    report.note(
        String.format("%s, %s: %.0f s, %,d reports.", name, what, took, millis.length));
    return new Figure(
        name + ": report while sessions are " + what,
        "ms",
        new double[] {Latencies.p99(millis)},
        new double[] {idle},
        Target.atMost(2));
  }

  private CompletableFuture<HttpResponse<String>> cleanUp(Server server) {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/api/v1/cleanup");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("X-Holdfast", "1")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }
}
