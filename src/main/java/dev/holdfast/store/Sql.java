package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Statements with parameters. */
final class Sql {
  /** Lines that a driver may hold while a long result is read. */
  private static final int FETCH = 1_000;

  private Sql() {}

  /** Makes one thing of a line of a result. */
  interface Line<T> {
    T read(ResultSet result) throws SQLException;
  }

  /** Takes a line of a result. */
  interface Sink {
    void take(ResultSet result) throws SQLException;
  }

  /** Hands over every line. */
  static void each(Connection connection, String sql, Sink sink, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH);
      bind(statement, values);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          sink.take(result);
        }
      }
    }
  }

  static <T> List<T> list(Connection connection, String sql, Line<T> line, Object... values)
      throws SQLException {
    List<T> found = new ArrayList<>();
    each(connection, sql, result -> found.add(line.read(result)), values);
    return found;
  }

  /** The first line, or null. */
  static <T> T one(Connection connection, String sql, Line<T> line, Object... values)
      throws SQLException {
    List<T> found = list(connection, sql, line, values);
    return found.isEmpty() ? null : found.get(0);
  }

  /** Runs a statement and says how many lines it changed. */
  static int run(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /** Runs a statement once for each line of parameters. */
  static void runEach(Connection connection, String sql, List<Object[]> lines) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      runBatch(statement, lines);
    }
  }

  /** Runs it once for each line of parameters, and says how many lines each changed. */
  static int[] runBatch(PreparedStatement statement, List<Object[]> lines) throws SQLException {
    for (Object[] line : lines) {
      bind(statement, line);
      statement.addBatch();
    }
    return statement.executeBatch();
  }

  static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /** So many question marks. */
  static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /** An INSERT of those columns. */
  static String insert(String table, String columns) {
    return "INSERT INTO "
        + table
        + " ("
        + columns
        + ") VALUES ("
        + marks(columns.split(",").length)
        + ")";
  }

  /** What makes an INSERT replace the line with the same key, which is the first columns. */
  static String orReplace(String columns, int keys) {
    String[] names = columns.split(", ");
    List<String> key = List.of(names).subList(0, keys);
    List<String> sets = new ArrayList<>();
    for (String name : List.of(names).subList(keys, names.length)) {
      sets.add(name + " = excluded." + name);
    }
    return " ON CONFLICT (" + String.join(", ", key) + ") DO UPDATE SET " + String.join(", ", sets);
  }
}
