package dev.holdfast.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens the database the one way it may be opened. */
final class SqliteConnections {
  private static final int SCHEMA = 3;

  /** The last schema that changed the shape of what is made from the journal. */
  private static final int REBUILT = 2;

  private static final int RESULT_CODE = 0xff;
  private static final int CACHE_KIBIBYTES = 32 << 10;

  private SqliteConnections() {}

  /**
   * The connection that writes; the schema is brought up to date first. Transactions are begun by
   * hand: the driver would begin the next one at each commit and never let go of the lock.
   */
  static Connection writer(Path database) throws SQLException, StoreUnusable {
    Connection connection = connect(database, false);
    try {
      long schema = integer(connection, "PRAGMA user_version");
      if (schema < SCHEMA) {
        migrate(database);
        if (schema < REBUILT) {
          Rebuild.projections(connection, SCHEMA);
        } else {
          execute(connection, "PRAGMA user_version = " + SCHEMA);
        }
      }
      requireCurrent(connection);
      requireDurable(connection);
      return connection;
    } catch (SQLException | StoreUnusable | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * @throws StoreUnusable when the tables are of another version
   */
  static void requireCurrent(Connection connection) throws SQLException, StoreUnusable {
    requireNotNewer(connection);
    if (integer(connection, "PRAGMA user_version") < SCHEMA) {
      throw StoreUnusable.older();
    }
  }

  /**
   * @throws StoreUnusable when a newer version made the tables
   */
  static void requireNotNewer(Connection connection) throws SQLException, StoreUnusable {
    if (integer(connection, "PRAGMA user_version") > SCHEMA) {
      throw StoreUnusable.newer();
    }
  }

  static Connection reader(Path database) throws SQLException {
    Connection connection = connect(database, true);
    connection.setAutoCommit(false);
    return connection;
  }

  /** A connection to a copy that nobody else has open. */
  static Connection plain(Path database) throws SQLException {
    return new SQLiteConfig().createConnection("jdbc:sqlite:" + database);
  }

  private static Connection connect(Path database, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout(3_000);
    config.setCacheSize(-CACHE_KIBIBYTES);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "0");
    if (!readOnly) {
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    }
    return config.createConnection("jdbc:sqlite:" + database);
  }

  /** Flyway takes half a second to find nothing to do, so a current schema does not wake it. */
  private static void migrate(Path database) throws SQLException {
    Migration.run(
        Flyway.configure()
            .dataSource("jdbc:sqlite:" + database, null, null)
            .locations("classpath:db/sqlite"));
  }

  /** A pragma that is misspelt or refused does not fail, it just does nothing. */
  private static void requireDurable(Connection connection) throws SQLException {
    String mode = text(connection, "PRAGMA journal_mode");
    long synchronous = integer(connection, "PRAGMA synchronous");
    if (!"wal".equals(mode) || synchronous != 2) {
      throw new SQLException(
          "The database cannot be made durable (journal_mode "
              + mode
              + ", synchronous "
              + synchronous
              + "); use a local disk for the data directory.");
    }
  }

  private static long integer(Connection connection, String sql) throws SQLException {
    return Long.parseLong(text(connection, sql));
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : null;
    }
  }

  /** The failure, unless it says that the file is damaged. */
  static SQLException orDamage(Path database, SQLException e) throws StoreUnusable {
    if (isKind(e, SQLiteErrorCode.SQLITE_NOTADB) || isKind(e, SQLiteErrorCode.SQLITE_CORRUPT)) {
      throw StoreUnusable.corrupt(database, e);
    }
    return e;
  }

  /** Whether it is an error of that kind, or a special case of it. */
  static boolean isKind(Throwable e, SQLiteErrorCode kind) {
    return e instanceof SQLiteException sqlite
        && (sqlite.getResultCode().code & RESULT_CODE) == kind.code;
  }

  /** Whether it says that there is no space, if only for the index of the log in memory. */
  static boolean isFull(Throwable e) {
    return isKind(e, SQLiteErrorCode.SQLITE_FULL)
        || (e instanceof SQLiteException sqlite
            && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE);
  }

  /** Runs one statement that gives no result. */
  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
