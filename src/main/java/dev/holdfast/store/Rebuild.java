package dev.holdfast.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Fills the tables beside the journal from it, after their shape has changed. */
final class Rebuild {
  private static final int PROGRESS = 10;

  private Rebuild() {}

  /**
   * All or nothing, in one transaction of an SQLite connection.
   *
   * @param schema that the store has afterwards
   */
  static void projections(Connection connection, int schema) throws SQLException {
    SqliteConnections.execute(connection, "BEGIN IMMEDIATE");
    try {
      Statements statements = new Statements(connection);
      Replay.run(connection, connection, (projection, stored) -> write(statements, projection));
      SqliteConnections.execute(connection, "PRAGMA user_version = " + schema);
      SqliteConnections.execute(connection, "COMMIT");
    } catch (SQLException | RuntimeException e) {
      SqliteConnections.execute(connection, "ROLLBACK");
      throw e;
    }
  }

  private static void write(Statements statements, Projection projection) throws SQLException {
    Projections.write(statements, projection);
    List<Object[]> progress =
        projection.events().stream()
            .filter(line -> line[PROGRESS] != null)
            .map(line -> new Object[] {line[PROGRESS], line[0]})
            .toList();
    statements.runEach("UPDATE event SET progress = ? WHERE revision = ?", progress);
  }
}
