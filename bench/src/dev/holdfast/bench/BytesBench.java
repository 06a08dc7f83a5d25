package dev.holdfast.bench;

import static dev.holdfast.bench.Api.await;

import dev.holdfast.session.CreateSession;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.ReportRows;
import dev.holdfast.session.StoreQuestionSet;
import dev.holdfast.store.JdbcStore;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Space on the disk. */
@Command(
    name = "bytes",
    description = "What a report of one row adds to each store, against the row as JSON.")
final class BytesBench implements Callable<Integer> {
  private static final String SET = "hundred";

  @Option(names = "--sessions", description = "With 100 rows each (default ${DEFAULT-VALUE}).")
  private int sessions = 200;

  @Override
  public Integer call() throws Exception {
    Report report =
        new Report(String.format("bytes: %,d reports of one row", sessions * Api.ROWS));
    double row = Api.row("Q50").encode().getBytes(StandardCharsets.UTF_8).length;
    Vertx vertx = Vertx.vertx();
    try (Workspace workspace = Workspace.create()) {
      for (Database database : Database.each(workspace)) {
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
    BareOwner owner = new BareOwner(store, Instant.now(), 7);
    List<String> ids = create(owner);
    long before = size(database);
    for (int i = 1; i <= Api.ROWS; i++) {
      for (String id : ids) {
        owner.submit(new ReportRows(id, 1, List.of(ReportsBench.row("Q" + i))));
      }
      owner.land();
    }
    await(store.close());
    return (double) (size(database) - before) / (sessions * Api.ROWS);
  }

  private List<String> create(BareOwner owner) throws Exception {
    List<QuestionSet.Question> questions = new ArrayList<>();
    for (int i = 1; i <= Api.ROWS; i++) {
      questions.add(new QuestionSet.Question("Q" + i, "Which requirement is number " + i + "?"));
    }
    List<QuestionSet.Section> sections = List.of(new QuestionSet.Section("s", "All", questions));
    owner.submit(new StoreQuestionSet(new QuestionSet(SET, 0, null, sections)));
    owner.land();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      ids.add(new UUID(7, i).toString());
      owner.submit(new CreateSession(ids.get(i), "Pump", "external", null, SET, 0, Map.of()));
    }
    owner.land();
    return ids;
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
