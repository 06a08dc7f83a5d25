package dev.holdfast.bench;

import dev.holdfast.store.JdbcStore;
import dev.holdfast.store.PostgresServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A new store of one kind.
 *
 * @param url as in the configuration
 * @param directory for its data
 */
record Database(String name, String url, Path directory) {

  private static final String SQLITE = "SQLite";

  /** What kinds there are, or that one alone when it is not null. */
  static List<String> kinds(String only) {
    return Stream.of(SQLITE, "PostgreSQL")
        .filter(kind -> only == null || kind.equalsIgnoreCase(only))
        .toList();
  }

  /** A new one of that kind, with its data in the workspace or in a server of this process. */
  static Database of(String kind, Workspace workspace, String name) {
    String url = kind.equals(SQLITE) ? "sqlite:" : PostgresServer.shared().newDatabase();
    return new Database(kind, url, workspace.file(name));
  }

  /** One of each kind, or of that kind alone when it is not null. */
  static List<Database> each(Workspace workspace, String only) {
    return kinds(only).stream()
        .map(kind -> of(kind, workspace, kind.toLowerCase(Locale.ROOT)))
        .toList();
  }

  boolean isSqlite() {
    return JdbcStore.isEmbedded(url);
  }

  JdbcStore open(Vertx vertx) throws Exception {
    return JdbcStore.open(vertx, url, directory);
  }

  /** A bare connection for what a floor reads. */
  Connection connect() throws SQLException {
    return isSqlite()
        ? DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("holdfast.db"))
        : PostgresServer.connect(url);
  }

  /** As a session's search text is looked at. */
  String position() {
    return isSqlite() ? "instr" : "strpos";
  }

  /** SQL for the bytes that the database takes. */
  String size() {
    return isSqlite()
        ? "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        : "SELECT pg_database_size(current_database())";
  }
}
