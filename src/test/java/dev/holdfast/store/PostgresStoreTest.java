package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.session.StoreContract;
import java.sql.Connection;
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
