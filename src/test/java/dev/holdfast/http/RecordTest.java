package dev.holdfast.http;

import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every change of a session is on record: who made it, with which request, and why. */
class RecordTest {
  @TempDir private static Path data;
  private static TestServer server;

  /** A change that was answered. */
  private record Made(Reply reply, String type, String reason) {}

  private final List<Made> made = new ArrayList<>();

  @BeforeAll
  static void start() {
    server = TestServer.start(TestServer.kept(data, 30, 10));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private void make(Reply reply, String type, String reason) {
    assertThat(reply.status()).as("%s", reply).isBetween(200, 201);
    made.add(new Made(reply, type, reason));
  }

  /** A session with a long life; its path. */
  private String live() {
    String old = session(server.create("Old"));
    server.post(old + "/stop", null).is(200);
    Reply created = server.post(old + "/retry", Map.of("reason", "once more"));
    String path = created.is(201).header("Location");
    make(created, "session-created.v1", "once more");
    made.add(new Made(created, "session-started.v1", null));
    make(server.post(path + "/rows", rows(row("Q1", "x"))), "rows-answered.v1", null);
    Map<String, Object> accepted = Map.of("verdict", "accepted", "reason", "looks right");
    make(server.put(path + "/results/Q1/review", accepted), "row-reviewed.v1", "looks right");
    make(
        server.post(path + "/stop", Map.of("reason", "lunch \ud83d\udea7")),
        "session-stopped.v1",
        "lunch \ud83d\udea7");
    Reply resumed = server.post(path + "/resume", Map.of("reason", "back"));
    make(resumed, "session-resumed.v1", "back");
    made.add(new Made(resumed, "session-started.v1", null));
    make(server.patch(path, Map.of("title", "Edited")), "session-edited.v1", null);
    String id = path.substring(path.lastIndexOf('/') + 1);
    make(
        server.post(
            "/api/v1/bulk", Map.of("action", "stop", "ids", List.of(id), "reason", "all of them")),
        "session-stopped.v1",
        "all of them");
    make(
        server.post(
            "/api/v1/bulk", Map.of("action", "pin", "ids", List.of(id), "reason", "evidence")),
        "session-edited.v1",
        "evidence");
    make(
        server.patch(path, Map.of("pinned", false, "expiresAt", "2020-01-01T00:00:00Z")),
        "session-edited.v1",
        null);
    make(server.post("/api/v1/cleanup", null), "session-removed.v1", null);
    return path;
  }

  @Test
  void eachEventSaysWhoAndWhyAsJsonAndAsLines() {
    String path = live();

    JsonNode items = server.get(path + "/events").is(200).json().get("items");

    assertThat(items).hasSize(made.size());
    long revision = 0;
    for (int i = 0; i < made.size(); i++) {
      JsonNode event = items.get(i);
      assertThat(event.get("type").asText()).isEqualTo(made.get(i).type());
      assertThat(event.get("actor").asText()).isEqualTo("local");
      assertThat(event.get("client").asText()).isEqualTo("http");
      assertThat(event.get("requestId").asText())
          .isEqualTo(made.get(i).reply().header("Holdfast-Request"));
      assertThat(event.get("reason").textValue()).isEqualTo(made.get(i).reason());
      assertThat(Instant.parse(event.get("at").asText())).isBefore(Instant.MAX);
      assertThat(event.get("data").isObject()).isTrue();
      assertThat(event.get("revision").asLong()).isGreaterThan(revision);
      revision = event.get("revision").asLong();
    }
    Reply lines = server.get(path + "/events", "Accept", "application/x-ndjson").is(200);
    assertThat(lines.text().lines().map(Reply::parse)).containsExactlyElementsOf(items);

    // From each event on, in either form.
    for (int i = 0; i < items.size(); i++) {
      String after = path + "/events?after=" + items.get(i).get("revision").asLong();
      List<JsonNode> rest = new ArrayList<>();
      server.get(after).json().get("items").forEach(rest::add);
      assertThat(rest).hasSize(items.size() - i - 1);
      assertThat(
              server.get(after, "Accept", "application/x-ndjson").text().lines().map(Reply::parse))
          .isEqualTo(rest);
    }
    assertThat(server.get(path + "/events?after=999999999999999999").json().get("items")).isEmpty();
  }

  @Test
  void linesArePagedByTheLastRevision() {
    String path = session(server.create("Long"));
    Crew.of(8).each(510, i -> server.post(path + "/rows", rows(row("Q1", "a " + i))).is(200));
    List<Long> revisions = new ArrayList<>();
    long after = 0;
    int size;
    do {
      List<JsonNode> page =
          server
              .get(path + "/events?after=" + after, "Accept", "application/x-ndjson")
              .text()
              .lines()
              .map(Reply::parse)
              .toList();
      page.forEach(event -> revisions.add(event.get("revision").asLong()));
      size = page.size();
      after = revisions.get(revisions.size() - 1);
    } while (size > 0);

    assertThat(revisions).hasSize(512).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aRevisionThatIsNoneIsRefused() {
    String path = session(server.create("Wrong")) + "/events?";
    for (String query : List.of("after=x", "after=-1", "after=1.5", "after=1&after=2", "at=1")) {
      server.refuses(400, "bad-parameter", () -> server.get(path + query));
    }
    server.refuses(400, "bad-parameter", () -> server.get(path + "after=99999999999999999999"));
  }
}
