package dev.holdfast.bench;

import static dev.holdfast.bench.Api.await;

import dev.holdfast.bench.Servers.Server;
import dev.holdfast.store.JdbcStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many retained sessions. */
@Command(
    name = "retained",
    description =
        "Start and reads with 100,000 ended sessions on both stores, against the same lines read by"
            + " one bare statement.")
final class RetainedBench implements Callable<Integer> {
  private static final int REQUESTS = 100;

  /** Of what takes a second each time. */
  private static final int SLOW_REQUESTS = 5;

  /** Not measured: what a floor has read pushes out of the cache what the next one needs. */
  private static final int WARM_REQUESTS = 5;

  private static final int PAGE = 50;
  private static final int KNOWN = 1_000;

  @Option(names = "--sessions", description = "How many (default ${DEFAULT-VALUE}).")
  private int sessions = 100_000;

  @Option(names = "--rounds", description = "Rounds of each (default ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(names = "--store", description = "Measures that one alone.")
  private String only;

  private final Random random = new Random(3);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * One kind of request.
   *
   * @param floorReads how often the floor reads
   * @param sql what it reads
   * @param parameter of it; null when it has none
   */
  private record Case(
      String what,
      Target target,
      int requests,
      String path,
      int floorReads,
      String sql,
      Supplier<Object> parameter) {

    static Case quick(
        String what, int millisMax, String path, String sql, Supplier<Object> parameter) {
      Target target = Target.valueAtMost(millisMax);
      return new Case(what, target, REQUESTS, path, REQUESTS, sql, parameter);
    }
  }

  @Override
  public Integer call() throws Exception {
    Report report = new Report(String.format("retained: %,d ended sessions", sessions));
    Vertx vertx = Vertx.vertx();
    try (Workspace workspace = Workspace.create()) {
      for (Database database : Database.each(workspace, only)) {
        fill(vertx, database);
        report.add(load(vertx, database));
        read(workspace, database, report);
      }
      report.note("Titles of 47 characters, 40 documents, one row each; nothing else runs.");
      report.note(
          "p99 of "
              + REQUESTS
              + " requests over HTTP, one after the other; the slowest of "
              + SLOW_REQUESTS
              + " of text searches in the past and by the floor; all of it warm.");
      report.note("PostgreSQL after VACUUM ANALYZE, which it does by itself within a minute or two.");
      report.note("Floor: the lines of the answer, or of all sessions, by one bare statement.");
    } finally {
      await(vertx.close());
    }
    return report.print(System.out);
  }

  private void fill(Vertx vertx, Database database) throws Exception {
    JdbcStore store = database.open(vertx);
    Instant start = Instant.now().minus(Duration.ofDays(1));
    new EndedSessions(new BareOwner(store, start, 7)).add(sessions);
    await(store.close());
    if (!database.isSqlite()) {
      try (Connection bare = database.connect();
          Statement statement = bare.createStatement()) {
        statement.execute("VACUUM ANALYZE");
      }
    }
  }

  private Figure load(Vertx vertx, Database database) throws Exception {
    try (Connection bare = database.connect()) {
      return Rounds.alternate(
          database.name() + ": load",
          "s",
          Target.valueAtMost(5),
          rounds,
          () -> secondsToLoad(vertx, database),
          () -> secondsToRead(bare));
    }
  }

  private static double secondsToLoad(Vertx vertx, Database database) throws Exception {
    JdbcStore store = database.open(vertx);
    long start = System.nanoTime();
    await(store.load());
    double seconds = (System.nanoTime() - start) / 1e9;
    await(store.close());
    return seconds;
  }

  private static double secondsToRead(Connection bare) throws SQLException {
    long start = System.nanoTime();
    try (PreparedStatement statement = bare.prepareStatement("SELECT * FROM session")) {
      readAll(statement);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void readAll(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        for (int i = 1; i <= columns; i++) {
          result.getString(i);
        }
      }
    }
  }

  private void read(Workspace workspace, Database database, Report report)
      throws Exception {
    try (Server server = Servers.holdfast(workspace, database);
        Connection bare = database.connect()) {
      for (Case one : cases(database, bare)) {
        report.add(measure(server, bare, database.name() + ": " + one.what(), one));
      }
    }
  }

  /** In a path {@code #} stands for the parameter and {@code @} for a revision of the past. */
  private List<Case> cases(Database database, Connection bare) throws SQLException {
    List<String> ids = ids(bare);
    Supplier<Object> id = () -> ids.get(random.nextInt(ids.size()));
    Supplier<Object> text = () -> String.format("station %05d", random.nextInt(sessions / 10));
    String newest = " ORDER BY created_revision DESC LIMIT " + PAGE;
    String page = "SELECT body FROM session" + newest;
    String holds = "SELECT body FROM session WHERE " + database.position() + "(search, ?) > 0";
    String one = "SELECT body FROM session WHERE id = ?";
    String events = "SELECT body FROM event WHERE session_id = ?";
    String list = "/api/v1/sessions";
    return List.of(
        Case.quick("first page of the list", 20, list, page, null),
        new Case(
            "text search",
            Target.valueAtMost(100),
            REQUESTS,
            list + "?q=#",
            SLOW_REQUESTS,
            holds + newest,
            text),
        new Case(
            "text search in the past",
            Target.NONE,
            SLOW_REQUESTS,
            list + "?at=@&q=#",
            SLOW_REQUESTS,
            holds + newest,
            text),
        Case.quick("page of a past list", 100, list + "?at=@", page, null),
        Case.quick("past session", 100, list + "/#?at=@", one, id),
        Case.quick("past results", 100, list + "/#/results?at=@", events, id));
  }

  /** Of sessions that ended in the first half of the journal. */
  private static List<String> ids(Connection bare) throws SQLException {
    List<String> ids = new ArrayList<>();
    String sql = "SELECT id FROM session ORDER BY created_revision LIMIT " + KNOWN;
    try (PreparedStatement statement = bare.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        ids.add(result.getString(1));
      }
    }
    return ids;
  }

  private Figure measure(Server server, Connection bare, String what, Case one) throws Exception {
    try (PreparedStatement statement = bare.prepareStatement(one.sql())) {
      return Rounds.alternate(
          what,
          "ms",
          one.target(),
          rounds,
          () -> p99(server, one),
          () ->
              Latencies.p99(
                  one.floorReads(),
                  () -> {
                    if (one.parameter() != null) {
                      statement.setObject(1, one.parameter().get());
                    }
                    readAll(statement);
                  }));
    }
  }

  private double p99(Server server, Case one) throws Exception {
    for (int i = 0; i < WARM_REQUESTS; i++) {
      get(server, path(one));
    }
    return Latencies.p99(one.requests(), () -> get(server, path(one)));
  }

  private void get(Server server, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpResponse<byte[]> answer =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.statusCode());
    }
  }

  /** Three events each, so that this is in the second half of the journal. */
  private String path(Case one) {
    int past = 2 * sessions + random.nextInt(sessions);
    String parameter = one.parameter() == null ? "" : one.parameter().get().toString();
    return one.path().replace("@", Integer.toString(past)).replace("#", parameter.replace(" ", "%20"));
  }
}
