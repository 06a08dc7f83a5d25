package dev.holdfast.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Crew;
import dev.holdfast.http.TestServer;
import dev.holdfast.verify.Linearizability.Verdict;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at one session at once: what they were told has an order, for every session. */
class HoldfastHistoriesTest {
  private static final int HISTORIES = Integer.getInteger("verify.histories", 40);
  private static final int OPERATIONS = 400;
  private static final int CLIENTS = 8;

  @TempDir private Path data;

  @Test
  void everyHistoryOfARealServerHasAnOrderAndAPlantedLieHasNone() {
    long seed = Long.getLong("verify.seed", new Random().nextLong(1_000_000));
    System.out.println("histories with -Dverify.seed=" + seed);
    try (TestServer server = TestServer.start(data)) {
      Run run = new Run(plan(server, seed), Shapes.of("holdfast"));
      HoldfastCalls calls = new HoldfastCalls(new Client("setup", run), OPERATIONS);
      List<Client> clients = new ArrayList<>();
      for (int i = 1; i <= CLIENTS; i++) {
        clients.add(new Client("client " + i, run));
      }
      for (int i = 0; i < HISTORIES; i++) {
        Known known = calls.create(clients.get(0));
        Crew.of(CLIENTS).all(number -> work(clients.get(number), calls, known));
        check(known);
      }
      assertThat(run.findings().first()).isNull();
    }
  }

  private static Plan plan(TestServer server, long seed) {
    List<URI> urls = List.of(server.uri(""));
    return new Plan(urls, "holdfast", 0, 1, 1, 1, seed, false, false, Map.of());
  }

  /** All clients change and read the one session at once. */
  private static void work(Client client, HoldfastCalls calls, Known known) {
    Viewer viewer = new Viewer(client);
    while (known.history().size() < OPERATIONS - 2 * CLIENTS) {
      step(client, viewer, calls, known);
    }
  }

  private static void step(Client client, Viewer viewer, HoldfastCalls calls, Known known) {
    int chance = client.random().nextInt(100);
    int attempt = Math.max(1, calls.attempt(known) - (chance % 10 == 0 ? 1 : 0));
    if (chance < 45) {
      calls.report(client, known, attempt);
    } else if (chance < 55) {
      calls.stop(client, known);
    } else if (chance < 60) {
      calls.end(client, known, attempt, false);
    } else if (chance < 78) {
      calls.resume(client, known);
    } else if (chance < 94) {
      viewer.results(known);
    } else {
      viewer.summary(known);
    }
  }

  private static void check(Known known) {
    History history = known.history();
    assertThat(history.size()).isBetween(OPERATIONS - 2 * CLIENTS, OPERATIONS + CLIENTS);
    Linearizability.Result<SessionModel> result = history.check();
    assertThat(result.verdict())
        .as(() -> Report.timeline(Explanation.of(known, result)))
        .isEqualTo(Verdict.ORDERED);
    List<Operation<SessionModel>> lie = new ArrayList<>(history.operations());
    long end = lie.stream().mapToLong(Operation::returned).max().orElseThrow();
    lie.add(
        new Operation<>(
            "liar",
            "shows no rows",
            end + 1,
            end + 2,
            before -> before.rows().isEmpty() ? before : null));
    assertThat(Linearizability.check(lie, SessionModel.CREATED, 500_000).verdict())
        .isEqualTo(Verdict.NO_ORDER);
  }
}
