package dev.holdfast.bench;

import static dev.holdfast.bench.Api.await;

import dev.holdfast.store.JdbcStore;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Space on the disk. */
@Command(
    name = "bytes",
    description = "What a report of one row adds to each store, against the row as JSON.")
final class BytesBench implements Callable<Integer> {
  @Option(names = "--sessions", description = "With 100 rows each (default ${DEFAULT-VALUE}).")
  private int sessions = 200;

  @Override
  public Integer call() throws Exception {
    Report report =
        new Report(String.format("bytes: %,d reports of one row", sessions * Api.ROWS));
    double row = Api.row("Q50").encode().getBytes(StandardCharsets.UTF_8).length;
    Vertx vertx = Vertx.vertx();
    try (Workspace workspace = Workspace.create()) {
      for (Database database : Database.each(workspace, null)) {
        report.add(
            new Figure(
                database.name() + ": growth for each report",
                "bytes",
                new double[] {growth(vertx, database)},
                new double[] {row},
                Target.NONE));
      }
      report.note("The event with its row, the row itself, and the indexes of both.");
      report.note("Floor: the row as JSON in the report, once.");
    } finally {
      await(vertx.close());
    }
    return report.print(System.out);
  }

  private double growth(Vertx vertx, Database database) throws Exception {
    JdbcStore store = database.open(vertx);
    RunningSessions running =
        new RunningSessions(new BareOwner(store, Instant.now(), 7), sessions);
    long before = size(database);
    for (int i = 1; i <= Api.ROWS; i++) {
      running.report(i);
    }
    await(store.close());
    return (double) (size(database) - before) / (sessions * Api.ROWS);
  }

  /** With what still lies in the log of SQLite copied into the database. */
  private static long size(Database database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      if (database.isSqlite()) {
        statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
      }
      try (ResultSet result = statement.executeQuery(database.size())) {
        result.next();
        return result.getLong(1);
      }
    }
  }
}
