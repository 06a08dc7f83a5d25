package dev.holdfast.bench;

import dev.holdfast.store.JdbcStore;
import dev.holdfast.store.PostgresServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * A new store of one kind.
 *
 * @param url as in the configuration
 * @param directory for its data
 */
record Database(String name, String url, Path directory) {

  /** One of each kind, with their data in the workspace or in a server of this process. */
  static List<Database> each(Workspace workspace) {
    return List.of(
        new Database("SQLite", "sqlite:", workspace.file("sqlite")),
        new Database(
            "PostgreSQL", PostgresServer.shared().newDatabase(), workspace.file("postgresql")));
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
