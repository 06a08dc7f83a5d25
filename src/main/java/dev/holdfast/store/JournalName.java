package dev.holdfast.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Names a journal: revisions of another name are of another past. */
final class JournalName {
  private JournalName() {}

  /** The name; a new journal, and one that was restored, takes a new one. */
  static String of(Connection connection) throws SQLException {
    String name = UUID.randomUUID().toString();
    Sql.run(connection, "UPDATE journal SET id = ? WHERE id = ''", name);
    Sql.run(
        connection,
        "INSERT INTO journal (id) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM journal)",
        name);
    return Sql.one(connection, "SELECT id FROM journal", r -> r.getString(1));
  }

  /** Takes the name away from a copy, so that whoever opens it gives it one of its own. */
  static void remove(Connection connection) throws SQLException {
    Sql.run(connection, "UPDATE journal SET id = ''");
  }
}
