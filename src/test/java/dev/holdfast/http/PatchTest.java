package dev.holdfast.http;

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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What people may change of a session, and what of it is refused. */
class PatchTest {
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

  private static Reply patch(String id, Object json, String... headers) {
    return server.patch(session(id), json, headers);
  }

  private static String ended(String title) {
    String id = server.create(title);
    server.post(session(id) + "/stop", null).is(200);
    return id;
  }

  @Test
  void whyItWasChangedIsOnRecord() {
    String id = ended("Reason");

    server.patch(session(id) + "?reason=asked%20by%20phone", Map.of("pinned", true)).is(200);

    JsonNode events = server.get(session(id) + "/events").json().get("items");
    assertThat(events.get(events.size() - 1).get("reason").asText()).isEqualTo("asked by phone");
    assertThat(server.get(session(id)).json().get("reason").isNull()).isTrue();
    server.refuses(
        422,
        "invalid-value",
        () -> server.patch(session(id) + "?reason=" + "x".repeat(3_000), Map.of("pinned", false)));
    server.patch(session(id) + "?why=x", Map.of("pinned", false)).isProblem(400, "bad-parameter");
  }

  @Test
  void aPatchChangesWhatItNamesAndNothingElse() {
    String id = ended("Before");
    JsonNode before = server.get(session(id)).json();

    Reply patched =
        patch(
                id,
                Map.of(
                    "title", "After", "pinned", true, "expiresAt", "2030-01-02T03:04:05.678+02:00"))
            .is(200);

    JsonNode after = patched.json();
    assertThat(after.get("title").asText()).isEqualTo("After");
    assertThat(after.get("pinned").asBoolean()).isTrue();
    assertThat(after.get("expiresAt").asText()).isEqualTo("2030-01-02T01:04:05.678Z");
    for (String name : Reply.names(before)) {
      if (!List.of("title", "pinned", "expiresAt", "revision").contains(name)) {
        assertThat(after.get(name)).as(name).isEqualTo(before.get(name));
      }
    }
    assertThat(patched.etag()).isEqualTo("\"" + after.get("revision").asLong() + "\"");
    assertThat(server.get(session(id)).json()).isEqualTo(after);
    assertThat(server.get("/api/v1/sessions?q=after&limit=500").json().get("items"))
        .contains(after);
    server.restart();
    assertThat(server.get(session(id)).json()).isEqualTo(after);
  }

  @Test
  void labelsAreMergedOneByOne() {
    String id = server.create("Labels");
    patch(id, Map.of("labels", Map.of("bid", "7", "site", "north", "", "x")))
        .isProblem(422, "invalid-value");
    patch(id, Map.of("labels", Map.of("bid", "7", "site", "north"))).is(200);

    JsonNode merged = patch(id, "{\"labels\":{\"bid\":null,\"site\":\"south\",\"a\":\"\"}}").json();
    assertThat(merged.get("labels")).isEqualTo(Reply.parse("{\"a\":\"\",\"site\":\"south\"}"));

    assertThat(patch(id, "{\"labels\":null}").is(200).json().get("labels")).isEmpty();
    server.patch(session("nobody"), "{\"labels\":null}").isProblem(404, "not-found");
  }

  @Test
  void aSessionHasAtMostTwentyLabels() {
    String id = server.create("Many labels");
    Map<String, String> twenty = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      twenty.put("l" + i, "x".repeat(100));
    }
    patch(id, Map.of("labels", twenty)).is(200);

    server.refuses(422, "invalid-value", () -> patch(id, Map.of("labels", Map.of("more", "x"))));

    patch(id, "{\"labels\":{\"l0\":null,\"more\":\"x\"}}").is(200);
  }

  @Test
  void aPatchThatChangesNothingLeavesNoTrace() {
    String id = ended("Same");
    patch(id, Map.of("labels", Map.of("a", "b"), "pinned", true)).is(200);
    Reply before = server.get(session(id));
    long revision = server.revision();
    String expiresAt = before.json().get("expiresAt").asText();

    for (Object nothing :
        List.of(
            Map.of(),
            Map.of("title", "Same"),
            Map.of("pinned", true),
            Map.of("expiresAt", expiresAt),
            Map.of("labels", Map.of()),
            Map.of("labels", Map.of("a", "b")),
            "{\"labels\":{\"unknown\":null}}")) {
      assertThat(patch(id, nothing).is(200).text()).isEqualTo(before.text());
    }
    assertThat(patch(id, null).is(200).text()).isEqualTo(before.text());
    assertThat(server.revision()).isEqualTo(revision);
  }

  @TestFactory
  Stream<DynamicTest> aTextStaysWhatItIs() {
    String id = server.create("Texts");
    return Stream.of(
            "\u202etxet\u202c",
            "\ud83d\udea7\ud83c\udde9\ud83c\uddea",
            "e\u0301 \u00e9 \ufb00",
            "a\r\n\tb\u0001\u001b[31m\u007f",
            "<script>alert(1)</script>",
            "=HYPERLINK(\"http://evil.example\")",
            "'; DROP TABLE session; --",
            "x".repeat(200))
        .map(
            text ->
                dynamicTest(
                    text.replaceAll("\\P{Graph}", "?"),
                    () -> {
                      String patched =
                          patch(
                                  id,
                                  Map.of(
                                      "title",
                                      text,
                                      "labels",
                                      Map.of("t", text.length() > 100 ? "" : text)))
                              .is(200)
                              .text();
                      assertThat(Reply.parse(patched).get("title").asText()).isEqualTo(text);
                      assertThat(server.get(session(id)).text()).isEqualTo(patched);
                    }));
  }

  @Test
  void textsAreTheSameAfterARestart() {
    String id = server.create("a");
    String title = "\u202e\ud83d\udea7 e\u0301\r\n\u0001\u2028\uffff";
    String patched =
        patch(id, Map.of("title", title, "labels", Map.of(title, title))).is(200).text();

    server.restart();

    assertThat(server.get(session(id)).text()).isEqualTo(patched);
  }

  @TestFactory
  Stream<DynamicTest> aPatchThatIsWrongIsRefused() {
    String id = ended("Wrong");
    String running = server.create("Running");
    return Stream.of(
        refused(id, 400, "malformed-request", "[]"),
        refused(id, 400, "malformed-request", "null"),
        refused(id, 400, "malformed-request", "7"),
        refused(id, 400, "malformed-request", "{\"title\":"),
        refused(id, 400, "malformed-request", "{\"title\":\"a\",\"title\":\"b\"}"),
        refused(id, 400, "malformed-request", "{\"title\":7}"),
        refused(id, 400, "malformed-request", "{\"title\":[\"a\"]}"),
        refused(id, 400, "malformed-request", "{\"state\":\"completed\"}"),
        refused(id, 400, "malformed-request", "{\"reason\":\"x\"}"),
        refused(id, 400, "malformed-request", "{\"" + "m".repeat(10_000) + "\":1}"),
        refused(id, 400, "malformed-request", "{\"a\\u0000b\":1}"),
        refused(id, 400, "malformed-request", "{\"labels\":[]}"),
        refused(id, 400, "malformed-request", "{\"labels\":\"a\"}"),
        refused(id, 400, "malformed-request", "{\"labels\":{\"a\":1}}"),
        refused(id, 400, "malformed-request", "{\"labels\":{\"a\":{}}}"),
        refused(id, 400, "malformed-request", "{\"labels\":" + "{\"a\":".repeat(10_000)),
        refused(id, 400, "malformed-request", "{\"pinned\":\"true\"}"),
        refused(id, 400, "malformed-request", "{\"pinned\":1}"),
        refused(id, 400, "malformed-request", "{\"pinned\":null}"),
        refused(id, 400, "malformed-request", "{\"expiresAt\":1767225600}"),
        refused(id, 422, "invalid-value", "{\"title\":null}"),
        refused(id, 422, "invalid-value", "{\"title\":\"\"}"),
        refused(id, 422, "invalid-value", "{\"title\":\" \\t\"}"),
        refused(id, 422, "invalid-value", "{\"title\":\"a\\u0000b\"}"),
        refused(id, 422, "invalid-value", "{\"title\":\"\\udc00\"}"),
        refused(id, 422, "invalid-value", Map.of("title", "x".repeat(201))),
        refused(id, 422, "invalid-value", Map.of("labels", Map.of("x".repeat(101), "x"))),
        refused(id, 422, "invalid-value", Map.of("labels", Map.of("x", "x".repeat(101)))),
        refused(id, 422, "invalid-value", Map.of("labels", Map.of("a\0", "x"))),
        refused(id, 422, "invalid-value", "{\"labels\":{\"x\":\"\\ud800\"}}"),
        refused(id, 422, "invalid-value", "{\"expiresAt\":null}"),
        refused(id, 422, "invalid-value", "{\"expiresAt\":\"\"}"),
        refused(id, 422, "invalid-value", "{\"expiresAt\":\"tomorrow\"}"),
        refused(id, 422, "invalid-value", "{\"expiresAt\":\"2030-01-01\"}"),
        refused(id, 422, "invalid-value", "{\"expiresAt\":\"2030-01-01T00:00:00\"}"),
        refused(id, 422, "invalid-value", "{\"expiresAt\":\"1969-12-31T23:59:59Z\"}"),
        refused(id, 422, "invalid-value", "{\"expiresAt\":\"+10000-01-01T00:00:00Z\"}"),
        refused(id, 422, "invalid-value", "{\"expiresAt\":\"-999999999-01-01T00:00:00+18:00\"}"),
        refused(running, 422, "invalid-value", "{\"expiresAt\":\"2030-01-01T00:00:00Z\"}"),
        refused(id, 413, "too-large", Map.of("title", "x".repeat(70_000))),
        refused("nobody", 404, "not-found", "{}"),
        refused("nobody", 404, "not-found", "{\"title\":null}"),
        refused("%00", 404, "not-found", "{\"title\":\"x\"}"),
        dynamicTest(
            "another type of body",
            () ->
                server.refuses(
                    415,
                    "unsupported-media-type",
                    () -> patch(id, "{}", "Content-Type", "application/json-patch+json"))));
  }

  private static DynamicTest refused(String id, int status, String type, Object body) {
    String name = status + " " + String.valueOf(body).replace('\0', '0');
    return dynamicTest(
        name.substring(0, Math.min(80, name.length())),
        () -> server.refuses(status, type, () -> patch(id, body)));
  }

  @Test
  void aRefusalSaysWhatToSendInstead() {
    String id = server.create("Say");

    assertThat(patch(id, "[]").json().get("detail").asText())
        .isEqualTo("The body must be an object.");
    assertThat(patch(id, "{\"x\":1}").json().get("detail").asText())
        .contains("title, labels, pinned, expiresAt");
    assertThat(patch(id, "{\"expiresAt\":null}").json().get("detail").asText()).contains("pin");
  }

  @Test
  void bothMediaTypesOfAMergePatchAreTaken() {
    String id = server.create("Types");

    patch(id, Map.of("title", "b"), "Content-Type", "application/merge-patch+json").is(200);
    patch(id, Map.of("title", "c"), "Content-Type", "application/json; charset=utf-8").is(200);
    server
        .post(session(id) + "/stop", "{}", "Content-Type", "application/merge-patch+json")
        .isProblem(415, "unsupported-media-type");
  }

  @Test
  void aChangeIsAnsweredWholeWhateverTheClientHolds() {
    String id = server.create("Held");

    assertThat(patch(id, Map.of("title", "b"), "If-None-Match", "*").is(200).json().get("title"))
        .isEqualTo(Reply.parse("\"b\""));
  }

  @Test
  void onlyAnEditOverwritesAnEdit() {
    String id = server.create("If-Match");
    String seen = server.get(session(id)).etag();
    server.post(session(id) + "/rows", rows(row("Q1", "meanwhile"))).is(200);
    server.post(session(id) + "/stop", null).is(200);
    // A title overwrites neither a row nor the state; the end has set the expiry.
    server.refuses(
        412,
        "changed-since",
        () -> patch(id, Map.of("expiresAt", "2030-01-01T00:00:00Z"), "If-Match", seen));
    patch(id, Map.of("title", "edited"), "If-Match", seen).is(200);

    server.refuses(412, "changed-since", () -> patch(id, Map.of("pinned", true), "If-Match", seen));
    server.refuses(
        412, "changed-since", () -> patch(id, Map.of("pinned", true), "If-Match", "\"99999999\""));
    server.refuses(400, "bad-parameter", () -> patch(id, Map.of("pinned", true), "If-Match", "7"));
    patch(id, Map.of("pinned", true), "If-Match", server.get(session(id)).etag()).is(200);
    patch(id, Map.of("pinned", false), "If-Match", "*").is(200);
  }

  @Test
  void ofManyEditsOfTheSameOneHappens() {
    String id = server.create("Race");
    String seen = server.get(session(id)).etag();
    Queue<Reply> replies = new ConcurrentLinkedQueue<>();

    Crew.of(20).all(i -> replies.add(patch(id, Map.of("title", "editor " + i), "If-Match", seen)));

    List<Reply> won = replies.stream().filter(reply -> reply.status() == 200).toList();
    assertThat(won).hasSize(1);
    replies.stream()
        .filter(reply -> reply.status() != 200)
        .forEach(reply -> reply.isProblem(412, "changed-since"));
    assertThat(server.get(session(id)).text()).isEqualTo(won.get(0).text());
  }

  @Test
  void whatIsGoneOrOnItsWayIsNotChanged() {
    String removed = ended("Removed");
    server.expire(removed);
    server.cleanUp();
    String gone = ended("Gone");
    server.delete(session(gone)).is(204);

    server.refuses(409, "session-removed", () -> patch(removed, Map.of("pinned", true)));
    server.refuses(410, "gone", () -> patch(gone, Map.of("pinned", true)));
    server.refuses(410, "gone", () -> patch(gone, "{\"title\":null}"));
  }

  @Test
  void aPinnedSessionStaysAndGoesOnceItIsNot() {
    String id = ended("Pinned");
    server.expire(id);
    patch(id, Map.of("pinned", true)).is(200);
    server.cleanUp();
    assertThat(server.get(session(id)).is(200).json().get("removedAt").isNull()).isTrue();

    patch(id, Map.of("pinned", false)).is(200);
    server.cleanUp();

    assertThat(server.get(session(id)).is(200).json().get("removedAt").isNull()).isFalse();
  }
}
