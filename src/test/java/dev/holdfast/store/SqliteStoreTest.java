package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.session.Batch;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Effect;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Loaded;
import dev.holdfast.session.Policy;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.SessionOwner;
import dev.holdfast.session.StoreContract;
import dev.holdfast.session.StoreQuestionSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class SqliteStoreTest extends StoreContract {
  @Override
  protected Store open() throws Exception {
    return JdbcStore.open(vertx, "sqlite:", directory);
  }

  /** The batch of a first command on that state. */
  static Batch batch(Loaded loaded, String name) {
    List<QuestionSet.Question> questions = List.of(new QuestionSet.Question("q", "Why?"));
    QuestionSet set =
        new QuestionSet(name, 0, null, List.of(new QuestionSet.Section("s", "S", questions)));
    SessionOwner owner = new SessionOwner(loaded, Policy.DEFAULT, SessionOwner.Limits.DEFAULT);
    Envelope<?> envelope =
        new Envelope<>("c-" + name, Instant.MAX, Caller.SYSTEM, null, new StoreQuestionSet(set));
    List<Effect> effects = owner.submit(envelope, 1, Instant.now());
    return ((Effect.Append) effects.get(effects.size() - 1)).batch();
  }

  @Test
  void aSecondProcessOnTheSameDataIsRefusedAndHarmsNothing() {
    assertThatThrownBy(() -> JdbcStore.open(vertx, "sqlite:", directory))
        .isInstanceOf(StoreInUse.class)
        .hasMessageContaining("--data");
    assertThat(await(store.append(batch(await(store.load()), "after"))))
        .isEqualTo(Store.Appended.DURABLE);
  }

  @Test
  void anOwnerThatWasReplacedCannotAppend() throws Exception {
    Loaded loaded = await(store.load());
    SqliteJournal other = new SqliteJournal(directory.resolve("holdfast.db"));
    other.open();
    assertThat(await(store.append(batch(loaded, "stale")))).isEqualTo(Store.Appended.FENCED);
    assertThat(other.append(Projection.of(batch(loaded, "new")))).isEqualTo(Store.Appended.DURABLE);
    other.close();
    assertThat(store.load().toCompletionStage().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withCauseInstanceOf(StoreInUse.class);
  }

  @Test
  void aBatchThatDoesNotFollowTheJournalIsNotAppended() {
    Loaded loaded = await(store.load());
    assertThat(await(store.append(batch(loaded, "one")))).isEqualTo(Store.Appended.DURABLE);
    assertThat(await(store.append(batch(loaded, "two")))).isEqualTo(Store.Appended.FENCED);
  }

  @Test
  void aBatchThatCannotBeWrittenIsSaidToBeNotWrittenAndLeavesNothing() throws Exception {
    Loaded loaded = await(store.load());
    Batch batch = batch(loaded, "one");
    execute("ALTER TABLE event RENAME TO hidden");
    Throwable failure =
        store.append(batch).toCompletionStage().handle((v, e) -> e).toCompletableFuture().get();
    assertThat(failure).isInstanceOf(Store.NotWritten.class);
    execute("ALTER TABLE hidden RENAME TO event");
    assertThat(await(store.append(batch))).isEqualTo(Store.Appended.DURABLE);
    assertThat(await(store.load()).book().revision()).isEqualTo(1);
  }

  private void migrate(String version) {
    Flyway.configure()
        .dataSource("jdbc:sqlite:" + directory.resolve("holdfast.db"), null, null)
        .locations("classpath:db/sqlite")
        .target(version)
        .load()
        .migrate();
  }

  /** The events as a store of the first version held them, beside tables that are old. */
  private void makeFirst() throws Exception {
    Path current = directory.resolve("current.db");
    await(store.close());
    Files.move(directory.resolve("holdfast.db"), current);
    Path old = directory.resolve("holdfast.db");
    migrate("1");
    String columns = Projection.EVENT_COLUMNS.replace(", progress", "");
    execute("PRAGMA journal_mode = WAL");
    try (Connection connection = SqliteConnections.plain(old)) {
      Sql.run(connection, "ATTACH ? AS current", current.toString());
      for (String sql :
          List.of(
              "PRAGMA user_version = 1",
              "INSERT INTO event (" + columns + ") SELECT " + columns + " FROM current.event",
              "INSERT INTO document_page SELECT * FROM current.document_page",
              "INSERT INTO idempotency SELECT * FROM current.idempotency",
              "INSERT INTO journal SELECT id FROM current.journal",
              "UPDATE ownership SET last_revision = (SELECT max(revision) FROM event)",
              "INSERT INTO document VALUES ('" + "0".repeat(64) + "', 'stale')",
              "INSERT INTO answer_row VALUES ('nobody', 'q', 'stale')")) {
        SqliteConnections.execute(connection, sql);
      }
    }
  }

  /** The same lines in a store of the second version, which had no accounts. */
  private void makeSecond() throws Exception {
    Path current = directory.resolve("current.db");
    await(store.close());
    Files.move(directory.resolve("holdfast.db"), current);
    migrate("2");
    execute("PRAGMA journal_mode = WAL");
    try (Connection connection = SqliteConnections.plain(directory.resolve("holdfast.db"))) {
      Sql.run(connection, "ATTACH ? AS current", current.toString());
      List<String> tables =
          Sql.list(
              connection,
              "SELECT name FROM main.sqlite_master WHERE type = 'table'"
                  + " AND name <> 'flyway_schema_history'",
              r -> r.getString(1));
      for (String table : tables) {
        Sql.run(connection, "DELETE FROM main." + table);
        Sql.run(connection, "INSERT INTO main." + table + " SELECT * FROM current." + table);
      }
      SqliteConnections.execute(connection, "PRAGMA user_version = 2");
    }
  }

  @Test
  void aStoreOfTheVersionBeforeIsBroughtUpToDateAtTheStart() throws Exception {
    liveWithoutAccounts(400);
    String journal = store.journalId();
    makeSecond();
    assertThatThrownBy(this::verify).isInstanceOf(StoreUnusable.class);
    store = open();
    isAsLived(await(store.load()));
    assertThat(store.journalId()).isEqualTo(journal);
    assertThat(verify().firstDifference()).isNull();
    userIsKept();
  }

  @Test
  void aStoreOfTheFirstVersionIsBroughtUpToDateAtTheStart() throws Exception {
    live(400);
    String journal = store.journalId();
    makeFirst();
    assertThatThrownBy(this::verify)
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("older Holdfast. Start this version on it");
    store = open();
    isAsLived(await(store.load()));
    assertThat(store.journalId()).isEqualTo(journal);
    assertThat(verify().firstDifference()).isNull();
  }

  @Test
  void anUpdateThatWasCutOffIsMadeAtTheNextStart() throws Exception {
    live(50);
    makeFirst();
    migrate("2");
    store = open();
    isAsLived(await(store.load()));
    assertThat(verify().firstDifference()).isNull();
  }

  @Test
  void theTextThatAnUploadLeftBehindIsGoneAfterTheNextStart() throws Exception {
    execute("INSERT INTO document_page VALUES ('" + "c".repeat(64) + "', 1, 'text')");
    await(store.close());
    store = open();
    await(store.load());
    assertThat(await(store.pages("c".repeat(64)))).isEmpty();
  }

  @Override
  protected Verification.Report verify() throws Exception {
    return Verification.of("sqlite:", directory);
  }

  @Override
  protected void execute(String sql) throws Exception {
    String url = "jdbc:sqlite:" + directory.resolve("holdfast.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
