package dev.holdfast.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens a store only to read it, beside a server that may run on it. */
final class StoreReader {
  private StoreReader() {}

  /**
   * A connection in a transaction that sees one moment.
   *
   * @throws StoreUnusable when there is no store of this version
   * @throws Store.Unavailable when the database cannot be reached
   */
  static Connection open(String url, Path root)
      throws SQLException, StoreUnusable, Store.Unavailable {
    if (JdbcStore.isEmbedded(url)) {
      return sqlite(new DataDirectory.Layout(root).database());
    }
    PostgresConnections connections = PostgresConnections.of(url);
    try {
      return postgresql(connections);
    } catch (SQLException e) {
      throw connections.unavailable(e);
    }
  }

  private static Connection postgresql(PostgresConnections connections)
      throws SQLException, StoreUnusable {
    Connection connection = connections.openPatient();
    try {
      PostgresConnections.requireCurrent(connection);
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return connection;
    } catch (SQLException | StoreUnusable e) {
      connection.close();
      throw e;
    }
  }

  private static Connection sqlite(Path database) throws SQLException, StoreUnusable {
    if (!Files.exists(database)) {
      throw new StoreUnusable("There is no store at " + database + "; name it with --data.", null);
    }
    try {
      return current(SqliteConnections.reader(database));
    } catch (SQLException e) {
      throw SqliteConnections.orDamage(database, e);
    }
  }

  private static Connection current(Connection connection) throws SQLException, StoreUnusable {
    try {
      SqliteConnections.requireCurrent(connection);
      return connection;
    } catch (SQLException | StoreUnusable e) {
      connection.close();
      throw e;
    }
  }
}
