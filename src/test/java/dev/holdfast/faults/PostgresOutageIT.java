package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.cli.ServerProcess;
import dev.holdfast.store.PostgresServer;
import dev.holdfast.store.Verification;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL crashes or stands still under load: the server says so, and goes on by itself. */
@Timeout(1_800)
class PostgresOutageIT {
  private static final int ROUNDS = Integer.getInteger("outage.rounds", 1);
  private static final Duration PAUSE = Duration.ofSeconds(Integer.getInteger("outage.seconds", 8));

  /** How long the owner trusts a lease after it sent the last renewal. */
  private static final Duration TRUST = Duration.ofMillis(4_500);

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int CLIENTS = 8;
  private static final int ENOUGH = 50;
  private static final Load LOAD = new Load(CLIENTS);

  @TempDir private static Path data;
  private static PostgresServer postgres;
  private static String database;
  private static ServerProcess server;

  private int refusedBefore;

  @BeforeAll
  static void start() throws Exception {
    postgres = PostgresServer.ownInstance();
    database = postgres.newDatabase();
    server = ServerProcess.startUnder(List.of("env", "HOLDFAST_STORE_URL=" + database), data);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    postgres.close();
  }

  @AfterEach
  void letItGoOn() {
    postgres.resume();
  }

  @Test
  void aCrashOfTheDatabaseIsSaidAndLosesNothing() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String ended = ended();
      begin();
      postgres.stopHard();
      try {
        awaitRefused("/api/v1/sessions");
        Stream.of("", "/results", "/events")
            .map(part -> reply(() -> server.get("/api/v1/sessions/" + ended + part)))
            .toList()
            .forEach(reply -> assertRefused(reply.join()));
        assertRefused(create());
      } finally {
        postgres.startAgain();
      }
      goesOnByItself();
    }
  }

  @Test
  void whileTheDatabaseStandsStillNothingIsAnsweredPastTheLease() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String ended = ended();
      begin();
      postgres.pause();
      long paused = System.nanoTime();
      while (System.nanoTime() - paused < PAUSE.toNanos()) {
        readDuringPause("/api/v1/sessions", paused);
        readDuringPause("/api/v1/sessions/" + ended, paused);
        readDuringPause("/api/v1/sessions/" + ended + "/results", paused);
      }
      postgres.resume();
      goesOnByItself();
    }
  }

  /** What was asked before the end of the trust may be answered, also a little later. */
  private static void readDuringPause(String path, long paused) throws Exception {
    long sent = System.nanoTime();
    HttpResponse<String> reply = server.get(path);
    if (sent - paused > TRUST.toNanos()) {
      assertRefused(reply);
    }
  }

  private static HttpResponse<String> create() throws Exception {
    String title = "\"title\":\"" + UUID.randomUUID() + "\"";
    return server.post(
        "/api/v1/sessions",
        "{\"questionSet\":\"general\",\"analyzer\":\"external\"," + title + "}");
  }

  /** The id of a session that has ended, whose rows lie in the database only. */
  private static String ended() throws Exception {
    HttpResponse<String> created = create();
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String location = created.headers().firstValue("Location").orElseThrow();
    String id = location.substring(location.lastIndexOf('/') + 1);
    assertThat(server.post("/api/v1/sessions/" + id + "/stop", "{}").statusCode()).isEqualTo(200);
    return id;
  }

  private void begin() {
    refusedBefore = LOAD.unavailable();
    LOAD.start(() -> server.url());
    LOAD.awaitAcknowledged(ENOUGH);
  }

  private static CompletableFuture<HttpResponse<String>> reply(
      Callable<HttpResponse<String>> request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return request.call();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  private static void awaitRefused(String path) {
    await().atMost(SOON).until(() -> server.get(path).statusCode() == 503);
  }

  private static void assertRefused(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(503);
    assertThat(reply.headers().firstValue("Retry-After")).isPresent();
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  private void goesOnByItself() throws Exception {
    LOAD.awaitAcknowledged(ENOUGH);
    LOAD.stop();
    assertThat(LOAD.unavailable()).as("changes refused meanwhile").isGreaterThan(refusedBefore);
    LOAD.check(() -> server.url());
    assertThat(Verification.of(database, data).firstDifference()).isNull();
  }
}
