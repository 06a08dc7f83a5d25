package dev.holdfast.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** The floor of reports: bare durable commits, with the pragmas of our journal. */
final class SqliteFloor implements AutoCloseable {
  private static final int ROWS = 64;
  private static final int QUESTIONS = 100;

  private final Connection connection;
  private final String body;
  private long commits;
  private long nanos;

  /**
   * @param body of every row
   */
  SqliteFloor(Path database, String body) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setCacheSize(-8_192);
    this.connection = config.createConnection("jdbc:sqlite:" + database);
    this.body = body;
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE answer_row (session_id TEXT NOT NULL, question_id TEXT NOT NULL,"
              + " body TEXT NOT NULL, PRIMARY KEY (session_id, question_id)) WITHOUT ROWID");
    }
    connection.setAutoCommit(false);
  }

  /** Rows a second in transactions of {@value #ROWS}, over that time. */
  double rowsPerSecond(int seconds) throws SQLException {
    long start = System.nanoTime();
    long first = commits;
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT OR REPLACE INTO answer_row VALUES (?, ?, ?)")) {
      while (System.nanoTime() - start < seconds * 1_000_000_000L) {
        commit(statement);
      }
    }
    long took = System.nanoTime() - start;
    nanos += took;
    return (commits - first) * ROWS / (took / 1e9);
  }

  private void commit(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < ROWS; i++) {
      statement.setString(1, "3b241101-e2bb-4255-8caf-4136c566a9" + (10 + i));
      statement.setString(2, "Q" + (1 + commits % QUESTIONS));
      // why: SQLite does not write, nor sync, a row that is what it was.
      statement.setString(3, body + commits);
      statement.addBatch();
    }
    statement.executeBatch();
    connection.commit();
    commits++;
  }

  double commitMillis() {
    return nanos / 1e6 / Math.max(1, commits);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
