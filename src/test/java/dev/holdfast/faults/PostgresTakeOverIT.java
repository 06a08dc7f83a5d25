package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.ServerProcess;
import dev.holdfast.http.TestServer;
import dev.holdfast.store.PostgresServer;
import dev.holdfast.store.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers want the same database: one of them at a time answers for it. */
@Timeout(600)
class PostgresTakeOverIT {
  private static final int IN_USE = 73;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path one;
  @TempDir private Path two;
  private final String database = PostgresServer.shared().newDatabase();
  private final List<String> onDatabase = List.of("env", "HOLDFAST_STORE_URL=" + database);

  private static String create(String title) {
    return "{\"questionSet\":\"general\",\"analyzer\":\"external\",\"title\":\"" + title + "\"}";
  }

  private static int createOn(ServerProcess server, String title) throws Exception {
    return server.post("/api/v1/sessions", create(title)).statusCode();
  }

  private static List<String> titles(ServerProcess server) throws Exception {
    JsonNode list = JSON.readTree(server.get("/api/v1/sessions?sort=createdAt").body());
    return list.get("items").findValuesAsText("title");
  }

  private String ask(String sql) throws Exception {
    try (Connection connection = PostgresServer.connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private boolean somebodyWaitsForTheLease() throws Exception {
    return ask("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND query LIKE 'UPDATE ownership SET epoch = epoch + 1%' AND state = 'idle'"
            + " AND backend_start > (SELECT min(backend_start) FROM pg_stat_activity"
            + " WHERE application_name = 'holdfast' AND datname = current_database())")
        .equals("1");
  }

  @Test
  void aServerOnADatabaseInUseEndsAndOneThatWaitsTakesOverAfterAKill() throws Exception {
    try (ServerProcess first = ServerProcess.startUnder(onDatabase, one)) {
      assertThat(createOn(first, "before")).isEqualTo(201);
      ServerProcess.Ended refused = ServerProcess.runUnder(onDatabase, two);
      assertThat(refused.code()).as(refused.output()).isEqualTo(IN_USE);
      assertThat(refused.output()).contains("Another Holdfast runs on the data in jdbc:postgresql");
      assertThat(createOn(first, "after")).isEqualTo(201);
      CompletableFuture<ServerProcess> starting = startAside();
      await().atMost(SOON).until(this::somebodyWaitsForTheLease);
      String killed = ask("SELECT clock_timestamp()");
      first.kill();
      try (ServerProcess second = starting.join()) {
        assertThat(titles(second)).containsExactly("before", "after");
        assertThat(createOn(second, "of the second")).isEqualTo(201);
        System.out.println("PostgresTakeOverIT after a kill: " + secondsSince(killed));
      }
    }
    assertThat(Verification.of(database, one).firstDifference()).isNull();
  }

  private String secondsSince(String killed) throws Exception {
    return ask("SELECT clock_timestamp() - timestamptz '" + killed + "'");
  }

  private CompletableFuture<ServerProcess> startAside() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return ServerProcess.startUnder(onDatabase, two);
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        });
  }

  @Test
  void anOwnerThatSleptWhileAnotherTookOverWritesNothingAnswersNothingAndEnds() throws Exception {
    try (ServerProcess sleeper = ServerProcess.startUnder(onDatabase, one)) {
      assertThat(createOn(sleeper, "before")).isEqualTo(201);
      signal("STOP", sleeper);
      try (ServerProcess second = ServerProcess.startUnder(onDatabase, two)) {
        assertThat(createOn(second, "of the second")).isEqualTo(201);
        CompletableFuture<Integer> change = answerOf(() -> createOn(sleeper, "too late"));
        CompletableFuture<Integer> read =
            answerOf(() -> sleeper.get("/api/v1/sessions").statusCode());
        signal("CONT", sleeper);
        assertThat(change.join()).isNotEqualTo(201);
        assertThat(read.join()).isNotEqualTo(200);
        assertThat(sleeper.awaitEnd()).isEqualTo(IN_USE);
        assertThat(sleeper.errors()).anyMatch(line -> line.contains("Another Holdfast"));
        assertThat(titles(second)).containsExactly("before", "of the second");
        assertThat(createOn(second, "after")).isEqualTo(201);
      }
    }
    assertThat(Verification.of(database, one).firstDifference()).isNull();
  }

  /** The other one may have changed what this one still has in memory. */
  @Test
  void anOwnerAnewShowsNothingBeforeItHasReadWhatAnotherLeft() throws Exception {
    try (TestServer server = TestServer.start(TestServer.settings(one, null, database));
        Connection reader = PostgresServer.connect(database)) {
      server.create("before");
      reader.setAutoCommit(false);
      execute(reader, "LOCK TABLE session IN ACCESS EXCLUSIVE MODE");
      anotherOwnerComesAndGoes();
      await().atMost(SOON).until(() -> !ask("SELECT incarnation FROM ownership").equals("other"));
      server.get("/api/v1/sessions").isProblem(503, "owner-unavailable");
      reader.rollback();
      await().atMost(SOON).until(() -> server.get("/api/v1/sessions").status() == 200);
      server.create("after");
    }
  }

  private void anotherOwnerComesAndGoes() throws Exception {
    try (Connection connection = PostgresServer.connect(database)) {
      execute(
          connection,
          "UPDATE ownership SET epoch = epoch + 1, incarnation = 'other', expires_at = now()");
    }
  }

  private static void execute(Connection connection, String sql) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private interface Request {
    int status() throws Exception;
  }

  /** The status; 0 when the server ended before it answered. */
  private static CompletableFuture<Integer> answerOf(Request request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return request.status();
          } catch (IOException ended) {
            return 0;
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  private static void signal(String name, ServerProcess server) throws Exception {
    String pid = Long.toString(server.handle().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }
}
