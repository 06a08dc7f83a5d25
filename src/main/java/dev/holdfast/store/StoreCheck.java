package dev.holdfast.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.sqlite.SQLiteConfig;

/**
 * What a look at a store shows without changing it.
 *
 * @param revision of the last event; 0 when there is none
 * @param lastAt when that was; null when there is none
 * @param fault what the database says is wrong with it, or null
 */
public record StoreCheck(long revision, Instant lastAt, String fault) {

  /** Where an embedded store would be. */
  public static boolean isThere(String url, Path root) {
    return !JdbcStore.isEmbedded(url) || Files.exists(new DataDirectory.Layout(root).database());
  }

  /**
   * Reads beside a server that may run on it.
   *
   * @throws Store.Unavailable when the database does not answer
   * @throws StoreUnusable when it is damaged or of another version
   */
  public static StoreCheck of(String url, Path root)
      throws SQLException, StoreUnusable, Store.Unavailable {
    boolean embedded = JdbcStore.isEmbedded(url);
    try (Connection connection = embedded ? sqlite(url, root) : StoreReader.open(url, root);
        Statement statement = connection.createStatement()) {
      String fault = embedded ? quickCheck(statement) : null;
      try (ResultSet last =
          statement.executeQuery("SELECT revision, at FROM event ORDER BY revision DESC LIMIT 1")) {
        return last.next()
            ? new StoreCheck(last.getLong(1), Instant.ofEpochMilli(last.getLong(2)), fault)
            : new StoreCheck(0, null, fault);
      }
    }
  }

  /** Without a log beside it nobody writes, and even the files of a reader can be done without. */
  private static Connection sqlite(String url, Path root)
      throws SQLException, StoreUnusable, Store.Unavailable {
    Path database = new DataDirectory.Layout(root).database();
    if (Files.exists(Path.of(database + "-wal"))) {
      return StoreReader.open(url, root);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    Connection connection =
        config.createConnection("jdbc:sqlite:" + database.toUri() + "?immutable=1");
    try {
      SqliteConnections.requireCurrent(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw StoreUnusable.corrupt(database, e);
    } catch (StoreUnusable e) {
      connection.close();
      throw e;
    }
  }

  private static String quickCheck(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      String said = result.next() ? result.getString(1) : "nothing";
      return said.equals("ok") ? null : said;
    }
  }
}
