package dev.holdfast.store;

import static dev.holdfast.store.Sql.insert;
import static dev.holdfast.store.Sql.orReplace;

import java.sql.SQLException;
import java.util.List;

/** Writes what a batch changes beside its events, statement by statement. */
final class Projections {
  private static final String UPSERT_SESSION = upsert("session", Projection.SESSION_COLUMNS, 1);
  private static final String INSERT_VERSION =
      insert("session_version", Projection.VERSION_COLUMNS);
  private static final String UPSERT_ROW = upsert("answer_row", Projection.ROW_COLUMNS, 2);
  private static final String INSERT_TOMBSTONE = insert("tombstone", Projection.TOMBSTONE_COLUMNS);
  private static final String UPSERT_DOCUMENT = upsert("document", Projection.DOCUMENT_COLUMNS, 1);
  private static final String INSERT_QUESTION_SET =
      insert("question_set", Projection.QUESTION_SET_COLUMNS);
  private static final String UPSERT_ACCOUNT = upsert("account", Projection.ACCOUNT_COLUMNS, 1);
  private static final String UPSERT_KEY = upsert("idempotency", Projection.KEY_COLUMNS, 1);
  private static final String FORGET_KEYS =
      "DELETE FROM idempotency WHERE " + Projection.KEYS_FORGOTTEN;

  private Projections() {}

  private static String upsert(String table, String columns, int keys) {
    return insert(table, columns) + orReplace(columns, keys);
  }

  static void write(Statements statements, Projection projection) throws SQLException {
    statements.runEach(
        "UPDATE session_version SET to_revision = ? WHERE id = ? AND to_revision = "
            + Projection.OPEN,
        projection.closed());
    statements.runEach(INSERT_VERSION, projection.versions());
    statements.runEach(UPSERT_SESSION, projection.sessions());
    statements.runEach("DELETE FROM session WHERE id = ?", ids(projection.purged()));
    statements.runEach("DELETE FROM answer_row WHERE session_id = ?", ids(projection.purged()));
    statements.runEach(UPSERT_ROW, projection.rows());
    statements.runEach(INSERT_TOMBSTONE, projection.tombstones());
    forget(statements, ids(projection.forgotten()));
    statements.runEach(UPSERT_DOCUMENT, projection.documents());
    List<Object[]> dropped = ids(projection.droppedDocuments());
    statements.runEach("DELETE FROM document WHERE id = ?", dropped);
    statements.runEach("DELETE FROM document_page WHERE document_id = ?", dropped);
    statements.runEach(INSERT_QUESTION_SET, projection.questionSets());
    statements.runEach(UPSERT_ACCOUNT, projection.accounts());
    statements.runEach("DELETE FROM account WHERE id = ?", ids(projection.droppedAccounts()));
    if (!projection.keys().isEmpty()) {
      statements.runEach(UPSERT_KEY, projection.keys());
      statements.run(FORGET_KEYS, projection.keysForgotten());
    }
  }

  private static void forget(Statements statements, List<Object[]> sessions) throws SQLException {
    statements.runEach("DELETE FROM tombstone WHERE session_id = ?", sessions);
    statements.runEach("DELETE FROM session_version WHERE id = ?", sessions);
    statements.runEach("UPDATE event SET body = '' WHERE session_id = ?", sessions);
  }

  private static List<Object[]> ids(List<String> ids) {
    return ids.stream().map(id -> new Object[] {id}).toList();
  }
}
