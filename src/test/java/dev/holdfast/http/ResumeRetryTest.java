package dev.holdfast.http;

import static dev.holdfast.http.TestServer.SET;
import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** An ended session goes on under its next attempt, or is asked anew beside the old one. */
class ResumeRetryTest {
  private static final Map<String, Object> FAILURE =
      Map.of("attempt", 1, "error", Map.of("type", "quota", "message", "No more tokens"));

  @TempDir private static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String stopped(String title) {
    String id = server.create(title);
    server.post(session(id) + "/rows", rows(row("Q1", "kept"))).is(200);
    server.post(session(id) + "/stop", Map.of("reason", "wrong file")).is(200);
    return id;
  }

  private static Reply resume(String id, Object body, String... headers) {
    return server.post(session(id) + "/resume", body, headers);
  }

  private static Reply retry(String id, Object body, String... headers) {
    return server.post(session(id) + "/retry", body, headers);
  }

  @Test
  void aStoppedSessionGoesOnUnderItsNextAttemptWithItsRows() {
    String id = stopped("Resumed");
    JsonNode rowsBefore = server.get(session(id) + "/results").json().get("sections");

    Reply resumed = resume(id, Map.of("scope", "pending", "reason", "right after all")).is(200);

    JsonNode session = resumed.json();
    assertThat(session.get("state").asText()).isEqualTo("running");
    assertThat(session.get("attempt").asInt()).isEqualTo(2);
    for (String ended : List.of("endedAt", "expiresAt", "reason", "error")) {
      assertThat(session.get(ended).isNull()).as(ended).isTrue();
    }
    assertThat(session.at("/progress/answered").asInt()).isEqualTo(1);
    assertThat(resumed.etag()).isEqualTo("\"" + session.get("revision").asLong() + "\"");
    assertThat(resumed.revision()).isEqualTo(session.get("revision").asLong());
    assertThat(server.get(session(id)).json()).isEqualTo(session);
    assertThat(server.get(session(id) + "/results").json().get("sections")).isEqualTo(rowsBefore);
    server.refuses(
        409,
        "stale-attempt",
        () -> server.post(session(id) + "/rows", rows(row("Q2", "from the first attempt"))));
    server
        .post(
            session(id) + "/rows",
            Map.of("attempt", 2, "rows", List.of(row("Q2", "from the next"))))
        .is(200);
    server.post(session(id) + "/complete", Map.of("attempt", 2)).is(200);
    JsonNode table = server.get(session(id) + "/results").json();
    assertThat(table.at("/sections/0/rows/0/attempt").asInt()).isEqualTo(1);
    assertThat(table.at("/sections/0/rows/1/attempt").asInt()).isEqualTo(2);
    assertThat(table.at("/session/progress/answered").asInt()).isEqualTo(2);
  }

  @Test
  void aResumedSessionIsOnRecordWithScopeAndReason() {
    String id = stopped("On record");

    resume(id, Map.of("scope", "notFound", "reason", "look again")).is(200);

    JsonNode events = server.get(session(id) + "/events").json().get("items");
    JsonNode resumed = events.get(4);
    assertThat(resumed.get("type").asText()).isEqualTo("session-resumed.v1");
    assertThat(resumed.get("reason").asText()).isEqualTo("look again");
    assertThat(resumed.at("/data/scope").asText()).isEqualTo("NOT_FOUND");
    assertThat(resumed.at("/data/attempt").asInt()).isEqualTo(2);
  }

  @Test
  void aFailedSessionGoesOnWithoutItsError() {
    String id = server.create("Failed");
    server.post(session(id) + "/fail", FAILURE).is(200);

    JsonNode session = resume(id, null).is(200).json();

    assertThat(session.get("state").asText()).isEqualTo("running");
    assertThat(session.get("error").isNull()).isTrue();
  }

  @Test
  void aResumedSessionIsTheSameAfterARestart() {
    String id = stopped("Restarted");
    JsonNode session = resume(id, null).is(200).json();
    JsonNode table = server.get(session(id) + "/results").json();

    server.restart();

    assertThat(server.get(session(id)).json()).isEqualTo(session);
    assertThat(server.get(session(id) + "/results").json()).isEqualTo(table);
    server
        .post(session(id) + "/rows", Map.of("attempt", 2, "rows", List.of(row("Q2", "later"))))
        .is(200);
  }

  @Test
  void onlyPartialAndFailedSessionsAreResumed() {
    String id = server.create("Not resumable");
    server.refuses(409, "not-resumable", () -> resume(id, null));
    assertThat(resume(id, null).json().get("detail").asText()).contains("running", "stopped");

    server.post(session(id) + "/complete", Map.of("attempt", 1)).is(200);

    server.refuses(409, "not-resumable", () -> resume(id, null));
    assertThat(resume(id, null).json().get("detail").asText()).contains("completed", "retried");
  }

  @Test
  void ofManyResumesAtOnceOneHappens() {
    String id = stopped("Race");
    Queue<Reply> replies = new ConcurrentLinkedQueue<>();

    Crew.of(20).all(i -> replies.add(resume(id, null)));

    assertThat(replies.stream().filter(reply -> reply.status() == 200)).hasSize(1);
    replies.stream()
        .filter(reply -> reply.status() != 200)
        .forEach(reply -> reply.isProblem(409, "not-resumable"));
    JsonNode now = server.get(session(id) + "/results").json();
    assertThat(now.at("/session/attempt").asInt()).isEqualTo(2);
    assertThat(now.at("/sections/0/rows/0/answer").asText()).isEqualTo("kept");
  }

  @Test
  void aStateThatOneHasNotSeenIsNotOverwritten() {
    String id = stopped("If-Match");
    String seen = server.get(session(id)).etag();
    server.patch(session(id), Map.of("title", "edited since")).is(200);
    resume(id, null, "If-Match", seen).is(200);
    server.post(session(id) + "/stop", null).is(200);

    server.refuses(412, "changed-since", () -> resume(id, null, "If-Match", seen));
    server.refuses(412, "changed-since", () -> resume(id, null, "If-Match", "\"999999999\""));
    server.refuses(400, "bad-parameter", () -> resume(id, null, "If-Match", "W/\"1\""));
    server.refuses(412, "changed-since", () -> retry(id, null, "If-Match", seen));
    resume(id, null, "If-Match", server.get(session(id)).etag()).is(200);
  }

  @TestFactory
  Stream<DynamicTest> aRequestThatIsWrongIsRefused() {
    String partial = stopped("Wrong");
    return Stream.of(
        refused("scope", partial, 422, "invalid-value", "{\"scope\":\"all\"}"),
        refused("scope in capitals", partial, 422, "invalid-value", "{\"scope\":\"PENDING\"}"),
        refused("empty scope", partial, 422, "invalid-value", "{\"scope\":\"\"}"),
        refused("scope 1", partial, 400, "malformed-request", "{\"scope\":1}"),
        refused("scopes", partial, 400, "malformed-request", "{\"scope\":[\"pending\"]}"),
        refused("nobody", "nobody", 404, "not-found", null),
        refused("nobody, wrongly", "nobody", 404, "not-found", "{\"scope\":\"all\"}"));
  }

  private static DynamicTest refused(String name, String id, int status, String type, String body) {
    return dynamicTest(name, () -> server.refuses(status, type, () -> resume(id, body)));
  }

  @TestFactory
  Stream<DynamicTest> aReasonHasItsLimits() {
    String partial = stopped("Reasons");
    return Stream.of("resume", "retry")
        .flatMap(
            action -> {
              String path = session(partial) + "/" + action;
              String nobody = session("nobody") + "/" + action;
              return Stream.of(
                  bad(path, 422, "invalid-value", Map.of("reason", "x".repeat(1_001))),
                  bad(path, 422, "invalid-value", Map.of("reason", "a\0b")),
                  bad(path, 422, "invalid-value", "{\"reason\":\"\\ud800\"}"),
                  bad(path, 400, "malformed-request", "{\"reason\":7}"),
                  bad(path, 400, "malformed-request", "{\"reason\":{}}"),
                  bad(path, 400, "malformed-request", "{\"why\":\"x\"}"),
                  bad(path, 400, "malformed-request", "[]"),
                  bad(path, 400, "malformed-request", "null"),
                  bad(path, 400, "malformed-request", "{\"reason\":"),
                  bad(path, 400, "malformed-request", "{\"reason\":\"a\",\"reason\":\"b\"}"),
                  bad(path, 400, "malformed-request", "{\"reason\":" + "[".repeat(20_000)),
                  bad(path, 413, "too-large", Map.of("reason", "x".repeat(70_000))),
                  bad(path + "?at=1", 400, "bad-parameter", "{}"),
                  bad(nobody, 404, "not-found", Map.of("reason", "x".repeat(1_001))));
            });
  }

  private static DynamicTest bad(String path, int status, String type, Object body) {
    String shown = String.valueOf(body);
    String name = path.replaceAll("[0-9a-f-]{36}", "ID") + " " + shown;
    return dynamicTest(
        name.substring(0, Math.min(80, name.length())).replace('\0', '0'),
        () -> server.refuses(status, type, () -> server.post(path, body)));
  }

  @Test
  void whatIsGoneOrOnItsWayIsNeitherResumedNorRetried() {
    String removed = stopped("Removed");
    server.expire(removed);
    server.cleanUp();
    String gone = stopped("Gone");
    server.delete(session(gone) + "?reason=private").is(204);

    server.refuses(409, "session-removed", () -> resume(removed, null));
    server.refuses(409, "session-removed", () -> retry(removed, null));
    server.refuses(410, "gone", () -> resume(gone, null));
    server.refuses(410, "gone", () -> retry(gone, Map.of("reason", "x".repeat(1_001))));
    assertThat(resume(gone, null).json().get("detail").asText()).contains("private", "local");
  }

  @Test
  void aRetryIsANewSessionAndTheOldOneStays() {
    String id =
        server
            .post(
                "/api/v1/sessions",
                Map.of(
                    "questionSet",
                    SET,
                    "analyzer",
                    "external",
                    "title",
                    "Tried \ud83d\udea7",
                    "labels",
                    Map.of("bid", "7")))
            .is(201)
            .json()
            .get("id")
            .asText();
    server.refuses(409, "session-active", () -> retry(id, null));
    server.post(session(id) + "/fail", FAILURE).is(200);
    String before = server.get(session(id)).text();

    Reply retried = retry(id, Map.of("reason", "there are tokens again")).is(201);

    JsonNode session = retried.json();
    String newId = session.get("id").asText();
    assertThat(newId).isNotEqualTo(id);
    assertThat(retried.header("Location")).isEqualTo(session(newId));
    assertThat(retried.etag()).isEqualTo("\"" + session.get("revision").asLong() + "\"");
    assertThat(session.get("retryOf").asText()).isEqualTo(id);
    assertThat(session.get("state").asText()).isEqualTo("running");
    assertThat(session.get("attempt").asInt()).isEqualTo(1);
    assertThat(session.get("title").asText()).isEqualTo("Tried \ud83d\udea7");
    assertThat(session.get("labels")).isEqualTo(Reply.parse("{\"bid\":\"7\"}"));
    assertThat(server.get(session(newId)).is(200).json()).isEqualTo(session);
    assertThat(server.get(session(newId) + "/events").json().at("/items/0/reason").asText())
        .isEqualTo("there are tokens again");
    assertThat(server.get(session(id)).text()).isEqualTo(before);
  }

  @Test
  void aRetryUnderAKeyHappensOnceAlsoAfterARestart() {
    String id = stopped("Once");
    Map<String, Object> body = Map.of("reason", "again");
    String[] key = {"Idempotency-Key", "retry-once"};
    Reply first = retry(id, body, key).is(201);
    long revision = server.revision();

    assertThat(retry(id, body, key).is(201).text()).isEqualTo(first.text());
    server.refuses(422, "idempotency-key-reused", () -> retry(id, Map.of("reason", "x"), key));
    server.restart();

    assertThat(retry(id, body, key).is(201).text()).isEqualTo(first.text());
    server.refuses(422, "idempotency-key-reused", () -> retry(id, null, key));
    assertThat(server.revision()).isEqualTo(revision);
    // A key belongs to its path.
    retry(stopped("Another"), body, key).is(201);
    retry(id, body, "Idempotency-Key", "retry-twice").is(201);
  }

  @Test
  void ofManyRetriesUnderOneKeyOneHappensAndAllGetItsReply() {
    String id = stopped("Crowd");
    long revision = server.revision();
    Set<String> replies = ConcurrentHashMap.newKeySet();

    Crew.of(20).all(i -> replies.add(retry(id, null, "Idempotency-Key", "crowd").is(201).text()));

    assertThat(replies).hasSize(1);
    assertThat(server.revision()).isEqualTo(revision + 2);
  }
}
