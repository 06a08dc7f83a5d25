package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.store.PostgresServer;
import dev.holdfast.store.Verification;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final List<Client> clients = new ArrayList<>();
  private final AtomicInteger acknowledged = new AtomicInteger();

  /** One session after another, each change sent when the one before it was answered. */
  private final class Client implements Runnable {
    private final int number;
    private final Set<String> created = new HashSet<>();
    private ServerProcess server;
    private String session;
    private String acknowledgedAnswer;
    private String sentAnswer;
    private boolean acknowledgedStop;
    private boolean sentStop;
    private int count;

    Client(int number) {
      this.number = number;
    }

    @Override
    public void run() {
      try {
        while (true) {
          step();
        }
      } catch (IOException killed) {
        // The server is gone; what was sent last may or may not have happened.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void step() throws IOException, InterruptedException {
      count++;
      if (session == null || acknowledgedStop || sentStop) {
        create();
      } else if (count % 9 == 0) {
        sentStop = true;
        acknowledgedStop = ok(server.post("/api/v1/sessions/" + session + "/stop", "{}"));
      } else {
        sentAnswer = "answer " + number + "." + count;
        String row =
            "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"answered\",\"answer\":\""
                + sentAnswer
                + "\"}]}";
        if (ok(server.post("/api/v1/sessions/" + session + "/rows", row))) {
          acknowledgedAnswer = sentAnswer;
        }
      }
    }

    private void create() throws IOException, InterruptedException {
      String title = "client " + number + " session " + count;
      asked.add(title);
      session = null;
      HttpResponse<String> reply =
          server.post(
              "/api/v1/sessions",
              "{\"questionSet\":\"general\",\"analyzer\":\"external\",\"title\":\""
                  + title
                  + "\"}");
      if (ok(reply)) {
        session = JSON.readTree(reply.body()).get("id").asText();
        created.add(session);
        acknowledgedAnswer = null;
        sentAnswer = null;
        acknowledgedStop = false;
        sentStop = false;
      }
    }

    private boolean ok(HttpResponse<String> reply) {
      if (reply.statusCode() / 100 == 2) {
        acknowledged.incrementAndGet();
        return true;
      }
      assertThat(reply.statusCode()).as(reply.body()).isIn(503, 429);
      return false;
    }

    void check() throws IOException, InterruptedException {
      if (session != null) {
        JsonNode results =
            JSON.readTree(server.get("/api/v1/sessions/" + session + "/results").body());
        JsonNode answer = results.at("/sections/0/rows/0/answer");
        String found = answer.isNull() ? null : answer.asText();
        assertThat(found).isIn(acknowledgedAnswer, sentAnswer);
        String state = results.at("/session/state").asText();
        assertThat(state)
            .isIn(acknowledgedStop ? "partial" : "running", sentStop ? "partial" : "running");
        acknowledgedAnswer = found;
        sentStop = state.equals("partial");
        acknowledgedStop = sentStop;
      }
    }
  }

  @Test
  void everythingAcknowledgedIsThereAfterEachKillAndNothingElseIs() throws Exception {
    killAgainAndAgain("sqlite:", KILLS);
  }

  @Test
  void theSameHoldsOnPostgresWhereTheNextStartWaitsForTheLease() throws Exception {
    killAgainAndAgain(PostgresServer.shared().newDatabase(), POSTGRES_KILLS);
  }

  private void killAgainAndAgain(String store, int kills) throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client(i));
    }
    List<String> onThatStore = List.of("env", "HOLDFAST_STORE_URL=" + store);
    ServerProcess server = ServerProcess.startUnder(onThatStore, data);
    try {
      for (int kill = 0; kill < kills; kill++) {
        loadAndKill(server);
        server = ServerProcess.startUnder(onThatStore, data);
        check(server);
      }
      Verification.Report report = Verification.of(store, data);
      assertThat(report.firstDifference()).isNull();
      assertThat(report.revision()).isGreaterThan(acknowledged.get());
    } finally {
      server.close();
    }
  }

  /** Kills after a random number of acknowledged changes, so that a slow machine does as well. */
  private void loadAndKill(ServerProcess server) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    int enough = acknowledged.get() + 100 + random.nextInt(400);
    List<Future<?>> running = new ArrayList<>();
    for (Client client : clients) {
      client.server = server;
      running.add(threads.submit(client));
    }
    Awaitility.await().until(() -> acknowledged.get() >= enough);
    server.kill();
    for (Future<?> client : running) {
      client.get();
    }
    threads.shutdown();
  }

  private void check(ServerProcess server) throws IOException, InterruptedException {
    for (Client client : clients) {
      client.server = server;
      client.check();
    }
    Set<String> titles = new HashSet<>();
    Set<String> ids = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page = JSON.readTree(server.get("/api/v1/sessions?limit=500" + cursor).body());
      for (JsonNode item : page.get("items")) {
        assertThat(ids.add(item.get("id").asText())).isTrue();
        titles.add(item.get("title").asText());
      }
      JsonNode next = page.get("nextCursor");
      cursor = next.isNull() ? null : "&cursor=" + next.asText();
    } while (cursor != null);
    assertThat(asked).as("no phantom").containsAll(titles);
    clients.forEach(client -> assertThat(ids).as("nothing lost").containsAll(client.created));
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
