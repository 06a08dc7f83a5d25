package dev.holdfast.http;

import static dev.holdfast.http.TestServer.SET;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The same done to many sessions in one step. */
class BulkTest {
  private static final String BULK = "/api/v1/bulk";

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

  private static Map<String, Object> body(String action, List<String> ids) {
    return Map.of("action", action, "ids", ids);
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    Map<String, Object> more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static Reply bulk(Object body, String... headers) {
    return server.post(BULK, body, headers);
  }

  private static List<String> running(int count) {
    return IntStream.range(0, count).mapToObj(i -> server.create("running " + i)).toList();
  }

  private static List<String> stopped(int count) {
    List<String> ids = running(count);
    ids.forEach(id -> server.post(session(id) + "/stop", null).is(200));
    return ids;
  }

  /** Sessions that a filter can tell from those of other tests. */
  private static List<String> labelled(String label, int count) {
    Map<String, Object> body =
        Map.of("questionSet", SET, "analyzer", "external", "labels", Map.of("group", label));
    return IntStream.range(0, count)
        .mapToObj(i -> server.post("/api/v1/sessions", body).is(201).json().get("id").asText())
        .toList();
  }

  private static List<Integer> statuses(Reply reply) {
    List<Integer> statuses = new ArrayList<>();
    reply.is(200).json().get("results").forEach(one -> statuses.add(one.get("status").asInt()));
    return statuses;
  }

  @Test
  void aStopEndsAllOfThemInOneStep() {
    List<String> ids = running(3);
    long before = server.revision();

    Reply reply = bulk(with(body("stop", ids), "reason", "wrong file")).is(200);

    assertThat(Reply.names(reply.json())).containsExactly("revision", "results");
    assertThat(reply.json().get("revision").asLong()).isEqualTo(before + 3);
    assertThat(reply.revision()).isEqualTo(before + 3);
    for (int i = 0; i < 3; i++) {
      JsonNode result = reply.json().get("results").get(i);
      assertThat(Reply.names(result)).containsExactly("id", "status", "newId", "problem");
      assertThat(result.get("id").asText()).isEqualTo(ids.get(i));
      assertThat(result.get("status").asInt()).isEqualTo(200);
      assertThat(result.get("problem").isNull()).isTrue();
      JsonNode session = server.get(session(ids.get(i))).json();
      assertThat(session.get("state").asText()).isEqualTo("partial");
      assertThat(session.get("reason").asText()).isEqualTo("wrong file");
      JsonNode event = server.get(session(ids.get(i)) + "/events").json().at("/items/2");
      assertThat(event.get("requestId").asText()).isEqualTo(reply.header("Holdfast-Request"));
    }
  }

  @Test
  void whatCannotBeDoneIsRefusedSinglyAndTheRestIsDone() {
    String ended = stopped(1).get(0);
    String active = running(1).get(0);
    String removed = stopped(1).get(0);
    server.expire(removed);
    server.cleanUp();
    String gone = stopped(1).get(0);
    server.delete(session(gone)).is(204);

    Reply reply =
        bulk(body("delete", List.of("nobody", active, gone, ended, "\0", "\ud83d\udea7")));

    assertThat(statuses(reply)).containsExactly(404, 409, 410, 204, 404, 404);
    JsonNode problem = reply.json().at("/results/1/problem");
    assertThat(Reply.names(problem))
        .containsExactly("type", "title", "status", "detail", "instance", "revision", "errors");
    assertThat(problem.get("type").asText()).endsWith("/session-active");
    assertThat(problem.get("instance").asText()).isEqualTo(session(active));
    server.get(session(ended)).isProblem(410, "gone");
    server.get(session(active)).is(200);
    assertThat(statuses(bulk(body("pin", List.of(removed, active))))).containsExactly(409, 200);
    assertThat(server.get(session(active)).json().get("pinned").asBoolean()).isTrue();
  }

  @Test
  void aRetryNamesTheNewSessions() {
    List<String> ids = stopped(2);

    Reply reply = bulk(body("retry", ids));

    assertThat(statuses(reply)).containsExactly(201, 201);
    for (int i = 0; i < 2; i++) {
      String newId = reply.json().get("results").get(i).get("newId").asText();
      assertThat(server.get(session(newId)).is(200).json().get("retryOf").asText())
          .isEqualTo(ids.get(i));
    }
  }

  @Test
  void anExtensionGivesTheRetentionAnew() {
    String id = stopped(1).get(0);
    String active = running(1).get(0);
    String first = server.get(session(id)).json().get("expiresAt").asText();
    server.expire(id);

    assertThat(statuses(bulk(body("extend", List.of(id, active))))).containsExactly(200, 422);

    assertThat(server.get(session(id)).json().get("expiresAt").asText())
        .isGreaterThanOrEqualTo(first);
  }

  @Test
  void aSessionThatIsNamedTwiceIsDealtWithOnce() {
    String id = running(1).get(0);

    assertThat(statuses(bulk(with(body("stop", List.of(id, id, id)), "expectCount", 1))))
        .containsExactly(200);
  }

  @Test
  void aFilterNamesWhatTheListShows() {
    List<String> ids = labelled("filtered", 4);
    server.post(session(ids.get(0)) + "/stop", null).is(200);
    Map<String, Object> filter =
        Map.of("label", "group:filtered", "state", List.of("running", "queued"));
    Map<String, Object> body = with(Map.of("action", "stop", "filter", filter), "expectCount", 3);

    Reply reply = bulk(body);

    List<String> done = new ArrayList<>();
    reply.is(200).json().get("results").forEach(result -> done.add(result.get("id").asText()));
    assertThat(done).isEqualTo(ids.subList(1, 4));
    assertThat(
            server
                .get("/api/v1/sessions?label=group:filtered&state=partial")
                .json()
                .get("matching")
                .asInt())
        .isEqualTo(4);
    server.refuses(412, "count-differs", () -> bulk(body));
    Map<String, Object> asText = Map.of("label", "group:filtered", "state", "running,queued");
    assertThat(statuses(bulk(Map.of("action", "stop", "filter", asText)))).isEmpty();
  }

  @Test
  void anotherNumberThanExpectedDoesNothing() {
    List<String> ids = running(2);

    for (int expected : List.of(-1, 0, 1, 3, Integer.MAX_VALUE)) {
      server.refuses(
          412, "count-differs", () -> bulk(with(body("stop", ids), "expectCount", expected)));
    }
    bulk(with(body("stop", ids), "expectCount", 2)).is(200);
  }

  @Test
  void whatChangedSinceItWasSeenIsRefused() {
    List<String> ids = running(3);
    long seen = server.revision();
    server.post(session(ids.get(1)) + "/stop", null).is(200);
    server.post(session(ids.get(1)) + "/resume", null).is(200);

    Map<String, Object> body = with(body("stop", ids), "atRevision", seen);
    assertThat(statuses(bulk(with(body, "atRevision", seen + 1_000))))
        .containsExactly(412, 412, 412);
    assertThat(statuses(bulk(body))).containsExactly(200, 412, 200);
    assertThat(server.get(session(ids.get(1))).json().get("state").asText()).isEqualTo("running");
  }

  @Test
  void aDryRunSaysWhatWouldHappenAndChangesNothing() {
    List<String> ids = stopped(2);
    for (String action : List.of("stop", "delete", "retry", "pin", "extend")) {
      List<String> some = List.of(ids.get(0), "nobody", ids.get(1));
      long revision = server.revision();

      Reply reply = bulk(with(body(action, some), "dryRun", true));

      int done = action.equals("delete") ? 204 : action.equals("retry") ? 201 : 200;
      assertThat(statuses(reply)).as(action).containsExactly(done, 404, done);
      assertThat(reply.json().get("results")).allMatch(one -> one.get("newId").isNull());
      assertThat(server.revision()).isEqualTo(revision);
    }
    bulk(with(body("pin", ids), "dryRun", false)).is(200);
    assertThat(server.get(session(ids.get(0))).json().get("pinned").asBoolean()).isTrue();
  }

  @Test
  void noSessionsAreNoFault() {
    long revision = server.revision();

    assertThat(statuses(bulk(body("delete", List.of())))).isEmpty();
    assertThat(statuses(bulk("{\"action\":\"stop\",\"ids\":[],\"filter\":null,\"dryRun\":null}")))
        .isEmpty();
    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void tenThousandAreTakenAndOneMoreIsNot() {
    List<String> ids = new ArrayList<>(Collections.nCopies(9_999, ""));
    ids.replaceAll(empty -> UUID.randomUUID().toString());
    ids.add(running(1).get(0));

    List<Integer> statuses = statuses(bulk(body("stop", ids)));

    assertThat(statuses).hasSize(10_000);
    assertThat(statuses.subList(0, 9_999)).containsOnly(404);
    assertThat(statuses.get(9_999)).isEqualTo(200);
    ids.add("one more");
    server.refuses(413, "too-large", () -> bulk(body("stop", ids)));
    server.refuses(413, "too-large", () -> bulk(body("stop", List.of("x".repeat(1 << 20)))));
  }

  @TestFactory
  Stream<DynamicTest> aRequestThatIsWrongIsRefused() {
    List<String> ids = running(1);
    Map<String, Object> good = body("stop", ids);
    Map<String, Object> all = Map.of("action", "stop");
    return Stream.of(
        refused(422, "invalid-value", with(good, "action", "")),
        refused(422, "invalid-value", with(good, "action", "STOP")),
        refused(422, "invalid-value", with(good, "action", "resume")),
        refused(422, "invalid-value", Map.of("ids", ids)),
        refused(400, "malformed-request", with(good, "action", 1)),
        refused(400, "malformed-request", all),
        refused(400, "malformed-request", with(good, "filter", Map.of())),
        refused(400, "malformed-request", with(good, "ids", "one")),
        refused(400, "malformed-request", with(good, "ids", List.of(1))),
        refused(400, "malformed-request", with(good, "ids", Map.of())),
        refused(400, "malformed-request", "{\"action\":\"stop\",\"ids\":[null]}"),
        refused(400, "malformed-request", with(good, "force", true)),
        refused(400, "malformed-request", with(good, "dryRun", "true")),
        refused(400, "malformed-request", with(good, "dryRun", 1)),
        refused(400, "malformed-request", with(good, "expectCount", "1")),
        refused(400, "malformed-request", with(good, "expectCount", 1.5)),
        refused(400, "malformed-request", with(good, "expectCount", 4_294_967_297L)),
        refused(400, "malformed-request", with(good, "atRevision", "1")),
        refused(400, "malformed-request", with(good, "atRevision", 1.5)),
        refused(422, "invalid-value", with(good, "atRevision", -1)),
        refused(422, "invalid-value", with(good, "atRevision", Long.MIN_VALUE)),
        refused(422, "invalid-value", with(good, "reason", "x".repeat(1_001))),
        refused(422, "invalid-value", with(good, "reason", "a\0")),
        refused(400, "malformed-request", with(good, "reason", List.of())),
        refused(400, "malformed-request", with(all, "filter", List.of())),
        refused(400, "malformed-request", with(all, "filter", "running")),
        refused(400, "malformed-request", with(all, "filter", Map.of("limit", 1))),
        refused(400, "malformed-request", with(all, "filter", Map.of("state", 1))),
        refused(400, "bad-parameter", with(all, "filter", Map.of("state", ""))),
        refused(400, "bad-parameter", with(all, "filter", Map.of("state", "done"))),
        refused(400, "bad-parameter", with(all, "filter", Map.of("state", List.of(1)))),
        refused(400, "malformed-request", with(all, "filter", Map.of("q", ""))),
        refused(400, "malformed-request", with(all, "filter", Map.of("q", 1))),
        refused(400, "malformed-request", with(all, "filter", Map.of("q", "x".repeat(201)))),
        refused(400, "malformed-request", with(all, "filter", Map.of("label", List.of("a")))),
        refused(400, "malformed-request", with(all, "filter", Map.of("createdBy", ""))),
        refused(400, "malformed-request", with(all, "filter", Map.of("createdBy", List.of("a")))),
        refused(400, "malformed-request", with(all, "filter", Map.of("createdAfter", 5))),
        refused(400, "bad-parameter", with(all, "filter", Map.of("createdAfter", "1h"))),
        refused(400, "bad-parameter", with(all, "filter", Map.of("createdBefore", "x"))),
        refused(400, "malformed-request", with(all, "filter", Map.of("q", "a\0"))),
        refused(400, "malformed-request", "{\"action\":\"stop\",\"filter\":{\"q\":\"\\ud800\"}}"),
        refused(400, "malformed-request", "[]"),
        refused(400, "malformed-request", "{\"action\":\"stop\",\"ids\":" + "[".repeat(20_000)),
        refused(422, "invalid-value", null));
  }

  private static DynamicTest refused(int status, String type, Object body) {
    String name = status + " " + String.valueOf(body).replace('\0', '0');
    return dynamicTest(
        name.substring(0, Math.min(90, name.length())),
        () -> server.refuses(status, type, () -> bulk(body)));
  }

  @Test
  void aRequestUnderAKeyHappensOnceAlsoAfterARestart() {
    List<String> ids = stopped(2);
    Map<String, Object> body = body("retry", List.of(ids.get(0), "nobody", ids.get(1)));
    String[] key = {"Idempotency-Key", "bulk-once"};
    Reply first = bulk(body, key).is(200);
    long revision = server.revision();

    assertThat(bulk(body, key).is(200).text()).isEqualTo(first.text());
    server.refuses(422, "idempotency-key-reused", () -> bulk(body("retry", ids), key));
    server.restart();

    assertThat(bulk(body, key).is(200).text()).isEqualTo(first.text());
    server.refuses(422, "idempotency-key-reused", () -> bulk(body("retry", ids), key));
    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void aFilterUnderAKeyIsNotAppliedAgain() {
    labelled("keyed", 2);
    Map<String, Object> body =
        Map.of("action", "stop", "filter", Map.of("label", "group:keyed"), "expectCount", 2);
    String[] key = {"Idempotency-Key", "bulk-filter"};
    Reply first = bulk(body, key).is(200);
    labelled("keyed", 1);
    long revision = server.revision();

    assertThat(bulk(body, key).is(200).text()).isEqualTo(first.text());

    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void aRequestUnderAKeyThatFoundNothingToDoIsNotCarriedOutLater() {
    List<String> ids = stopped(1);
    Map<String, Object> body = body("stop", ids);
    String[] key = {"Idempotency-Key", "bulk-nothing"};
    Reply first = bulk(body, key).is(200);
    server.restart();
    server.post(session(ids.get(0)) + "/resume", null).is(200);
    long revision = server.revision();

    assertThat(bulk(body, key).is(200).text()).isEqualTo(first.text());

    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void ofManyUnderOneKeyOneHappensAndAllGetItsReply() {
    List<String> ids = stopped(3);
    long revision = server.revision();
    Set<String> replies = ConcurrentHashMap.newKeySet();

    Crew.of(20)
        .all(
            i ->
                replies.add(
                    bulk(body("retry", ids), "Idempotency-Key", "bulk-crowd").is(200).text()));

    assertThat(replies).hasSize(1);
    assertThat(server.revision()).isEqualTo(revision + 6);
  }

  @Test
  void ofManyWhoDeleteTheSameEachIsDeletedOnce() {
    List<String> ids = stopped(10);
    List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());

    Crew.of(10).all(i -> statuses.addAll(statuses(bulk(body("delete", ids)))));

    assertThat(statuses).hasSize(100).containsOnly(204, 410);
    assertThat(statuses.stream().filter(status -> status == 204)).hasSize(10);
  }
}
