package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.http.Reply;
import dev.holdfast.http.TestServer;
import dev.holdfast.store.CuttingProxy;
import dev.holdfast.store.CuttingProxy.Cut;
import dev.holdfast.store.PostgresServer;
import dev.holdfast.store.Verification;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection to PostgreSQL is cut around a commit: the client is answered once and right. */
@Timeout(120)
class PostgresCutIT {
  private static final int CUTS = Integer.getInteger("cuts", 40);
  private static final String APPEND = "WITH fence";
  private static final String ACQUIRE = "epoch = epoch + 1";

  @TempDir private Path data;
  private final String database = PostgresServer.shared().newDatabase();
  private final CuttingProxy proxy = CuttingProxy.before(PostgresServer.shared().port());
  private TestServer server;

  private void start() {
    server = TestServer.start(TestServer.settings(data, null, proxy.through(database)));
  }

  @AfterEach
  void close() {
    server.close();
    proxy.close();
  }

  private static void done(CompletableFuture<Void> cut) throws Exception {
    cut.get(10, TimeUnit.SECONDS);
  }

  private void verify() throws Exception {
    Verification.Report report = Verification.of(database, data);
    assertThat(report.firstDifference()).isNull();
    assertThat(report.revision()).isEqualTo(server.revision());
  }

  private List<String> events(String session) {
    JsonNode items =
        server.get(TestServer.session(session) + "/events").is(200).json().get("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(event -> event.get("type").asText())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void aChangeWhoseConnectionIsCutIsCarriedOutOnceAndSaidSo(Cut cut) throws Exception {
    start();
    CompletableFuture<Void> wasCut = proxy.arm(cut, CuttingProxy.sql(APPEND));
    String id = server.create("cut");
    assertThat(wasCut).isCompleted();
    done(proxy.release());
    wasCut = proxy.arm(cut, CuttingProxy.sql(APPEND));
    Reply reported =
        server.post(TestServer.session(id) + "/rows", TestServer.rows(TestServer.row("Q1", "one")));
    assertThat(reported.is(200).json().get("accepted").asInt()).isEqualTo(1);
    done(proxy.release());
    wasCut = proxy.arm(cut, CuttingProxy.sql(APPEND));
    Reply stopped = server.post(TestServer.session(id) + "/stop", Map.of("reason", "enough"));
    assertThat(stopped.is(200).json().at("/session/state").asText()).isEqualTo("partial");
    done(proxy.release());
    assertThat(wasCut).isCompleted();
    assertThat(events(id))
        .containsExactly(
            "session-created.v1", "session-started.v1", "rows-answered.v1", "session-stopped.v1");
    verify();
  }

  @ParameterizedTest
  @EnumSource
  void aKeyedRequestThatIsCutAndSentAgainMakesOneSession(Cut cut) throws Exception {
    start();
    CompletableFuture<Void> wasCut = proxy.arm(cut, CuttingProxy.sql(APPEND));
    String[] key = {"Idempotency-Key", "k-1"};
    Reply first = server.post("/api/v1/sessions", TestServer.EXTERNAL, key).is(201);
    Reply second = server.post("/api/v1/sessions", TestServer.EXTERNAL, key).is(201);
    done(proxy.release());
    assertThat(wasCut).isCompleted();
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(server.get("/api/v1/sessions").json().get("matching").asInt()).isEqualTo(1);
    verify();
  }

  /** The server takes over twice, by two statements that both were sent in good faith. */
  @ParameterizedTest
  @EnumSource
  void anOwnerWhoseTakeOverIsCutIsTheOwnerStill(Cut cut) throws Exception {
    start();
    CompletableFuture<Void> appendCut = proxy.arm(Cut.BEFORE, CuttingProxy.sql(APPEND));
    appendCut.thenRun(() -> proxy.arm(cut, CuttingProxy.sql(ACQUIRE)));
    String first = server.create("first");
    done(proxy.release());
    String second = server.create("second");
    assertThat(events(first)).containsExactly("session-created.v1", "session-started.v1");
    assertThat(events(second)).containsExactly("session-created.v1", "session-started.v1");
    verify();
  }

  @Test
  void readsOfEndedSessionsGoOnAfterTheirConnectionsWereCut() {
    start();
    String id = server.create("read");
    server.post(TestServer.session(id) + "/stop", Map.of()).is(200);
    for (int i = 0; i < 5; i++) {
      server.get(TestServer.session(id) + "/results").is(200);
      server.get(TestServer.session(id) + "/events").is(200);
      server.get("/api/v1/sessions?q=read").is(200);
      proxy.cutAll();
      assertThat(
              server
                  .get(TestServer.session(id) + "/events")
                  .is(200)
                  .json()
                  .at("/items/0/type")
                  .asText())
          .isEqualTo("session-created.v1");
      proxy.cutAll();
      server.get("/api/v1/sessions?q=read").is(200);
    }
  }

  @Test
  void whileNoConnectionComesThroughEverythingIsRefusedAndThenGoesOn() throws Exception {
    start();
    String id = server.create("away");
    server.post(TestServer.session(id) + "/stop", Map.of()).is(200);
    proxy.down();
    for (String path : List.of("/events", "/results?at=1", "/events?after=1")) {
      assertThat(server.get(TestServer.session(id) + path).isProblem(503, "journal-unavailable"))
          .isNotNull();
    }
    server.get("/api/v1/sessions?q=away").isProblem(503, "journal-unavailable");
    assertThat(server.post("/api/v1/sessions", TestServer.EXTERNAL).status()).isEqualTo(503);
    proxy.up();
    org.awaitility.Awaitility.await()
        .until(() -> server.post("/api/v1/sessions", TestServer.EXTERNAL).status() == 201);
    server.get("/api/v1/sessions?q=away").is(200);
    verify();
  }

  @Test
  @Timeout(1_800)
  void manyCutsUnderLoadLoseNothingAndLeaveNothingBehind() throws Exception {
    start();
    Random random = new Random(1);
    Load load = new Load(16);
    load.start(() -> server.uri("").toString());
    load.awaitAcknowledged(50);
    int threads = Thread.activeCount();
    for (int i = 0; i < CUTS; i++) {
      Cut cut = Cut.values()[random.nextInt(Cut.values().length)];
      CompletableFuture<Void> wasCut = proxy.arm(cut, CuttingProxy.sql(APPEND));
      done(wasCut);
      load.awaitAcknowledged(1 + random.nextInt(20));
      done(proxy.release());
    }
    load.awaitAcknowledged(50);
    load.stop();
    load.check(() -> server.uri("").toString());
    verify();
    assertThat(connections()).as("connections to the database").isLessThanOrEqualTo(8);
    assertThat(Thread.activeCount()).isLessThan(threads + 20);
  }

  private int connections() throws Exception {
    try (Connection connection = PostgresServer.connect(database);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'holdfast'"
                    + " AND datname = current_database()")) {
      result.next();
      return result.getInt(1);
    }
  }
}
