package dev.holdfast.http.legacy;

import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.http.Pdfs;
import dev.holdfast.http.Reply;
import dev.holdfast.http.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the old application find what they always found. */
class LegacyRoutesTest {
  private static final String LIST = "/api/admin/sessions";
  private static final String[] ITEM = {
    "session_id",
    "status",
    "pdf_filename",
    "pdf_path",
    "config_path",
    "started_at",
    "completed_at",
    "stopped_at",
    "questions_answered",
    "total_pages",
    "total_tokens",
    "processing_time"
  };

  @TempDir private static Path data;
  private static TestServer server;
  private static String document;

  @BeforeAll
  static void start() {
    server = TestServer.start(data);
    document = server.upload("?filename=old.pdf", Pdfs.of("One", "Two")).json().get("id").asText();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String create() {
    return server
        .post(
            "/api/v1/sessions",
            Map.of("questionSet", TestServer.SET, "analyzer", "external", "documentId", document))
        .is(201)
        .json()
        .get("id")
        .asText();
  }

  private static void fail(String id) {
    Map<String, Object> error = Map.of("type", "quota", "message", "No more tokens");
    server.post(session(id) + "/fail", Map.of("attempt", 1, "error", error)).is(200);
  }

  private static JsonNode find(JsonNode items, String id) {
    for (JsonNode item : items) {
      if (item.get("session_id").asText().equals(id)) {
        return item;
      }
    }
    throw new AssertionError(id + " is not in " + items);
  }

  @Test
  void theListHasItsGroupsAndSumsThatAgree() {
    String active = create();
    String completed = create();
    server.post(session(completed) + "/complete", Map.of("attempt", 1)).is(200);
    String partial = create();
    server.post(session(partial) + "/stop", null).is(200);
    String failed = create();
    fail(failed);

    JsonNode list = server.get(LIST).is(200).json();

    assertThat(Reply.names(list)).containsExactly("success", "summary", "sessions", "diagnostics");
    assertThat(list.get("success").asBoolean()).isTrue();
    JsonNode sessions = list.get("sessions");
    assertThat(Reply.names(sessions)).containsExactly("active", "completed", "partial", "legacy");
    assertThat(sessions.get("legacy")).isEmpty();
    assertThat(Reply.names(list.get("diagnostics")))
        .containsExactly("owner", "revision", "journal", "uptime");
    JsonNode summary = list.get("summary");
    assertThat(Reply.names(summary))
        .containsExactly(
            "total_sessions", "active_count", "completed_count", "partial_count", "legacy_count");
    for (String group : List.of("active", "completed", "partial")) {
      assertThat(summary.get(group + "_count").asInt()).isEqualTo(sessions.get(group).size());
      sessions.get(group).forEach(item -> assertThat(Reply.names(item)).contains(ITEM));
    }
    assertThat(find(sessions.get("active"), active).get("status").asText()).isEqualTo("active");
    JsonNode done = find(sessions.get("completed"), completed);
    assertThat(Reply.names(done)).containsExactlyInAnyOrder(ITEM);
    assertThat(done.get("status").asText()).isEqualTo("completed");
    assertThat(done.get("completed_at").isNull()).isFalse();
    assertThat(done.get("pdf_filename").asText()).isEqualTo("old.pdf");
    assertThat(done.get("pdf_path").asText()).isEqualTo("documents/" + document);
    assertThat(done.get("config_path").asText()).isEqualTo("small@1");
    assertThat(done.get("total_pages").asInt()).isEqualTo(2);
    assertThat(done.get("processing_time").isNumber()).isTrue();
    JsonNode half = find(sessions.get("partial"), partial);
    assertThat(half.get("status").asText()).isEqualTo("partial");
    assertThat(half.get("stopped_at").isNull()).isFalse();
    JsonNode broken = find(sessions.get("partial"), failed);
    assertThat(broken.get("status").asText()).isEqualTo("failed");
    assertThat(broken.get("error").asText()).isEqualTo("No more tokens");
  }

  @Test
  void resultsHaveTheOldShape() {
    String id = create();
    Map<String, Object> answer =
        Map.of(
            "questionId", "Q1",
            "status", "answered",
            "answer", "Yes",
            "pages", List.of(2, 1),
            "confidence", 0.834,
            "footnote", "sic");
    server.post(session(id) + "/rows", rows(answer)).is(200);

    JsonNode results = server.get("/api/results/" + id).is(200).json();

    assertThat(Reply.names(results)).containsExactly("success", "partial", "result", "statistics");
    assertThat(results.get("partial").asBoolean()).isTrue();
    JsonNode result = results.get("result");
    assertThat(Reply.names(result))
        .containsExactly(
            "sections", "document_name", "total_pages", "questions_answered", "total_questions");
    assertThat(result.get("document_name").asText()).isEqualTo("old.pdf");
    assertThat(result.get("questions_answered").asInt()).isEqualTo(1);
    assertThat(result.get("total_questions").asInt()).isEqualTo(5);
    assertThat(Reply.names(result.at("/sections/0")))
        .containsExactly("section_id", "section_name", "questions");
    assertThat(result.at("/sections/0/questions/0"))
        .isEqualTo(
            Reply.parse(
                "{\"question_id\":\"Q1\",\"question\":\"What about Q1?\",\"answer\":\"Yes\","
                    + "\"page_citations\":[2,1],\"confidence\":0.834,\"footnote\":\"sic\"}"));
    assertThat(result.at("/sections/0/questions/1/answer").asText()).isEmpty();
    JsonNode statistics = results.get("statistics");
    assertThat(Reply.names(statistics))
        .containsExactly(
            "processing_time",
            "total_tokens",
            "estimated_cost",
            "questions_answered",
            "total_questions",
            "average_confidence");
    assertThat(statistics.get("estimated_cost").asText()).isEqualTo("$0.0000");
    assertThat(statistics.get("average_confidence").asText()).isEqualTo("83%");

    server.post(session(id) + "/complete", Map.of("attempt", 1)).is(200);
    assertThat(Reply.names(server.get("/api/results/" + id).json())).doesNotContain("partial");
  }

  @Test
  void aStopKeepsTheTable() {
    String id = create();
    server.post(session(id) + "/rows", rows(row("Q1", "kept"))).is(200);

    JsonNode stopped = stop(id).is(200).json();

    assertThat(Reply.names(stopped)).containsExactly("success", "message", "status");
    assertThat(stopped.get("success").asBoolean()).isTrue();
    assertThat(stopped.get("status").asText()).isEqualTo("partial");
    assertThat(stop(id).is(200).json().get("status").asText()).isEqualTo("partial");
    assertThat(
            server
                .get("/api/results/" + id)
                .json()
                .at("/result/sections/0/questions/0/answer")
                .asText())
        .isEqualTo("kept");
  }

  /** As the old pages send it: with an origin at most. */
  private static Reply stop(String id) {
    return server.send(
        "POST",
        "/api/stop/" + id,
        BodyPublishers.noBody(),
        "Origin",
        "http://127.0.0.1:" + server.port());
  }

  @Test
  void aForeignPageCannotStop() {
    String id = create();
    server
        .send("POST", "/api/stop/" + id, BodyPublishers.noBody(), "Origin", "https://evil.example")
        .isProblem(403, "forbidden");
    assertThat(server.get(session(id)).json().get("state").asText()).isEqualTo("running");
  }

  @Test
  void whatIsNotThereIsSaidInTheOldWords() {
    String id = create();
    server.delete(session(id) + "?force=true").is(204);
    for (Reply reply : List.of(server.get("/api/results/nobody"), stop("nobody"))) {
      JsonNode missing = reply.is(404).json();
      assertThat(Reply.names(missing)).containsExactly("success", "error", "message");
      assertThat(missing.get("success").asBoolean()).isFalse();
      assertThat(missing.get("error").asText()).isEqualTo("Session not found");
    }
    for (Reply reply : List.of(server.get("/api/results/" + id), stop(id))) {
      assertThat(reply.is(410).json().get("message").asText()).contains("deleted");
    }
  }

  @Test
  void oldAddressesLeadToThePage() {
    assertThat(server.get("/admin/sessions").is(302).header("Location")).isEqualTo("../");
    String id = create();
    assertThat(server.get("/sessions/" + id).is(302).header("Location"))
        .isEqualTo("../#/sessions/" + id);
    assertThat(server.get("/sessions/%0D%0ASet-Cookie:x%2F%2Fevil").is(302).headers())
        .doesNotContainKey("Set-Cookie");
  }
}
