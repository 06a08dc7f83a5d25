package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input changes nothing and is told what to do. */
class BadInputTest {
  @TempDir private static Path data;
  private static TestServer server;
  private static String running;
  private long before;

  @BeforeAll
  static void start() {
    server = TestServer.start(data);
    running = server.create("Running");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void note() {
    before = server.revision();
  }

  @AfterEach
  void nothingHasChanged() {
    assertThat(server.revision()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|400|malformed-request",
        "null|400|malformed-request",
        "[]|400|malformed-request",
        "7|400|malformed-request",
        "{\"questionSet\":7}|400|malformed-request",
        "{\"questionSet\":\"small\",\"labels\":[]}|400|malformed-request",
        "{\"questionSet\":\"small\",\"labels\":{\"a\":null}}|400|malformed-request",
        "{\"questionSet\":\"small\",\"unknown\":1}|400|malformed-request",
        "{\"questionSet\":\"small\",\"questionSet\":\"small\"}|400|malformed-request",
        "{\"questionSet\":\"small\"} x|400|malformed-request",
        "{}|422|invalid-value",
        "{\"questionSet\":\"small\",\"analyzer\":\"magic\"}|422|invalid-value",
        "{\"questionSet\":\"none\",\"analyzer\":\"external\"}|422|unknown-question-set",
        "{\"questionSet\":\"small@9\",\"analyzer\":\"external\"}|422|unknown-question-set",
        "{\"questionSet\":\"small\"}|422|unknown-document",
        "{\"questionSet\":\"small\",\"documentId\":\"../../etc/passwd\"}|422|unknown-document",
      })
  void aCreationThatCannotBeUnderstoodIsRefused(String body, int status, String type) {
    server.post("/api/v1/sessions", body).isProblem(status, type);
  }

  @Test
  void aTitleOfAHundredThousandCharactersIsTooLarge() {
    Map<String, Object> body =
        Map.of("questionSet", "small", "analyzer", "external", "title", "t".repeat(100_000));
    server.post("/api/v1/sessions", body).isProblem(413, "too-large");
    Map<String, Object> shorter =
        Map.of("questionSet", "small", "analyzer", "external", "title", "t".repeat(201));
    server.post("/api/v1/sessions", shorter).isProblem(422, "invalid-value");
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    String deep = "{\"labels\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_001);
    server.post("/api/v1/sessions", deep).isProblem(400, "malformed-request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"attempt\":2,\"rows\":[ROW]}|409|stale-attempt",
        "{\"attempt\":1,\"rows\":[]}|422|invalid-value",
        "{\"attempt\":1}|422|invalid-value",
        "{\"attempt\":1,\"rows\":[null]}|400|malformed-request",
        "{\"attempt\":1.5,\"rows\":[ROW]}|400|malformed-request",
        "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q9\",\"status\":\"answered\",\"answer\":\"a\"}]}|422|unknown-question",
        "{\"attempt\":1,\"rows\":[ROW,{\"questionId\":\"Q9\",\"status\":\"not_found\"}]}|422|unknown-question",
        "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"answered\"}]}|422|invalid-value",
        "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"done\"}]}|422|invalid-value",
        "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"answered\",\"answer\":\"a\",\"confidence\":7}]}|422|invalid-value",
        "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"answered\",\"answer\":\"a\",\"pages\":[0]}]}|422|invalid-value",
        "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"answered\",\"answer\":\"a\",\"pages\":[1,1]}]}|422|invalid-value",
        "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"answered\",\"answer\":\"a\",\"quotes\":[{\"page\":0,\"text\":\"x\"}]}]}|422|invalid-value",
        "{\"attempt\":2,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"answered\",\"answer\":\"a\",\"confidence\":7}]}|409|stale-attempt",
      })
  void aReportThatDoesNotFitIsRefusedAsAWhole(String body, int status, String type) {
    String row = "{\"questionId\":\"Q1\",\"status\":\"answered\",\"answer\":\"a\"}";
    server
        .post(TestServer.session(running) + "/rows", body.replace("ROW", row))
        .isProblem(status, type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "..%2f..%2fetc%2fpasswd", "%00", "%2e%2e", "a%20b"})
  void anIdThatNeverExistedIsNotFoundWhateverItLooksLike(String id) {
    server.get("/api/v1/sessions/" + id).isProblem(404, "not-found");
    server.post("/api/v1/sessions/" + id + "/stop", "{}").isProblem(404, "not-found");
    server
        .post("/api/v1/sessions/" + id + "/rows", "{\"attempt\":1,\"rows\":[]}")
        .isProblem(404, "not-found");
    server.get("/api/v1/documents/" + id + "/content").isProblem(404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sessions?limit=0",
        "sessions?limit=501",
        "sessions?limit=x",
        "sessions?state=odd",
        "sessions?sort=odd",
        "sessions?odd=1",
        "sessions?cursor=abc",
        "sessions?cursor=%2e",
        "sessions?state=failed&cursor=CURSOR",
        "sessions?limit=1&limit=2",
        "stream?after=abc",
        "stream?after=-1",
        "changes?after=abc",
        "changes?wait=31",
      })
  void aParameterThatHasNoSuchValueIsRefused(String path) {
    String cursor =
        server.create("One more") == null
            ? null
            : server.get("/api/v1/sessions?limit=1").json().get("nextCursor").asText();
    before = server.revision();
    server.get("/api/v1/" + path.replace("CURSOR", cursor)).isProblem(400, "bad-parameter");
  }

  @Test
  void aChangeFromElsewhereIsRefused() {
    String path = TestServer.session(running) + "/stop";
    server.post(path, "{}", "X-Holdfast", null).isProblem(403, "forbidden");
    server.post(path, "{}", "Origin", "https://evil.example").isProblem(403, "forbidden");
    server.post(path, "{}", "Sec-Fetch-Site", "cross-site").isProblem(403, "forbidden");
    server
        .post("/api/stop/" + running, null, "Origin", "https://evil.example")
        .isProblem(403, "forbidden");
    server.post(path, "{}", "Content-Type", "text/plain").isProblem(415, "unsupported-media-type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET / HTTP/1.1\\nHost: HOST\\nHost: HOST\\n\\n|400",
        "GET /api/v1/sessions HTTP/1.1\\nHost: evil.example\\n\\n|421",
        "GET /api/v1/sessions HTTP/1.1\\n\\n|400",
        "GARBAGE\\n\\n|400",
      })
  void aRequestThatIsNotHttpOrMeansAnotherHostIsRefused(String request, int status)
      throws IOException {
    try (RawClient client = server.raw()) {
      Reply reply = client.lines(request.replace("\\n", "\n")).reply();
      assertThat(reply.status()).as("%s", reply).isEqualTo(status);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void aBodyThatCannotBeParsedIsRefusedOrCutAndNeverBlamedOnTheServer() throws IOException {
    String head =
        "POST /api/v1/sessions HTTP/1.1\nHost: HOST\nX-Holdfast: 1\n"
            + "Content-Type: application/json\nTransfer-Encoding: chunked\n\nxyz\n";
    try (RawClient client = server.raw()) {
      assertThat(client.lines(head).reply().status()).isEqualTo(400);
    } catch (EOFException cut) {
      assertThat(server.get("/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void headersAndAddressesHaveALimit() throws IOException {
    try (RawClient client = server.raw()) {
      String header = "GET / HTTP/1.1\nHost: HOST\nX-Long: " + "x".repeat(20_000) + "\n\n";
      client.lines(header).reply().isProblem(431, "headers-too-large");
    }
    try (RawClient client = server.raw()) {
      String address = "GET /" + "x".repeat(20_000) + " HTTP/1.1\nHost: HOST\n\n";
      client.lines(address).reply().isProblem(414, "uri-too-long");
    }
  }

  @Test
  void whatHasNoRouteIsNotFound() {
    server.get("/api/v1/nothing").isProblem(404, "not-found");
    server.post(TestServer.session(running) + "/resume", "{}").isProblem(404, "not-found");
    server.delete("/api/v1/sessions").isProblem(405, "method-not-allowed");
  }

  @Test
  void aKeyIsGoodForOneRequestAndGivesTheSameReplyAgain() throws Exception {
    Set<String> ids = Collections.synchronizedSet(new HashSet<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () ->
                  ids.add(
                      server
                          .post("/api/v1/sessions", TestServer.EXTERNAL, "Idempotency-Key", "k1")
                          .is(201)
                          .text()));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(ids).hasSize(1);
    before = server.revision();
    server.restart();
    Reply again =
        server.post("/api/v1/sessions", TestServer.EXTERNAL, "Idempotency-Key", "k1").is(201);
    assertThat(ids).containsExactly(again.text());
    JsonNode other =
        server
            .post(
                "/api/v1/sessions",
                Map.of("questionSet", "small", "analyzer", "external", "title", "other"),
                "Idempotency-Key",
                "k1")
            .isProblem(422, "idempotency-key-reused");
    assertThat(other.get("detail").asText()).contains("new one");
  }
}
