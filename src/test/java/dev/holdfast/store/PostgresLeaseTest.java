package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.session.Batch;
import dev.holdfast.session.Document;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who owns a journal in PostgreSQL, when others take it and answers are lost. */
class PostgresLeaseTest {
  private static final String NEWER =
      "INSERT INTO flyway_schema_history SELECT 99, '99', 'later', 'SQL', 'V99', 0, 'x', now(), 1,"
          + " true";
  private static final AtomicInteger SETS = new AtomicInteger();
  @TempDir private Path directory;
  private final String url = PostgresServer.shared().newDatabase();
  private final Vertx vertx = Vertx.vertx();
  private Store store;

  @BeforeEach
  void open() throws Exception {
    store = JdbcStore.open(vertx, url, directory);
  }

  @AfterEach
  void close() {
    await(store.close());
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = PostgresServer.connect(url)) {
      Sql.run(connection, sql);
    }
  }

  /** As a process that took over, and lives. */
  private void takeOver() throws Exception {
    execute(
        "UPDATE ownership SET epoch = epoch + 1, incarnation = 'other',"
            + " expires_at = now() + interval '1 hour'");
  }

  /** As a process that took over, and is gone. */
  private void takeOverAndDie() throws Exception {
    execute(
        "UPDATE ownership SET epoch = epoch + 1, incarnation = 'other',"
            + " expires_at = now() - interval '1 hour'");
  }

  private Batch oneBatch() {
    return SqliteStoreTest.batch(await(store.load()), "set-" + SETS.incrementAndGet());
  }

  @Test
  void anOwnerThatWasReplacedWritesNothingAndIsNoOwner() throws Exception {
    await(store.append(oneBatch()));
    Batch batch = oneBatch();
    takeOver();
    assertThat(await(store.append(batch))).isEqualTo(Store.Appended.FENCED);
    await(store.compact(Instant.now().plusSeconds(60)));
    assertThat(text("SELECT compacted FROM journal")).isEqualTo("0");
    assertThat(store.load().toCompletionStage().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(StoreInUse.class);
    Awaitility.await().until(() -> store.tenure() == Store.NOT_SURE);
    assertThat(text("SELECT incarnation FROM ownership")).isEqualTo("other");
  }

  @Test
  void aStateFromBeforeAnotherOwnerIsNotTakenForTheLatest() throws Exception {
    await(store.load());
    long before = store.tenure();
    await(store.load());
    assertThat(store.tenure()).as("nobody else was the owner").isEqualTo(before);
    takeOverAndDie();
    await(store.load());
    assertThat(store.tenure()).isNotIn(before, Store.NOT_SURE);
  }

  /** The server carries out an acquisition long after its sender gave it up and sent another. */
  @Test
  void anAcquisitionOfItsOwnThatComesLateDoesNotEndTheOwner() throws Exception {
    Batch batch = oneBatch();
    String renewed = text("SELECT expires_at FROM ownership");
    execute("UPDATE ownership SET epoch = epoch + 1");
    assertThat(await(store.append(batch))).isEqualTo(Store.Appended.FENCED);
    Awaitility.await().until(() -> !text("SELECT expires_at FROM ownership").equals(renewed));
    assertThat(await(store.append(oneBatch()))).isEqualTo(Store.Appended.DURABLE);
  }

  @Test
  void aRenewalWhoseConnectionIsSilentIsMadeOnAnotherOne() throws Exception {
    Awaitility.await().until(() -> renewingBackends().size() == 1);
    String silent = renewingBackends().get(0);
    signal("STOP", silent);
    try {
      Awaitility.await()
          .until(
              () -> {
                assertThat(store.tenure()).isNotEqualTo(Store.NOT_SURE);
                return renewingBackends().size() == 2;
              });
    } finally {
      signal("CONT", silent);
    }
  }

  private List<String> renewingBackends() throws Exception {
    return backends("UPDATE ownership SET expires_at%");
  }

  /** Ids of the processes of the database whose last statement is like that. */
  private List<String> backends(String statement) throws Exception {
    try (Connection connection = PostgresServer.connect(url)) {
      return Sql.list(
          connection,
          "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
              + " AND query LIKE ?",
          r -> r.getString(1),
          statement);
    }
  }

  private static void signal(String name, String pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private String text(String sql) throws Exception {
    try (Connection connection = PostgresServer.connect(url)) {
      return Sql.one(connection, sql, r -> r.getString(1));
    }
  }

  @Test
  void aRenewalThatBreaksIsNotTheLastOne() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    PostgresConnections connections = PostgresConnections.of(PostgresServer.shared().newDatabase());
    try (Connection maker = connections.open()) {
      connections.makeTables(maker);
    }
    Lease lease =
        new Lease(
            () -> {
              if (opened.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
              }
              return connections.open();
            });
    try (Connection writer = connections.open()) {
      assertThat(lease.acquire(writer)).isTrue();
      Awaitility.await().until(() -> opened.get() == 2);
      lease.resign(writer);
    }
  }

  /** As the version before this one made the tables. */
  private void makeOld() throws Exception {
    execute("DROP TABLE account");
    execute("DROP INDEX event_without_session");
    execute("DELETE FROM flyway_schema_history WHERE version = '2'");
  }

  private String schema() throws Exception {
    return text(
        "SELECT max(version) || coalesce(to_regclass('account')::text, '')"
            + " FROM flyway_schema_history");
  }

  @Test
  void tablesThatAnotherOwnerWritesAreLeftAsTheyAre() throws Exception {
    await(store.close());
    makeOld();
    takeOver();
    assertThatThrownBy(this::open).isInstanceOf(StoreInUse.class);
    assertThat(schema()).isEqualTo("1");
    execute("UPDATE ownership SET expires_at = now()");
    open();
    assertThat(schema()).isEqualTo("2account");
  }

  /** The owner before was of a newer version, and brought the tables up to that one. */
  @Test
  void whoBecomesOwnerLooksAtTheTablesAgain() throws Exception {
    await(store.close());
    takeOver();
    CompletableFuture<Void> opening =
        CompletableFuture.runAsync(
            () -> assertThatThrownBy(this::open).isInstanceOf(StoreUnusable.class));
    Awaitility.await().until(() -> backends("UPDATE ownership SET epoch%").size() == 1);
    execute(NEWER);
    execute("UPDATE ownership SET expires_at = now()");
    assertThat(opening).succeedsWithin(Duration.ofSeconds(20));
    execute("DELETE FROM flyway_schema_history WHERE installed_rank = 99");
    open();
  }

  @Test
  void whatAnUploadLeftBehindIsNotRemovedByOneWhoWasReplaced() throws Exception {
    leaveUpload("c".repeat(64), 250);
    takeOver();
    PostgresJournal other = new PostgresJournal(PostgresConnections.of(url));
    try {
      assertThatThrownBy(other::open).isInstanceOf(StoreInUse.class);
      other.dropUnknownDocuments();
      assertThat(text("SELECT count(*) FROM document_chunk")).isEqualTo("250");
      assertThat(text("SELECT count(*) FROM document_page")).isEqualTo("1");
    } finally {
      other.close();
    }
  }

  private void leaveUpload(String id, int chunks) throws Exception {
    execute(
        "INSERT INTO document_chunk SELECT '"
            + id
            + "', place, 'x' FROM generate_series(0, "
            + (chunks - 1)
            + ") place");
    execute("INSERT INTO document_page VALUES ('" + id + "', 1, 'text')");
  }

  @Test
  void theContentThatAnUploadLeftBehindIsGoneAfterTheNextStart() throws Exception {
    Document kept = new Document("b".repeat(64), "x.pdf", 1, 7);
    Path uploaded = Files.writeString(store.uploads().resolve("x.pdf"), "content");
    await(store.keep(kept, uploaded, List.of("text")));
    execute(
        "INSERT INTO document VALUES ('" + kept.id() + "', 0, '" + StoreJson.write(kept) + "')");
    for (String id : List.of("a", "c", "d")) {
      leaveUpload(id.repeat(64), 250);
    }
    await(store.close());
    open();
    await(store.load());
    assertThat(text("SELECT string_agg(document_id, ' ') FROM document_chunk"))
        .isEqualTo(kept.id());
    assertThat(text("SELECT string_agg(document_id, ' ') FROM document_page")).isEqualTo(kept.id());
    assertThat(await(store.content(kept))).hasContent("content");
  }

  @Test
  void aStoreThatCannotBeTakenLeavesNoConnectionOpen() throws Exception {
    await(store.close());
    takeOver();
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreInUse.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1")
        .hasMessageNotContaining(URI.create(url).getUserInfo().split(":")[1]);
    Awaitility.await()
        .until(
            () ->
                text("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'holdfast'"
                        + " AND datname = current_database()")
                    .equals("0"));
    execute("UPDATE ownership SET expires_at = now()");
    open();
  }
}
