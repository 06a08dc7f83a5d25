package dev.holdfast.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;

/** What a store holds after a loss of power, compared with what had been acknowledged before. */
final class Survivors {
  private final Path image;

  Survivors(Path image) {
    this.image = image;
  }

  /** The first thing that is wrong with the journal, in words; null when there is none. */
  String faultOfJournal(List<Ledger.Acknowledged> acknowledged) {
    Path database = image.resolve("holdfast.db");
    if (!Files.exists(database)) {
      return acknowledged.isEmpty() ? null : "there is no database";
    }
    try (Connection connection = open(database);
        Statement statement = connection.createStatement()) {
      String integrity = text(statement, "PRAGMA integrity_check");
      if (!"ok".equals(integrity)) {
        return "the database is broken: " + integrity;
      }
      boolean made = text(statement, "SELECT name FROM sqlite_schema WHERE name = 'event'") != null;
      return missing(made ? events(statement) : new TreeMap<>(), acknowledged);
    } catch (SQLException e) {
      return "the database cannot be read: " + e.getMessage();
    }
  }

  /** What is wrong with a document that was acknowledged; null when it is there as it was sent. */
  String faultOfDocument(String id, byte[] sent) throws IOException {
    Path document = image.resolve("documents").resolve(id + ".pdf");
    if (!Files.exists(document)) {
      return "the document is not there";
    }
    return Arrays.equals(Files.readAllBytes(document), sent) ? null : "the document is damaged";
  }

  /** Opened to be written, as a server does, so that it may roll back what was half done. */
  private static Connection open(Path database) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    return config.createConnection("jdbc:sqlite:" + database);
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : null;
    }
  }

  private static TreeMap<Long, String> events(Statement statement) throws SQLException {
    TreeMap<Long, String> events = new TreeMap<>();
    try (ResultSet result =
        statement.executeQuery("SELECT revision, ifnull(session_id, '') || body FROM event")) {
      while (result.next()) {
        events.put(result.getLong(1), result.getString(2));
      }
    }
    return events;
  }

  private static String missing(
      TreeMap<Long, String> events, List<Ledger.Acknowledged> acknowledged) {
    if (!events.isEmpty() && (events.firstKey() != 1 || events.lastKey() != events.size())) {
      return "the revisions have a hole";
    }
    for (Ledger.Acknowledged change : acknowledged) {
      String event = events.get(change.revision());
      if (event == null || !event.contains(change.text())) {
        return "revision " + change.revision() + " was acknowledged and is not there";
      }
    }
    return null;
  }
}
