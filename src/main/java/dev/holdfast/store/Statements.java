package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Statements of one connection, each prepared once: to prepare them for each batch anew cost small
 * ones a tenth. For one thread; they end with the connection.
 */
final class Statements {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** What is done with a prepared statement. */
  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  /** Runs a statement and says how many lines it changed. */
  int run(String sql, Object... values) throws SQLException {
    return use(
        sql,
        statement -> {
          Sql.bind(statement, values);
          return statement.executeUpdate();
        });
  }

  /** Runs a statement once for each line of parameters. */
  void runEach(String sql, List<Object[]> lines) throws SQLException {
    if (!lines.isEmpty()) {
      use(sql, statement -> Sql.runBatch(statement, lines));
    }
  }

  /** The first line, or null. */
  <T> T one(String sql, Sql.Line<T> line) throws SQLException {
    return use(
        sql,
        statement -> {
          try (ResultSet result = statement.executeQuery()) {
            return result.next() ? line.read(result) : null;
          }
        });
  }

  /** One that failed may hold parameters or a lock: it is prepared anew. */
  private <T> T use(String sql, Use<T> use) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    try {
      return use.of(statement);
    } catch (SQLException | RuntimeException e) {
      prepared.remove(sql);
      statement.close();
      throw e;
    }
  }
}
