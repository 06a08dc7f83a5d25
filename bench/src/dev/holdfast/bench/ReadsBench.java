package dev.holdfast.bench;

import dev.holdfast.bench.Servers.Server;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads beside changes. */
@Command(
    name = "reads",
    description =
        "Lists and results over 64 connections, 100 transitions/s beside them, against a bare"
            + " server that makes one bus hop and returns cached bytes of the same size.")
final class ReadsBench implements Callable<Integer> {
  private static final int SESSIONS = 1_000;
  private static final int TRANSITIONS = 100;
  private static final int WARM_SECONDS = 2;
  private static final String SMALL = "one";
  private static final String LARGE = "hundred";

  @Option(names = "--rounds", description = "Rounds of each (default ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(names = "--seconds", description = "Seconds a round (default ${DEFAULT-VALUE}).")
  private int seconds = 2;

  private record Case(String what, String path) {}

  @Override
  public Integer call() throws Exception {
    Report report = new Report("reads: answers/s over " + Load.CONNECTIONS + " connections");
    Vertx vertx = Vertx.vertx();
    try (Workspace workspace = Workspace.create();
        Server ours = Servers.holdfast(workspace);
        Server floor = Servers.floor(workspace)) {
      Api api = new Api(vertx, ours.port());
      List<Case> cases = prepare(api);
      for (Case one : cases) {
        report.add(measure(vertx, workspace, ours, floor, one));
      }
      report.note(
          "The same writer sends both servers 50 creations and 50 stops a second; the floor answers"
              + " them at once.");
      report.note("500 sessions is the longest page; the store holds over 1,000.");
      report.note("Load: " + (Load.hasWrk() ? "wrk, one thread" : "a Vert.x client") + ".");
    } finally {
      vertx.close();
    }
    return report.print(System.out);
  }

  private static List<Case> prepare(Api api) throws Exception {
    api.storeQuestions(SMALL, 1);
    api.storeQuestions(LARGE, Api.ROWS);
    api.createAll(SMALL, SESSIONS);
    List<String> pair = api.createAll(LARGE, 2);
    for (String id : pair) {
      Api.await(api.post("/api/v1/sessions/" + id + "/rows", Api.allRows()));
    }
    Api.await(
        api.post(
            "/api/v1/sessions/" + pair.get(1) + "/complete",
            new io.vertx.core.json.JsonObject().put("attempt", 1)));
    return List.of(
        new Case("list of 50", "/api/v1/sessions"),
        new Case("list of 500 (of 1,000)", "/api/v1/sessions?limit=500"),
        new Case("results of 100 rows, running", "/api/v1/sessions/" + pair.get(0) + "/results"),
        new Case("results of 100 rows, ended", "/api/v1/sessions/" + pair.get(1) + "/results"));
  }

  private Figure measure(Vertx vertx, Workspace workspace, Server ours, Server floor, Case one)
      throws Exception {
    int bytes = new Api(vertx, ours.port()).size(one.path());
    Load load = Load.get(ours.port(), one.path());
    Load bare = Load.get(floor.port(), "/bytes/" + bytes);
    beside(vertx, workspace, ours, load, WARM_SECONDS);
    beside(vertx, workspace, floor, bare, WARM_SECONDS);
    return Rounds.alternate(
        one.what() + ", " + (bytes + 512) / 1024 + " KiB",
        "answers/s",
        Target.atLeast(0.8),
        rounds,
        () -> beside(vertx, workspace, ours, load, seconds),
        () -> beside(vertx, workspace, floor, bare, seconds));
  }

  private double beside(Vertx vertx, Workspace workspace, Server server, Load load, int forSeconds)
      throws Exception {
    try (Transitions changes =
        new Transitions(vertx, new Api(vertx, server.port()), SMALL, TRANSITIONS)) {
      double perSecond = load.run(workspace, forSeconds);
      if (changes.failed() > 0 || changes.perSecond() < TRANSITIONS / 2.0) {
        System.err.printf(
            "only %.0f transitions/s, %d failed%n", changes.perSecond(), changes.failed());
      }
      return perSecond;
    }
  }
}
