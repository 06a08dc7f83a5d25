package dev.holdfast.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** Two copies of a table, line by line in the order of the key. */
final class TableComparison {
  private static final int FETCH = 500;
  private static final int SHOWN_MAX = 300;

  private final String name;
  private final String columns;
  private final String key;
  private final String where;
  private String firstDifference;
  private long lines;

  private TableComparison(String name, String columns, String key, String where) {
    this.name = name;
    this.columns = columns;
    this.key = key;
    this.where = where;
  }

  /**
   * Everything that follows from the journal.
   *
   * @param compacted the revision before which the past is not kept
   */
  static List<TableComparison> all(long compacted) {
    return List.of(
        new TableComparison("session", Projection.SESSION_COLUMNS, "id", ""),
        new TableComparison(
            "session_version",
            Projection.VERSION_COLUMNS,
            "id, revision",
            " WHERE to_revision > " + compacted),
        new TableComparison("answer_row", Projection.ROW_COLUMNS, "session_id, question_id", ""),
        new TableComparison("tombstone", Projection.TOMBSTONE_COLUMNS, "session_id", ""),
        new TableComparison("document", Projection.DOCUMENT_COLUMNS, "id", ""),
        new TableComparison("question_set", Projection.QUESTION_SET_COLUMNS, "name, version", ""),
        new TableComparison("account", Projection.ACCOUNT_COLUMNS, "id", ""));
  }

  /** The lines of one side as texts. */
  private static final class Lines implements AutoCloseable {
    private final PreparedStatement statement;
    private final ResultSet result;
    private final int columns;
    private final MessageDigest digest = sha256();

    Lines(Connection connection, String sql, int columns) throws SQLException {
      this.columns = columns;
      statement = connection.prepareStatement(sql);
      statement.setFetchSize(FETCH);
      result = statement.executeQuery();
    }

    /** The next line, or null. */
    String next() throws SQLException {
      if (!result.next()) {
        return null;
      }
      StringBuilder line = new StringBuilder();
      for (int i = 1; i <= columns; i++) {
        line.append(i == 1 ? "" : " | ").append(result.getString(i));
      }
      digest.update(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
      return line.toString();
    }

    String sha256Hex() {
      return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }

  Verification.Table run(Connection journal, Connection store) throws SQLException {
    String sql = "SELECT " + columns + " FROM " + name + where + " ORDER BY " + key;
    int width = columns.split(",").length;
    try (Lines given = new Lines(journal, sql, width);
        Lines stored = new Lines(store, sql, width)) {
      String expected = given.next();
      String found = stored.next();
      while (expected != null || found != null) {
        if (firstDifference == null && (expected == null || !expected.equals(found))) {
          firstDifference = describe(expected, found);
        }
        lines += expected == null ? 0 : 1;
        expected = given.next();
        found = stored.next();
      }
      return new Verification.Table(name, lines, given.sha256Hex(), stored.sha256Hex());
    }
  }

  private String describe(String expected, String found) {
    return name
        + " ("
        + key
        + "): the journal gives "
        + shown(expected, found)
        + ", the store has "
        + shown(found, expected);
  }

  /** The line, from a little before where it differs. */
  private static String shown(String line, String other) {
    if (line == null) {
      return "no more lines";
    }
    int same = 0;
    int max = Math.min(line.length(), other == null ? 0 : other.length());
    while (same < max && line.charAt(same) == other.charAt(same)) {
      same++;
    }
    int keyEnd = Math.min(line.length(), Math.max(line.indexOf(" | "), 0));
    int from = Math.max(keyEnd, same - SHOWN_MAX / 4);
    String part = line.substring(from, Math.min(line.length(), from + SHOWN_MAX));
    return "\u201c"
        + line.substring(0, keyEnd)
        + (from > keyEnd ? " \u2026" : "")
        + part
        + "\u201d";
  }

  /** What differs first, for people; null when nothing does. */
  String firstDifference() {
    return firstDifference;
  }
}
