package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A batch as one statement: the fence, the events and everything that follows from them, in one way
 * to the server and back. Parts that a batch does not have are left out, so that there are few
 * different statements and the server keeps their plans.
 */
final class PostgresAppend {
  private static final String FENCE =
      "WITH fence AS (UPDATE ownership SET last_revision = ? WHERE name = 'owner' AND epoch = ?"
          + " AND last_revision = ? RETURNING last_revision)";

  private static final Set<String> NUMBERS =
      Set.of(
          "revision",
          "to_revision",
          "created_revision",
          "at",
          "created_at",
          "ended_at",
          "expires_at",
          "removed_at",
          "version",
          "idle_since");

  private final StringBuilder sql = new StringBuilder(FENCE);
  private final List<Object> parameters = new ArrayList<>();
  private final Projection projection;
  private int parts;

  /** Of the lines of one table. */
  private record Column(String type, Object[] values) {}

  private PostgresAppend(Projection projection) {
    this.projection = projection;
    insert("event", Projection.EVENT_COLUMNS, 0, projection.events());
    close(projection.closed());
    insert("session_version", Projection.VERSION_COLUMNS, 0, projection.versions());
    insert("session", Projection.SESSION_COLUMNS, 1, projection.sessions());
    delete("session", "id", projection.purged());
    delete("answer_row", "session_id", projection.purged());
    insert("answer_row", Projection.ROW_COLUMNS, 2, projection.rows());
    insert("tombstone", Projection.TOMBSTONE_COLUMNS, 0, projection.tombstones());
    delete("tombstone", "session_id", projection.forgotten());
    delete("session_version", "id", projection.forgotten());
    blank(projection.forgotten());
    insert("document", Projection.DOCUMENT_COLUMNS, 1, projection.documents());
    delete("document", "id", projection.droppedDocuments());
    delete("document_page", "document_id", projection.droppedDocuments());
    delete("document_chunk", "document_id", projection.droppedDocuments());
    insert("question_set", Projection.QUESTION_SET_COLUMNS, 0, projection.questionSets());
    insert("account", Projection.ACCOUNT_COLUMNS, 1, projection.accounts());
    delete("account", "id", projection.droppedAccounts());
    insert("idempotency", Projection.KEY_COLUMNS, 1, projection.keys());
    if (!projection.keys().isEmpty()) {
      part("DELETE FROM idempotency USING fence WHERE " + Projection.KEYS_FORGOTTEN);
      parameters.addAll(List.of(projection.keysForgotten()));
    }
    sql.append(" SELECT last_revision FROM fence");
  }

  /** Carries the batch out; false when another owner has taken over. */
  static boolean run(Connection connection, Projection projection, long epoch) throws SQLException {
    return new PostgresAppend(projection).run(connection, epoch);
  }

  private boolean run(Connection connection, long epoch) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      statement.setLong(1, projection.revision());
      statement.setLong(2, epoch);
      statement.setLong(3, projection.previous());
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(4 + i, value(connection, parameters.get(i)));
      }
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  private static Object value(Connection connection, Object parameter) throws SQLException {
    return parameter instanceof Column column
        ? connection.createArrayOf(column.type(), column.values())
        : parameter;
  }

  private void part(String statement) {
    sql.append(", p").append(parts++).append(" AS (").append(statement).append(")");
  }

  /** Lines as one array for each column. */
  private String unnest(String columns, List<Object[]> lines) {
    String[] names = columns.split(", ");
    List<String> marks = new ArrayList<>();
    for (int column = 0; column < names.length; column++) {
      String type = NUMBERS.contains(names[column]) ? "bigint" : "text";
      Object[] values = new Object[lines.size()];
      for (int line = 0; line < values.length; line++) {
        values[line] = lines.get(line)[column];
      }
      marks.add("?::" + type + "[]");
      parameters.add(new Column(type, values));
    }
    return "unnest(" + String.join(", ", marks) + ") AS u (" + columns + ")";
  }

  /**
   * @param keys columns of the key of a line that is replaced; 0 when it must be new
   */
  private void insert(String table, String columns, int keys, List<Object[]> lines) {
    if (!lines.isEmpty()) {
      String replace = keys == 0 ? "" : Sql.orReplace(columns, keys);
      part(
          "INSERT INTO "
              + table
              + " ("
              + columns
              + ") SELECT u.* FROM fence, "
              + unnest(columns, lines)
              + replace);
    }
  }

  /**
   * By the whole key: without statistics, as on a restored database, the server would rather look
   * at all open versions there are.
   */
  private void close(List<Object[]> closed) {
    if (!closed.isEmpty()) {
      part(
          "UPDATE session_version v SET to_revision = u.revision FROM fence, "
              + unnest("revision, id", closed)
              + ", LATERAL (SELECT w.revision AS began FROM session_version w WHERE w.id = u.id"
              + " ORDER BY w.revision DESC LIMIT 1) latest"
              + " WHERE v.id = u.id AND v.revision = latest.began AND v.to_revision = "
              + Projection.OPEN);
    }
  }

  private void delete(String table, String column, List<String> ids) {
    if (!ids.isEmpty()) {
      parameters.add(new Column("text", ids.toArray()));
      part("DELETE FROM " + table + " USING fence WHERE " + column + " = ANY (?::text[])");
    }
  }

  /** Not the events of this batch, which this statement does not see. */
  private void blank(List<String> sessions) {
    if (!sessions.isEmpty()) {
      parameters.add(new Column("text", sessions.toArray()));
      part("UPDATE event SET body = '' FROM fence WHERE session_id = ANY (?::text[])");
    }
  }
}
