package dev.holdfast.http;

import static dev.holdfast.http.TestServer.EXTERNAL;
import static dev.holdfast.http.TestServer.SET;
import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a session as a client of the API sees it. */
class SessionApiTest {
  private static final String[] SESSION = {
    "id",
    "title",
    "state",
    "revision",
    "attempt",
    "analyzer",
    "document",
    "questionSet",
    "progress",
    "statistics",
    "labels",
    "createdBy",
    "createdAt",
    "startedAt",
    "endedAt",
    "expiresAt",
    "pinned",
    "removedAt",
    "retryOf",
    "reason",
    "error"
  };
  private static final String[] ROW = {
    "questionId",
    "question",
    "status",
    "answer",
    "pages",
    "confidence",
    "quotes",
    "footnote",
    "attempt",
    "review"
  };

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

  @Test
  void aNewSessionHasEveryMemberAndAnAddress() {
    Reply created =
        server
            .post(
                "/api/v1/sessions",
                Map.of(
                    "questionSet",
                    SET,
                    "analyzer",
                    "external",
                    "title",
                    "Pump station",
                    "labels",
                    Map.of("bid", "7")))
            .is(201);

    JsonNode session = created.json();
    assertThat(Reply.names(session)).containsExactlyInAnyOrder(SESSION);
    assertThat(created.header("Location")).isEqualTo(session(session.get("id").asText()));
    assertThat(created.etag()).isEqualTo("\"" + session.get("revision").asLong() + "\"");
    assertThat(created.revision()).isEqualTo(session.get("revision").asLong());
    assertThat(session.get("title").asText()).isEqualTo("Pump station");
    assertThat(session.get("state").asText()).isEqualTo("running");
    assertThat(session.get("attempt").asInt()).isEqualTo(1);
    assertThat(session.get("analyzer").asText()).isEqualTo("external");
    assertThat(session.get("document").isNull()).isTrue();
    assertThat(session.get("questionSet"))
        .isEqualTo(Reply.parse("{\"name\":\"small\",\"version\":1,\"questions\":5}"));
    assertThat(session.get("progress"))
        .isEqualTo(Reply.parse("{\"answered\":0,\"notFound\":0,\"total\":5,\"lastAt\":null}"));
    assertThat(session.get("statistics"))
        .isEqualTo(
            Reply.parse(
                "{\"averageConfidence\":null,\"durationMillis\":0,\"tokens\":0,\"costUsd\":null}"));
    assertThat(session.get("labels")).isEqualTo(Reply.parse("{\"bid\":\"7\"}"));
    assertThat(session.get("createdBy").asText()).isEqualTo("local");
    assertThat(session.get("pinned").isBoolean()).isTrue();
    assertThat(Instant.parse(session.get("createdAt").asText())).isBefore(Instant.MAX);
    assertThat(server.get(created.header("Location")).is(200).json()).isEqualTo(session);
  }

  @Test
  void aTableFillsRowByRowUnderItsSections() {
    String id = server.create("Table");

    Reply report =
        server
            .post(
                session(id) + "/rows",
                Map.of(
                    "attempt",
                    1,
                    "rows",
                    List.of(
                        Map.of(
                            "questionId", "Q3",
                            "status", "answered",
                            "answer", "Thirty days",
                            "pages", List.of(7, 3),
                            "confidence", 0.83,
                            "quotes", List.of(Map.of("page", 7, "text", "within 30 days")),
                            "footnote", "See also page 3"),
                        Map.of("questionId", "Q1", "status", "not_found"))))
            .is(200);

    assertThat(Reply.names(report.json())).containsExactly("revision", "accepted");
    assertThat(report.json().get("accepted").asInt()).isEqualTo(2);
    Reply read = server.get(session(id) + "/results").is(200);
    JsonNode results = read.json();
    assertThat(Reply.names(results)).containsExactly("revision", "session", "sections");
    assertThat(results.get("revision")).isEqualTo(results.get("session").get("revision"));
    assertThat(read.etag()).isEqualTo("\"" + results.get("revision").asLong() + "\"");
    assertThat(read.revision()).isGreaterThanOrEqualTo(report.json().get("revision").asLong());
    assertThat(results.get("sections")).hasSize(2);
    assertThat(results.at("/sections/0/name").asText()).isEqualTo("About general");
    assertThat(Reply.names(results.at("/sections/0"))).containsExactly("id", "name", "rows");
    results
        .get("sections")
        .forEach(
            section ->
                section
                    .get("rows")
                    .forEach(row -> assertThat(Reply.names(row)).containsExactlyInAnyOrder(ROW)));
    assertThat(results.at("/sections/1/rows/0"))
        .isEqualTo(
            Reply.parse(
                "{\"questionId\":\"Q3\",\"question\":\"What about Q3?\",\"status\":\"answered\","
                    + "\"answer\":\"Thirty days\",\"pages\":[7,3],\"confidence\":0.83,"
                    + "\"quotes\":[{\"page\":7,\"text\":\"within 30 days\"}],"
                    + "\"footnote\":\"See also page 3\",\"attempt\":1,\"review\":null}"));
    assertThat(results.at("/sections/0/rows/0/status").asText()).isEqualTo("not_found");
    assertThat(results.at("/sections/0/rows/1/status").asText()).isEqualTo("pending");
    assertThat(results.at("/session/progress/answered").asInt()).isEqualTo(1);
    assertThat(results.at("/session/progress/notFound").asInt()).isEqualTo(1);
  }

  @Test
  void aRowAgainReplacesTheFormerOne() {
    String id = server.create("Again");
    server.post(session(id) + "/rows", rows(row("Q1", "first"))).is(200);

    server.post(session(id) + "/rows", rows(row("Q1", "second"))).is(200);

    JsonNode results = server.get(session(id) + "/results").json();
    assertThat(results.at("/sections/0/rows/0/answer").asText()).isEqualTo("second");
    assertThat(results.at("/session/progress/answered").asInt()).isEqualTo(1);
  }

  @Test
  void aStopAnswersWithTheTableAndFencesLateRows() {
    String id = server.create("Stopped");
    server.post(session(id) + "/rows", rows(row("Q1", "kept"))).is(200);

    Reply stopped = server.post(session(id) + "/stop", Map.of("reason", "wrong file")).is(200);

    JsonNode body = stopped.json();
    assertThat(Reply.names(body)).containsExactly("session", "results");
    assertThat(Reply.names(body.get("session"))).containsExactlyInAnyOrder(SESSION);
    assertThat(body.at("/session/state").asText()).isEqualTo("partial");
    assertThat(body.at("/session/reason").asText()).isEqualTo("wrong file");
    assertThat(body.at("/session/endedAt").isNull()).isFalse();
    assertThat(body.at("/session/expiresAt").isNull()).isFalse();
    assertThat(body.at("/results/session")).isEqualTo(body.get("session"));
    assertThat(body.at("/results/sections/0/rows/0/answer").asText()).isEqualTo("kept");
    assertThat(server.get(session(id) + "/results").json()).isEqualTo(body.get("results"));
    server.post(session(id) + "/rows", rows(row("Q2", "late"))).isProblem(409, "session-ended");
    assertThat(server.get(session(id) + "/results").json()).isEqualTo(body.get("results"));
  }

  @Test
  void stoppingAgainChangesNothing() {
    String id = server.create("Twice");
    JsonNode first = server.post(session(id) + "/stop", null).is(200).json();
    long revision = server.revision();

    assertThat(server.post(session(id) + "/stop", Map.of("reason", "again")).is(200).json())
        .isEqualTo(first);
    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void aCompletionEndsTheSessionAndMayBeRepeated() {
    String id = server.create("Done");
    server.post(session(id) + "/rows", rows(row("Q1", "yes"))).is(200);
    Map<String, Object> done =
        Map.of("attempt", 1, "statistics", Map.of("tokens", 1_200, "costUsd", 0.25));

    server.post(session(id) + "/complete", done).is(200);

    JsonNode session = server.get(session(id)).json();
    assertThat(session.get("state").asText()).isEqualTo("completed");
    assertThat(session.at("/statistics/tokens").asLong()).isEqualTo(1_200);
    assertThat(session.at("/statistics/costUsd").asDouble()).isEqualTo(0.25);
    server.post(session(id) + "/complete", done).is(200);
    server
        .post(
            session(id) + "/fail",
            Map.of("attempt", 1, "error", Map.of("type", "x", "message", "")))
        .isProblem(409, "session-ended");
    assertThat(server.get(session(id)).json()).isEqualTo(session);
  }

  @Test
  void aFailureIsListedWithItsError() {
    String id = server.create("Failed");

    server
        .post(
            session(id) + "/fail",
            Map.of("attempt", 1, "error", Map.of("type", "quota", "message", "No more tokens")))
        .is(200);

    JsonNode session = server.get(session(id)).json();
    assertThat(session.get("state").asText()).isEqualTo("failed");
    assertThat(session.get("error"))
        .isEqualTo(Reply.parse("{\"type\":\"quota\",\"message\":\"No more tokens\"}"));
    assertThat(server.get("/api/v1/sessions?state=failed&limit=500").json().get("items"))
        .contains(session);
  }

  @Test
  void anUnchangedSessionIsNotSentAgain() {
    String id = server.create("Cached");
    for (String path : List.of(session(id), session(id) + "/results", "/api/v1/question-sets")) {
      Reply first = server.get(path).is(200);

      Reply second = server.get(path, "If-None-Match", first.etag()).is(304);

      assertThat(second.body()).as(path).isEmpty();
      assertThat(second.etag()).isEqualTo(first.etag());
      assertThat(second.revision()).isGreaterThanOrEqualTo(first.revision());
      server.get(path, "If-None-Match", "\"1\", W/" + first.etag()).is(304);
      server.get(path, "If-None-Match", "\"1\"").is(200);
    }
    Reply before = server.get(session(id));
    server.post(session(id) + "/stop", null).is(200);
    server.get(session(id), "If-None-Match", before.etag()).is(200);
  }

  @Test
  void aChangeOfWhatOneHasNotSeenIsRefused() {
    String id = server.create("If-Match");
    String seen = server.get(session(id)).etag();
    server.post(session(id) + "/rows", rows(row("Q1", "meanwhile"))).is(200);
    // A stop overwrites the state, and no row.
    server.post(session(id) + "/stop", null, "If-Match", seen).is(200);
    server.post(session(id) + "/resume", null).is(200);
    server.post(session(id) + "/stop", null, "If-Match", seen).isProblem(412, "changed-since");
    server
        .post(session(id) + "/stop", null, "If-Match", "\"999999999\"")
        .isProblem(412, "changed-since");

    String now = server.get(session(id)).etag();
    server.post(session(id) + "/stop", null, "If-Match", now).is(200);
    server.delete(session(id), "If-Match", seen).isProblem(412, "changed-since");
    server.delete(session(id), "If-Match", "*").is(204);
    server
        .post(session(server.create("odd")) + "/stop", null, "If-Match", "abc")
        .isProblem(400, "bad-parameter");
  }

  @Test
  void anActiveSessionIsDeletedByForceOnlyAndWhoAsksLearnsWhy() {
    String id = server.create("Gone");
    server.delete(session(id)).isProblem(409, "session-active");

    Reply deleted = server.delete(session(id) + "?force=true&reason=test%20data").is(204);

    assertThat(deleted.revision()).isPositive();
    for (String path : List.of("", "/results", "/events", "/export?format=csv")) {
      JsonNode gone = server.get(session(id) + path).isProblem(410, "gone");
      assertThat(gone.get("detail").asText()).contains("deleted by local", "test data", "Gone");
      assertThat(gone.get("revision").asLong()).isGreaterThanOrEqualTo(deleted.revision());
    }
    server.post(session(id) + "/stop", null).isProblem(410, "gone");
    server.delete(session(id)).isProblem(410, "gone");
    assertThat(server.get("/api/v1/sessions?limit=500").text()).doesNotContain(id);
  }

  @Test
  void anEndedSessionIsDeletedWithoutForce() {
    String id = server.create("Ended");
    server.post(session(id) + "/stop", null).is(200);

    server.delete(session(id)).is(204);

    server.get(session(id)).isProblem(410, "gone");
  }

  @Test
  void theJournalOfASessionSaysWhoDidWhatAndWhy() {
    String id = server.create("Record");
    server.post(session(id) + "/rows", rows(row("Q1", "yes"))).is(200);
    Reply stop = server.post(session(id) + "/stop", Map.of("reason", "enough")).is(200);

    JsonNode events = server.get(session(id) + "/events").is(200).json();

    assertThat(Reply.names(events)).containsExactly("items", "next");
    assertThat(events.get("next").isNull()).isTrue();
    assertThat(events.get("items")).hasSize(4);
    JsonNode last = events.at("/items/3");
    assertThat(Reply.names(last))
        .containsExactly(
            "revision", "at", "type", "actor", "client", "requestId", "reason", "data");
    assertThat(last.get("type").asText()).isEqualTo("session-stopped.v1");
    assertThat(last.get("actor").asText()).isEqualTo("local");
    assertThat(last.get("reason").asText()).isEqualTo("enough");
    assertThat(last.get("requestId").asText()).isEqualTo(stop.header("Holdfast-Request"));
    assertThat(last.get("revision").asLong()).isEqualTo(stop.revision());

    long second = events.at("/items/1/revision").asLong();
    JsonNode rest = server.get(session(id) + "/events?after=" + second).json();
    assertThat(rest.get("items")).hasSize(2);
  }

  @Test
  void theJournalComesAsOneEventALine() {
    String id = server.create("Lines");
    JsonNode events = server.get(session(id) + "/events").json().get("items");

    Reply lines = server.get(session(id) + "/events", "Accept", "application/x-ndjson").is(200);

    assertThat(lines.header("Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(lines.text().lines().map(Reply::parse))
        .containsExactly(events.get(0), events.get(1));
  }

  @Test
  void aLongJournalIsReadPageByPage() {
    String id = server.create("Long");
    Crew.of(16)
        .each(510, i -> server.post(session(id) + "/rows", rows(row("Q1", "answer " + i))).is(200));

    JsonNode first = server.get(session(id) + "/events").json();
    JsonNode second =
        server.get(session(id) + "/events?after=" + first.get("next").asLong()).json();

    assertThat(first.get("items")).hasSize(500);
    assertThat(second.get("items")).hasSize(12);
    assertThat(second.get("next").isNull()).isTrue();
  }

  @Test
  void ownWritesAreSeenAtOnceOnEveryConnection() throws Exception {
    for (int i = 0; i < 20; i++) {
      String id = server.create("Seen " + i);
      try (RawClient other = server.raw()) {
        other.lines("GET /api/v1/sessions?limit=1 HTTP/1.1\nHost: HOST\n\n");
        assertThat(other.reply().json().at("/items/0/id").asText()).isEqualTo(id);
        other.lines("GET " + session(id) + " HTTP/1.1\nHost: HOST\n\n");
        assertThat(other.reply().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aReadChangesNothing() {
    String id = server.create("Read");
    String before = server.get(session(id)).text();
    long revision = server.revision();

    List.of("", "/results", "/events", "/export?format=json")
        .forEach(path -> server.get(session(id) + path).is(200));

    assertThat(server.get(session(id)).text()).isEqualTo(before);
    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void aReplyIsPrivateToItsReaderAndTellsTheBrowserWhatNotToDo() {
    Reply reply = server.post("/api/v1/sessions", EXTERNAL).is(201);

    assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
    assertThat(reply.header("Holdfast-Request")).isNotBlank();
  }

  @Test
  void theStateOfTheServerIsPublic() {
    assertThat(server.get("/health/live").is(200).json())
        .isEqualTo(Reply.parse("{\"status\":\"up\"}"));
    for (String path : List.of("/health/ready", "/health")) {
      JsonNode ready = server.get(path).is(200).json();
      assertThat(Reply.names(ready)).contains("owner", "revision", "journal");
      assertThat(ready.get("owner").asText()).isEqualTo("here");
    }
  }

  @Test
  void headAnswersLikeGetWithoutTheBody() {
    String id = server.create("Head");
    for (String path :
        List.of(session(id), session(id) + "/results", "/api/v1/sessions", "/health/ready")) {
      Reply get = server.get(path).is(200);

      Reply head = server.send("HEAD", path, BodyPublishers.noBody()).is(200);

      assertThat(head.body()).isEmpty();
      assertThat(head.etag()).as(path).isEqualTo(get.etag());
      assertThat(head.header("Content-Type")).as(path).isEqualTo(get.header("Content-Type"));
    }
    assertThat(server.send("HEAD", "/", BodyPublishers.noBody()).is(200).body()).isEmpty();
  }
}
