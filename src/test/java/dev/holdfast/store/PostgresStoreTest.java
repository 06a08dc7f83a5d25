package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.session.StoreContract;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreContract {
  private String url;

  @Override
  protected Store open() throws Exception {
    if (url == null) {
      url = PostgresServer.shared().newDatabase();
    }
    return JdbcStore.open(vertx, url, directory);
  }

  @Override
  protected Verification.Report verify() throws Exception {
    return Verification.of(url, directory);
  }

  @Override
  protected void execute(String sql) throws Exception {
    try (Connection connection = PostgresServer.connect(url)) {
      Sql.run(connection, sql);
    }
  }

  /** What docs/OPERATIONS.md says to do before the first start on a restored database. */
  @Test
  void aRestoredDatabaseTakesAJournalNameOfItsOwn() throws Exception {
    String before = store.journalId();
    await(store.close());
    execute("UPDATE journal SET id = ''");
    store = open();
    assertThat(store.journalId()).isNotIn(before, "");
  }

  /** A database of the version before this one, with the lines that this one has. */
  private String oldDatabase() throws Exception {
    String old = PostgresServer.shared().newDatabase();
    URI uri = URI.create(old);
    String[] user = uri.getUserInfo().split(":");
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://127.0.0.1:" + uri.getPort() + uri.getPath(), user[0], user[1])
        .locations("classpath:db/postgresql")
        .target("1")
        .load()
        .migrate();
    try (Connection from = PostgresServer.connect(url);
        Connection to = PostgresServer.connect(old)) {
      for (String table :
          Sql.list(
              to,
              "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                  + " AND tablename <> 'flyway_schema_history'",
              r -> r.getString(1))) {
        copy(table, from, to);
      }
    }
    return old;
  }

  private static void copy(String table, Connection from, Connection to) throws Exception {
    String columns =
        Sql.one(
            to,
            "SELECT string_agg(column_name, ', ') FROM information_schema.columns"
                + " WHERE table_name = ?",
            r -> r.getString(1),
            table);
    int width = columns.split(",").length;
    List<Object[]> lines =
        Sql.list(
            from,
            "SELECT " + columns + " FROM " + table,
            r -> {
              Object[] line = new Object[width];
              for (int i = 0; i < width; i++) {
                line[i] = r.getObject(i + 1);
              }
              return line;
            });
    Sql.run(to, "DELETE FROM " + table);
    Sql.runEach(to, Sql.insert(table, columns), lines);
  }

  @Test
  void aDatabaseOfTheVersionBeforeIsBroughtUpToDateAtTheStart() throws Exception {
    liveWithoutAccounts(400);
    String journal = store.journalId();
    await(store.close());
    url = oldDatabase();
    assertThatThrownBy(this::verify)
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("older Holdfast. Start this version on it");
    store = open();
    isAsLived(await(store.load()));
    assertThat(store.journalId()).isEqualTo(journal);
    assertThat(verify().firstDifference()).isNull();
    userIsKept();
  }

  /** Longer than any other statement may take, as an index on a long journal does. */
  @Test
  void anUpdateThatTakesLongIsWaitedFor() throws Exception {
    liveWithoutAccounts(20);
    await(store.close());
    url = oldDatabase();
    try (Connection busy = PostgresServer.connect(url)) {
      busy.setAutoCommit(false);
      Sql.run(busy, "LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<Store> opening = CompletableFuture.supplyAsync(this::openUnchecked);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> opening.isDone() || somethingWaitsFor(Duration.ofSeconds(11)));
      busy.rollback();
      store = opening.get(60, TimeUnit.SECONDS);
    }
    isAsLived(await(store.load()));
  }

  private Store openUnchecked() {
    try {
      return open();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private boolean somethingWaitsFor(Duration atLeast) throws Exception {
    try (Connection connection = PostgresServer.connect(url)) {
      return Sql.one(
          connection,
          "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
              + " AND wait_event_type = 'Lock' AND now() - query_start >= make_interval(secs => ?))",
          r -> r.getBoolean(1),
          (double) atLeast.toSeconds());
    }
  }

  @Test
  void aDatabaseOfANewerVersionIsRefused() throws Exception {
    await(store.close());
    execute(
        "INSERT INTO flyway_schema_history SELECT 99, '99', 'later', 'SQL', 'V99', 0, 'x', now(),"
            + " 1, true");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("newer Holdfast");
    execute("DELETE FROM flyway_schema_history WHERE installed_rank = 99");
    store = open();
  }
}
