package dev.holdfast.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The text of documents. */
final class DocumentPages {
  private static final String COLUMNS = "document_id, page, text";

  private DocumentPages() {}

  /** Keeps the text of a document; again is harmless. */
  static void insert(Connection connection, String documentId, List<String> pages)
      throws SQLException {
    List<Object[]> lines = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      // A PDF can hold NUL characters, which PostgreSQL cannot.
      lines.add(new Object[] {documentId, (long) (i + 1), pages.get(i).replace("\0", "")});
    }
    Sql.runEach(
        connection, Sql.insert("document_page", COLUMNS) + Sql.orReplace(COLUMNS, 2), lines);
  }
}
