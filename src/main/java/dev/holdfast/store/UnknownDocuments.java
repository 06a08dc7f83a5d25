package dev.holdfast.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Text and content of documents whose upload was cut off before the event that would have made them
 * known. Only whoever owns the journal, and takes no uploads yet, may look for them.
 */
final class UnknownDocuments {
  /** Chunks that one step removes, so that the lease is not held for long. */
  private static final int CHUNKS_MAX = 100;

  private UnknownDocuments() {}

  /** Ids that such a table names and that are no document's; it is not read line by line. */
  static List<String> in(Connection connection, String table) throws SQLException {
    return Sql.list(
        connection,
        "WITH RECURSIVE named (id) AS (SELECT min(document_id) FROM "
            + table
            + " UNION ALL SELECT (SELECT min(document_id) FROM "
            + table
            + " WHERE document_id > named.id) FROM named WHERE named.id IS NOT NULL)"
            + " SELECT id FROM named WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM document)",
        r -> r.getString(1));
  }

  static void dropText(Connection connection, String documentId) throws SQLException {
    Sql.run(connection, "DELETE FROM document_page WHERE document_id = ?", documentId);
  }

  /** Removes some of the content; false when there was none. */
  static boolean dropSomeContent(Connection connection, String documentId) throws SQLException {
    return Sql.run(
            connection,
            "DELETE FROM document_chunk WHERE document_id = ? AND place IN"
                + " (SELECT place FROM document_chunk WHERE document_id = ? LIMIT ?)",
            documentId,
            documentId,
            CHUNKS_MAX)
        > 0;
  }
}
