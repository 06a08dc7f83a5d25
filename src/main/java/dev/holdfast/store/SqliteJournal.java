package dev.holdfast.store;

import dev.holdfast.session.Batch;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Event;
import dev.holdfast.session.Recorded;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Row;
import dev.holdfast.session.Session;
import dev.holdfast.session.Tombstone;
import dev.holdfast.store.Store.Appended;
import dev.holdfast.store.Store.NotWritten;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The writer's side of the database. Blocking; all calls come from the one writer thread. */
final class SqliteJournal {
  private static final String COMMIT = "COMMIT";
  private final Path database;
  private Connection connection;
  private String journalId;
  private long epoch;

  SqliteJournal(Path database) {
    this.database = database;
  }

  /** Connects and becomes the owner: every earlier owner's appends are refused from now on. */
  void open() throws SQLException {
    connection = SqliteConnections.writer(database);
    begin();
    run("UPDATE ownership SET epoch = epoch + 1, incarnation = ?", UUID.randomUUID().toString());
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT epoch FROM ownership WHERE name = 'owner'");
        ResultSet result = statement.executeQuery()) {
      epoch = result.getLong(1);
    }
    run(
        "INSERT INTO journal (id) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM journal)",
        UUID.randomUUID().toString());
    try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM journal");
        ResultSet result = statement.executeQuery()) {
      journalId = result.getString(1);
    }
    SqliteConnections.execute(connection, COMMIT);
  }

  private void begin() throws SQLException {
    SqliteConnections.execute(connection, "BEGIN IMMEDIATE");
  }

  /** Also after SQLite has rolled back by itself, which it does on some errors. */
  private void rollback() throws SQLException {
    try {
      SqliteConnections.execute(connection, "ROLLBACK");
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        throw e;
      }
    }
  }

  /** After an unknown outcome the connection is not to be trusted; the epoch stays ours. */
  void reopen() throws SQLException {
    connection.close();
    connection = SqliteConnections.writer(database);
  }

  String journalId() {
    return journalId;
  }

  Connection connection() {
    return connection;
  }

  Appended append(Batch batch) throws SQLException, NotWritten {
    try {
      begin();
      if (!advance(batch)) {
        rollback();
        return Appended.FENCED;
      }
      insertEvents(batch.events());
      project(batch);
    } catch (SQLException | RuntimeException e) {
      rollback();
      throw new NotWritten(e);
    }
    commit();
    return Appended.DURABLE;
  }

  /** A commit that found the disk full or the database busy was rolled back as a whole. */
  private void commit() throws SQLException, NotWritten {
    try {
      SqliteConnections.execute(connection, COMMIT);
    } catch (SQLiteException e) {
      SQLiteErrorCode code = e.getResultCode();
      if (code == SQLiteErrorCode.SQLITE_FULL || code == SQLiteErrorCode.SQLITE_BUSY) {
        rollback();
        throw new NotWritten(e);
      }
      throw e;
    }
  }

  /** The fence: nobody else has become owner, and the journal stands where the batch begins. */
  private boolean advance(Batch batch) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE ownership SET last_revision = ?"
                + " WHERE name = 'owner' AND epoch = ? AND last_revision = ?")) {
      statement.setLong(1, batch.revision());
      statement.setLong(2, epoch);
      statement.setLong(3, batch.previous());
      return statement.executeUpdate() == 1;
    }
  }

  private void insertEvents(List<Recorded> events) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO event (revision, session_id, type, at, actor, reason, client,"
                + " request_id, command_id, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Recorded recorded : events) {
        Event event = recorded.event();
        statement.setLong(1, recorded.revision());
        statement.setString(2, event.sessionId());
        statement.setString(3, EventCodec.name(event));
        statement.setLong(4, recorded.at().toEpochMilli());
        statement.setString(5, recorded.caller().actor());
        statement.setString(6, event.reason());
        statement.setString(7, recorded.caller().client());
        statement.setString(8, recorded.caller().requestId());
        statement.setString(9, recorded.commandId());
        statement.setString(10, EventCodec.write(event));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void project(Batch batch) throws SQLException {
    for (Recorded recorded : batch.events()) {
      project(recorded.event());
    }
    for (Map.Entry<String, Session> entry : batch.sessions().entrySet()) {
      if (entry.getValue() == null) {
        run("DELETE FROM session WHERE id = ?", entry.getKey());
        run("DELETE FROM answer_row WHERE session_id = ?", entry.getKey());
      }
    }
    upsertSessions(batch.sessions().values());
    for (Map.Entry<String, Tombstone> entry : batch.tombstones().entrySet()) {
      project(entry.getKey(), entry.getValue());
    }
    if (!batch.keys().isEmpty()) {
      insertKeys(batch);
    }
  }

  private void project(Event event) throws SQLException {
    if (event instanceof Event.RowsAnswered answered) {
      upsertRows(answered);
    } else if (event instanceof Event.DocumentStored stored) {
      run(
          "INSERT OR REPLACE INTO document (id, body) VALUES (?, ?)",
          stored.document().id(),
          StoreJson.write(stored.document()));
    } else if (event instanceof Event.QuestionSetStored stored) {
      run(
          "INSERT INTO question_set (name, version, body) VALUES (?, ?, ?)",
          stored.questionSet().name(),
          stored.questionSet().version(),
          StoreJson.write(stored.questionSet()));
    }
  }

  private void project(String sessionId, Tombstone tombstone) throws SQLException {
    if (tombstone == null) {
      run("DELETE FROM tombstone WHERE session_id = ?", sessionId);
    } else {
      run(
          "INSERT INTO tombstone (session_id, revision, body) VALUES (?, ?, ?)",
          sessionId,
          tombstone.revision(),
          StoreJson.write(tombstone));
    }
  }

  private void upsertRows(Event.RowsAnswered answered) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO answer_row (session_id, question_id, body)"
                + " VALUES (?, ?, ?)")) {
      for (Row row : answered.rows()) {
        statement.setString(1, answered.sessionId());
        statement.setString(2, row.questionId());
        statement.setString(3, StoreJson.write(row));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void upsertSessions(Iterable<Session> sessions) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO session (id, revision, created_revision, state, title,"
                + " created_at, ended_at, expires_at, removed_at, search, labels, body)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Session session : sessions) {
        if (session != null) {
          bind(statement, session);
          statement.addBatch();
        }
      }
      statement.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, Session session) throws SQLException {
    statement.setString(1, session.id());
    statement.setLong(2, session.revision());
    statement.setLong(3, session.createdRevision());
    statement.setString(4, session.state().label());
    statement.setString(5, session.title());
    bind(statement, 6, session.createdAt());
    bind(statement, 7, session.endedAt());
    bind(statement, 8, session.expiresAt());
    bind(statement, 9, session.removedAt());
    statement.setString(10, searchText(session));
    statement.setString(11, StoreJson.write(session.labels()));
    statement.setString(12, StoreJson.write(session));
  }

  private static void bind(PreparedStatement statement, int place, Instant at) throws SQLException {
    if (at == null) {
      statement.setNull(place, Types.INTEGER);
    } else {
      statement.setLong(place, at.toEpochMilli());
    }
  }

  private static String searchText(Session session) {
    String filename = session.document() == null ? "" : session.document().filename();
    return String.join("\n", session.title(), filename, session.id(), session.createdBy())
        .toLowerCase(Locale.ROOT);
  }

  private void insertKeys(Batch batch) throws SQLException {
    long at = batch.events().get(batch.events().size() - 1).at().toEpochMilli();
    for (Map.Entry<Envelope.Key, Reply.Done<?>> entry : batch.keys().entrySet()) {
      run(
          "INSERT OR REPLACE INTO idempotency (scope, fingerprint, at, reply) VALUES (?, ?, ?, ?)",
          entry.getKey().scope(),
          entry.getKey().fingerprint(),
          at,
          StoreJson.write(entry.getValue()));
    }
    run("DELETE FROM idempotency WHERE at < ?", at - SqliteReads.KEPT.keysKept().toMillis());
  }

  /** Keeps the text of a document; again is harmless. */
  void insertPages(String documentId, List<String> pages) throws SQLException {
    begin();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO document_page (document_id, page, text) VALUES (?, ?, ?)")) {
      for (int i = 0; i < pages.size(); i++) {
        statement.setString(1, documentId);
        statement.setInt(2, i + 1);
        statement.setString(3, pages.get(i));
        statement.addBatch();
      }
      statement.executeBatch();
      SqliteConnections.execute(connection, COMMIT);
    } catch (SQLException e) {
      rollback();
      throw e;
    }
  }

  private void run(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  void close() throws SQLException {
    connection.close();
  }
}
