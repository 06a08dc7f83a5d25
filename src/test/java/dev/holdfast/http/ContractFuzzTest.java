package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that are made from the document of the API, some as it says, most a little off. {@code
 * -Dfuzz.requests=N} makes more of them, {@code -Dfuzz.seed=N} the same again.
 */
class ContractFuzzTest {
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 2_000);
  private static final long SEED = Long.getLong("fuzz.seed", 20_260_101);

  @TempDir private Path data;

  @Test
  void noRequestMadeFromTheDocumentBreaksTheServerOrChangesWhatItMayNot() {
    System.out.println("fuzz.seed=" + SEED);
    TreeMap<Integer, Integer> statuses = new TreeMap<>();
    try (TestServer server = TestServer.start(data)) {
      FuzzedRequests requests = new FuzzedRequests(new Random(SEED));
      long revision = server.revision();
      for (int i = 0; i < REQUESTS; i++) {
        if (i % 20 == 0) {
          server.create("for the fuzz " + i);
          requests.know(server.get("/api/v1/sessions?limit=20").json());
          revision = server.revision();
        }
        FuzzedRequests.Fuzzed request = requests.next();
        Reply reply =
            server.send(
                request.method(),
                request.path(),
                request.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()),
                request.headers());
        statuses.merge(reply.status(), 1, Integer::sum);
        assertThat(reply.status()).as("request %d %s: %s", i, request, reply).isLessThan(500);
        if (reply.status() >= 400) {
          assertThat(reply.header("Content-Type"))
              .as("request %d %s: %s", i, request, reply)
              .isIn("application/problem+json", request.isOld() ? "application/json" : "");
        }
        // A login that is refused is on record, too.
        boolean mayChange =
            !request.method().equals("GET")
                && (reply.status() < 300 || request.path().startsWith("/api/v1/login"));
        long now = server.revision();
        assertThat(now == revision || mayChange)
            .as("request %d %s changed the state: %s", i, request, reply)
            .isTrue();
        revision = now;
      }
    }
    System.out.println("fuzz: statuses " + statuses);
    // Requests that only ever miss would find nothing.
    assertThat(statuses.keySet()).containsAll(List.of(200, 201, 400, 404, 409, 415, 422));
  }
}
