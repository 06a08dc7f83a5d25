package dev.holdfast.http;

import static dev.holdfast.http.TestServer.EXTERNAL;
import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A person's verdict stands beside the row that it is about. */
class ReviewTest {
  private static final Map<String, Object> ACCEPTED = Map.of("verdict", "accepted");

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

  private static Reply review(String id, String question, Object body, String... headers) {
    return server.put(session(id) + "/results/" + question + "/review", body, headers);
  }

  /** A session with an answer to Q1 and none to the others. */
  private static String answered(String title) {
    String id = server.create(title);
    server.post(session(id) + "/rows", rows(row("Q1", "from the analyzer"))).is(200);
    return id;
  }

  private static JsonNode firstRow(String id) {
    return server.get(session(id) + "/results").is(200).json().at("/sections/0/rows/0");
  }

  @Test
  void aCorrectionStandsBesideTheAnswer() {
    String id = answered("Corrected");
    JsonNode before = server.get(session(id)).json();

    Reply reviewed =
        review(
                id,
                "Q1",
                Map.of(
                    "verdict",
                    "corrected",
                    "correctedAnswer",
                    "Sixty days \ud83d\udea7\n",
                    "correctedPages",
                    List.of(9, 2),
                    "reason",
                    "amended"))
            .is(200);

    JsonNode row = reviewed.json();
    assertThat(row).isEqualTo(firstRow(id));
    assertThat(row.get("answer").asText()).isEqualTo("from the analyzer");
    JsonNode review = row.get("review");
    assertThat(Reply.names(review))
        .containsExactly(
            "verdict", "correctedAnswer", "correctedPages", "reason", "by", "at", "revision");
    assertThat(review.get("verdict").asText()).isEqualTo("corrected");
    assertThat(review.get("correctedAnswer").asText()).isEqualTo("Sixty days \ud83d\udea7\n");
    assertThat(review.get("correctedPages")).isEqualTo(Reply.parse("[9,2]"));
    assertThat(review.get("reason").asText()).isEqualTo("amended");
    assertThat(review.get("by").asText()).isEqualTo("local");
    assertThat(Instant.parse(review.get("at").asText())).isBefore(Instant.MAX);
    JsonNode after = server.get(session(id)).json();
    assertThat(review.get("revision")).isEqualTo(after.get("revision"));
    assertThat(reviewed.etag()).isEqualTo("\"" + after.get("revision").asLong() + "\"");
    assertThat(reviewed.revision()).isGreaterThanOrEqualTo(after.get("revision").asLong());
    assertThat(after.get("progress")).isEqualTo(before.get("progress"));
    assertThat(after.get("state")).isEqualTo(before.get("state"));
  }

  @Test
  void aVerdictTakesThePlaceOfTheFormerOne() {
    String id = answered("Again");
    review(id, "Q1", Map.of("verdict", "corrected", "correctedAnswer", "x")).is(200);

    JsonNode review = review(id, "Q1", Map.of("verdict", "rejected")).is(200).json().get("review");

    assertThat(review.get("verdict").asText()).isEqualTo("rejected");
    assertThat(review.get("correctedAnswer").isNull()).isTrue();
    assertThat(review.get("correctedPages")).isEmpty();
  }

  @Test
  void aReportAgainKeepsTheReviewOfItsRow() {
    String id = answered("Kept");
    JsonNode review = review(id, "Q1", ACCEPTED).is(200).json().get("review");

    server.post(session(id) + "/rows", rows(row("Q1", "another answer"))).is(200);

    assertThat(firstRow(id).get("answer").asText()).isEqualTo("another answer");
    assertThat(firstRow(id).get("review")).isEqualTo(review);
  }

  @Test
  void anEndedSessionIsReviewedToo() {
    for (String end : List.of("/stop", "/complete")) {
      String id = answered("Ended by " + end);
      server.post(session(id) + end, end.equals("/stop") ? Map.of() : Map.of("attempt", 1)).is(200);
      // Out of the store, where the rows of ended sessions are after a start.
      server.restart();

      JsonNode row = review(id, "Q1", ACCEPTED).is(200).json();
      JsonNode open =
          review(id, "Q2", Map.of("verdict", "corrected", "correctedAnswer", "found it"))
              .is(200)
              .json();

      assertThat(row.at("/review/verdict").asText()).isEqualTo("accepted");
      assertThat(open.get("status").asText()).isEqualTo("pending");
      JsonNode table = server.get(session(id) + "/results").json();
      assertThat(table.at("/sections/0/rows/0")).isEqualTo(row);
      assertThat(table.at("/sections/0/rows/1")).isEqualTo(open);
      server.restart();
      assertThat(server.get(session(id) + "/results").json()).isEqualTo(table);
    }
  }

  @Test
  void reviewsAreKeptWhenASessionIsResumed() {
    String id = answered("Resumed");
    JsonNode row = review(id, "Q1", ACCEPTED).is(200).json();
    server.post(session(id) + "/stop", null).is(200);

    server.post(session(id) + "/resume", null).is(200);

    assertThat(firstRow(id)).isEqualTo(row);
  }

  @TestFactory
  Stream<DynamicTest> aReviewThatIsWrongIsRefused() {
    String id = answered("Wrong");
    Map<String, Object> corrected = Map.of("verdict", "corrected", "correctedAnswer", "x");
    return Stream.of(
        refused(id, "Q1", 422, "invalid-value", null),
        refused(id, "Q1", 422, "invalid-value", "{}"),
        refused(id, "Q1", 422, "invalid-value", "{\"verdict\":null}"),
        refused(id, "Q1", 422, "invalid-value", "{\"verdict\":\"\"}"),
        refused(id, "Q1", 422, "invalid-value", "{\"verdict\":\"ACCEPTED\"}"),
        refused(id, "Q1", 422, "invalid-value", "{\"verdict\":\"good\"}"),
        refused(id, "Q1", 422, "invalid-value", "{\"verdict\":\"corrected\"}"),
        refused(id, "Q1", 422, "invalid-value", with(corrected, "correctedAnswer", "")),
        refused(id, "Q1", 422, "invalid-value", with(corrected, "correctedAnswer", " \n")),
        refused(id, "Q1", 422, "invalid-value", with(corrected, "correctedAnswer", "a\0b")),
        refused(
            id, "Q1", 422, "invalid-value", with(corrected, "correctedAnswer", "x".repeat(20_001))),
        refused(
            id,
            "Q1",
            422,
            "invalid-value",
            "{\"verdict\":\"corrected\",\"correctedAnswer\":\"\\ud83d\"}"),
        refused(id, "Q1", 422, "invalid-value", with(ACCEPTED, "correctedAnswer", "x")),
        refused(id, "Q1", 422, "invalid-value", with(ACCEPTED, "correctedPages", List.of(1))),
        refused(id, "Q1", 422, "invalid-value", with(corrected, "correctedPages", List.of(0))),
        refused(id, "Q1", 422, "invalid-value", with(corrected, "correctedPages", List.of(-1))),
        refused(id, "Q1", 422, "invalid-value", with(corrected, "correctedPages", List.of(1, 1))),
        refused(
            id, "Q1", 422, "invalid-value", with(corrected, "correctedPages", List.of(100_001))),
        refused(
            id,
            "Q1",
            422,
            "invalid-value",
            with(corrected, "correctedPages", List.of(1, 2, 3, 4, 5, 6))),
        refused(id, "Q1", 422, "invalid-value", with(ACCEPTED, "reason", "x".repeat(1_001))),
        refused(id, "Q1", 422, "invalid-value", with(ACCEPTED, "reason", "\0")),
        refused(id, "Q1", 400, "malformed-request", with(ACCEPTED, "reason", 7)),
        refused(id, "Q1", 400, "malformed-request", with(corrected, "correctedPages", 1)),
        refused(id, "Q1", 400, "malformed-request", with(corrected, "correctedPages", "1")),
        refused(
            id, "Q1", 400, "malformed-request", with(corrected, "correctedPages", List.of("1"))),
        refused(
            id, "Q1", 400, "malformed-request", with(corrected, "correctedPages", List.of(1.5))),
        refused(
            id,
            "Q1",
            400,
            "malformed-request",
            "{\"verdict\":\"corrected\",\"correctedAnswer\":\"x\",\"correctedPages\":[null]}"),
        refused(
            id,
            "Q1",
            400,
            "malformed-request",
            with(corrected, "correctedPages", List.of(4_294_967_297L))),
        refused(id, "Q1", 400, "malformed-request", "{\"verdict\":1}"),
        refused(id, "Q1", 400, "malformed-request", "{\"verdict\":" + "[".repeat(20_000)),
        refused(id, "Q1", 400, "malformed-request", with(ACCEPTED, "by", "somebody else")),
        refused(id, "Q1", 400, "malformed-request", "[]"),
        refused(id, "Q1", 413, "too-large", with(ACCEPTED, "reason", "x".repeat(70_000))),
        refused(id, "Q2", 422, "invalid-value", ACCEPTED),
        refused(id, "Q2", 422, "invalid-value", Map.of("verdict", "rejected")),
        refused(id, "Q9", 404, "not-found", ACCEPTED),
        refused(id, "q1", 404, "not-found", ACCEPTED),
        refused(id, "%00", 404, "not-found", ACCEPTED),
        refused(id, "..%2f..%2fQ1", 404, "not-found", ACCEPTED),
        refused(id, "%F0%9F%92%A9", 404, "not-found", ACCEPTED),
        refused(id, "x".repeat(3_000), 404, "not-found", ACCEPTED),
        refused("nobody", "Q1", 404, "not-found", ACCEPTED),
        refused("nobody", "Q1", 404, "not-found", "{\"verdict\":\"good\"}"));
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    Map<String, Object> more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static DynamicTest refused(
      String id, String question, int status, String type, Object body) {
    String name = status + " " + question + " " + String.valueOf(body).replace('\0', '0');
    return dynamicTest(
        name.substring(0, Math.min(80, name.length())),
        () -> server.refuses(status, type, () -> review(id, question, body)));
  }

  @Test
  void aPageBeyondTheDocumentIsRefused() {
    String document = server.upload("", Pdfs.of("One page only")).json().get("id").asText();
    Reply created = server.post("/api/v1/sessions", with(EXTERNAL, "documentId", document));
    String id = created.json().get("id").asText();
    Map<String, Object> corrected = Map.of("verdict", "corrected", "correctedAnswer", "x");

    server.refuses(
        422,
        "invalid-value",
        () -> review(id, "Q1", with(corrected, "correctedPages", List.of(1, 2))));
    review(id, "Q1", with(corrected, "correctedPages", List.of(1))).is(200);
  }

  @Test
  void whatIsGoneOrOnItsWayIsNotReviewed() {
    String removed = answered("Removed");
    server.post(session(removed) + "/stop", null).is(200);
    server.expire(removed);
    server.cleanUp();
    String gone = answered("Gone");
    server.delete(session(gone) + "?force=true").is(204);

    server.refuses(409, "session-removed", () -> review(removed, "Q1", ACCEPTED));
    server.refuses(404, "not-found", () -> review(removed, "Q9", ACCEPTED));
    server.refuses(410, "gone", () -> review(gone, "Q1", ACCEPTED));
    server.refuses(410, "gone", () -> review(gone, "Q1", "{}"));
  }

  @Test
  void aReviewIsRefusedOnlyWhenItsRowHasChanged() {
    String id = answered("If-Match");
    String seen = server.get(session(id) + "/results").etag();
    server.post(session(id) + "/rows", rows(row("Q2", "another row"))).is(200);
    server.post(session(id) + "/stop", null).is(200);
    server.patch(session(id), Map.of("title", "edited")).is(200);

    review(id, "Q1", ACCEPTED, "If-Match", seen).is(200);

    server.refuses(412, "changed-since", () -> review(id, "Q1", ACCEPTED, "If-Match", seen));
    server.refuses(412, "changed-since", () -> review(id, "Q2", ACCEPTED, "If-Match", seen));
    server.refuses(
        412, "changed-since", () -> review(id, "Q1", ACCEPTED, "If-Match", "\"99999999\""));
    server.refuses(400, "bad-parameter", () -> review(id, "Q1", ACCEPTED, "If-Match", "x"));
    review(id, "Q1", ACCEPTED, "If-Match", server.get(session(id) + "/results").etag()).is(200);
  }

  @Test
  void ofManyReviewersOfOneRowOneIsFirst() {
    for (boolean ended : List.of(false, true)) {
      String id = answered("Race");
      if (ended) {
        server.post(session(id) + "/stop", null).is(200);
        server.restart();
      }
      String seen = server.get(session(id) + "/results").etag();
      Queue<Reply> replies = new ConcurrentLinkedQueue<>();

      Crew.of(20)
          .all(
              i ->
                  replies.add(
                      review(
                          id,
                          "Q1",
                          Map.of("verdict", "corrected", "correctedAnswer", "by " + i),
                          "If-Match",
                          seen)));

      List<Reply> won = replies.stream().filter(reply -> reply.status() == 200).toList();
      assertThat(won).hasSize(1);
      replies.stream()
          .filter(reply -> reply.status() != 200)
          .forEach(reply -> reply.isProblem(412, "changed-since"));
      assertThat(firstRow(id)).isEqualTo(won.get(0).json());
    }
  }

  @Test
  void reviewsOfOtherRowsDoNotCollide() {
    String id = answered("Beside");
    server
        .post(session(id) + "/rows", rows(row("Q2", "b"), row("Q3", "c"), row("Q4", "d")))
        .is(200);
    String seen = server.get(session(id) + "/results").etag();

    Crew.of(4).all(i -> review(id, "Q" + (i + 1), ACCEPTED, "If-Match", seen).is(200));

    assertThat(server.get(session(id) + "/results").text().split("\"accepted\"", -1)).hasSize(5);
  }
}
