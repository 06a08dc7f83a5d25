package dev.holdfast.bench;

import static dev.holdfast.bench.Api.await;

import dev.holdfast.store.JdbcStore;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * The floor of reports: the lines that they leave in the journal, put there by bare durable commits
 * of prepared statements, in a database of the same tables with the pragmas of ours.
 */
final class JournalFloor implements AutoCloseable {
  private static final int SESSIONS = 64;

  private final Connection connection;
  private final PreparedStatement events;
  private final PreparedStatement rows;
  private final Object[] event;
  private final List<Object[]> answers;
  private long revision;
  private long commits;
  private long nanos;

  /** Makes a store with one report for each session, and takes these lines as patterns. */
  JournalFloor(Vertx vertx, Database database) throws Exception {
    JdbcStore store = database.open(vertx);
    new RunningSessions(new BareOwner(store, Instant.now(), 7), SESSIONS).report(1);
    await(store.close());
    connection = database.isSqlite() ? sqlite(database) : database.connect();
    event = read("SELECT * FROM event ORDER BY revision DESC LIMIT 1").get(0);
    revision = ((Number) event[0]).longValue();
    answers = read("SELECT session_id, question_id, body FROM answer_row ORDER BY session_id");
    connection.setAutoCommit(false);
    events = connection.prepareStatement("INSERT INTO event VALUES (" + marks(event.length) + ")");
    rows =
        connection.prepareStatement(
            "INSERT INTO answer_row (session_id, question_id, body) VALUES (?, ?, ?)"
                + " ON CONFLICT (session_id, question_id) DO UPDATE SET body = excluded.body");
  }

  private static Connection sqlite(Database database) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setCacheSize(-8_192);
    return config.createConnection("jdbc:sqlite:" + database.directory().resolve("holdfast.db"));
  }

  private static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  private List<Object[]> read(String sql) throws SQLException {
    List<Object[]> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        Object[] line = new Object[result.getMetaData().getColumnCount()];
        for (int i = 0; i < line.length; i++) {
          line[i] = result.getObject(i + 1);
        }
        lines.add(line);
      }
    }
    return lines;
  }

  /** Rows a second in transactions of that many, over that time. */
  double rowsPerSecond(int batch, int seconds) throws SQLException {
    long start = System.nanoTime();
    long first = commits;
    while (System.nanoTime() - start < seconds * 1_000_000_000L) {
      commit(batch);
    }
    long took = System.nanoTime() - start;
    nanos += took;
    return (commits - first) * batch / (took / 1e9);
  }

  private void commit(int batch) throws SQLException {
    for (int i = 0; i < batch; i++) {
      Object[] answer = answers.get((int) ((commits + i) % answers.size()));
      Object[] line = event.clone();
      line[0] = ++revision;
      line[1] = answer[0];
      add(events, line);
      // why: SQLite neither writes nor syncs a row that is what it was.
      add(rows, answer[0], "Q" + (1 + commits % Api.ROWS), answer[2] + " " + commits);
    }
    events.executeBatch();
    rows.executeBatch();
    connection.commit();
    commits++;
  }

  private static void add(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.addBatch();
  }

  /** A mean over all commits, of whatever size. */
  double commitMillis() {
    return nanos / 1e6 / Math.max(1, commits);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
