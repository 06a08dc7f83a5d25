package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.faults.Load;
import dev.holdfast.store.PostgresServer;
import dev.holdfast.store.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed under load: what it acknowledged is there again, and nothing else is. */
class KillIT {
  private static final int KILLS = Integer.getInteger("kills", 10);
  private static final int POSTGRES_KILLS = Integer.getInteger("kills.postgres", 3);
  private static final int CLIENTS = 64;
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir private Path data;

  private final Random random = new Random(1);
  private final Load load = new Load(CLIENTS);

  @Test
  void everythingAcknowledgedIsThereAfterEachKillAndNothingElseIs() throws Exception {
    killAgainAndAgain("sqlite:", KILLS);
  }

  @Test
  void theSameHoldsOnPostgresWhereTheNextStartWaitsForTheLease() throws Exception {
    killAgainAndAgain(PostgresServer.shared().newDatabase(), POSTGRES_KILLS);
  }

  private void killAgainAndAgain(String store, int kills) throws Exception {
    List<String> onThatStore = List.of("env", "HOLDFAST_STORE_URL=" + store);
    ServerProcess server = ServerProcess.startUnder(onThatStore, data);
    try {
      for (int kill = 0; kill < kills; kill++) {
        load.start(server::url);
        // why: a number of changes and not a time, so that a slow machine does as well.
        load.awaitAcknowledged(100 + random.nextInt(400));
        server.kill();
        load.stop();
        server = ServerProcess.startUnder(onThatStore, data);
        load.check(server::url);
      }
      Verification.Report report = Verification.of(store, data);
      assertThat(report.firstDifference()).isNull();
      assertThat(report.revision()).isGreaterThan(load.acknowledged());
    } finally {
      server.close();
    }
  }

  @Test
  void aRunningAnalysisGoesOnWhereItWas() throws Exception {
    ServerProcess server = ServerProcess.start(data);
    String document =
        JSON.readTree(
                server.upload(Path.of("webroot/sample/pump-station-specification.pdf")).body())
            .get("id")
            .asText();
    String body = "{\"questionSet\":\"bid-spec\",\"documentId\":\"" + document + "\"}";
    String id = JSON.readTree(server.post("/api/v1/sessions", body).body()).get("id").asText();
    Awaitility.await().until(() -> settled(results(server, id)) >= 5);
    server.kill();
    try (ServerProcess again = ServerProcess.start(data)) {
      Awaitility.await()
          .atMost(java.time.Duration.ofSeconds(60))
          .until(() -> results(again, id).at("/session/state").asText().equals("completed"));
      JsonNode results = results(again, id);
      assertThat(settled(results)).isEqualTo(100);
      assertThat(results.at("/session/attempt").asInt()).isEqualTo(2);
      List<Integer> attempts = new ArrayList<>();
      results
          .findValues("rows")
          .forEach(rows -> rows.forEach(r -> attempts.add(r.get("attempt").asInt())));
      assertThat(attempts).as("only open questions are asked again").contains(1, 2);
    }
  }

  private static JsonNode results(ServerProcess server, String id) throws Exception {
    return JSON.readTree(server.get("/api/v1/sessions/" + id + "/results").body());
  }

  private static int settled(JsonNode results) {
    JsonNode progress = results.at("/session/progress");
    return progress.get("answered").asInt() + progress.get("notFound").asInt();
  }
}
