package dev.holdfast.http.live;

import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.http.Reply;
import dev.holdfast.http.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The state that a reader holds: a snapshot and whole frames on top of it. */
final class Folded {
  private static final List<String> STATES =
      List.of("queued", "running", "completed", "partial", "failed");

  private final Map<String, JsonNode> sessions = new TreeMap<>();
  private final Map<String, Map<String, JsonNode>> rows = new HashMap<>();
  private final List<StreamClient.Event> pending = new ArrayList<>();
  private JsonNode counts;
  private long revision = -1;
  private int resets;

  long revision() {
    return revision;
  }

  int resets() {
    return resets;
  }

  Map<String, JsonNode> sessions() {
    return sessions;
  }

  /** The rows of a named session by question. */
  Map<String, JsonNode> rows(String sessionId) {
    return rows.getOrDefault(sessionId, Map.of());
  }

  JsonNode counts() {
    return counts;
  }

  /** Forgets the parts of a frame that a cut has left incomplete. */
  void cut() {
    pending.clear();
  }

  /** Takes an event in; true when it ended a frame or was a snapshot. */
  boolean take(StreamClient.Event event) {
    switch (event.name()) {
      case "snapshot" -> {
        begin(event.data());
        assertThat(event.id()).isEqualTo(Long.toString(revision));
        return true;
      }
      case "frame" -> {
        frame(event.data());
        assertThat(event.id()).isEqualTo(Long.toString(revision));
        return true;
      }
      case "reset" -> {
        resets++;
        pending.clear();
      }
      case "session", "removed", "row" -> {
        assertThat(event.id()).as("%s", event.text()).isNull();
        pending.add(event);
      }
      default -> throw new AssertionError("unexpected " + event.text());
    }
    return false;
  }

  private void begin(JsonNode snapshot) {
    sessions.clear();
    rows.clear();
    snapshot.get("items").forEach(item -> sessions.put(item.get("id").asText(), item));
    snapshot.get("results").properties().forEach(entry -> begin(entry.getKey(), entry.getValue()));
    revision = snapshot.get("revision").asLong();
    counts = snapshot.get("counts");
    checkCounts();
  }

  private void begin(String sessionId, JsonNode results) {
    Map<String, JsonNode> table = new TreeMap<>();
    for (JsonNode section : results.get("sections")) {
      section.get("rows").forEach(row -> table.put(row.get("questionId").asText(), row));
    }
    rows.put(sessionId, table);
  }

  private void frame(JsonNode frame) {
    assertThat(frame.get("previous").asLong()).as("chain of frames").isEqualTo(revision);
    long next = frame.get("revision").asLong();
    assertThat(next).isGreaterThanOrEqualTo(revision);
    for (StreamClient.Event event : pending) {
      apply(event.name(), event.data(), next);
    }
    pending.clear();
    revision = next;
    counts = frame.get("counts");
    checkCounts();
  }

  private void apply(String name, JsonNode data, long frameRevision) {
    switch (name) {
      case "session" -> {
        JsonNode session = data.get("session");
        JsonNode before = sessions.put(session.get("id").asText(), session);
        assertThat(session.get("revision").asLong()).isBetween(revision + 1, frameRevision);
        assertThat(before == null || before.get("revision").asLong() <= revision).isTrue();
      }
      case "removed" -> sessions.remove(data.get("id").asText());
      default -> {
        String id = data.get("sessionId").asText();
        assertThat(rows).as("rows of named sessions only").containsKey(id);
        rows.get(id).put(data.at("/row/questionId").asText(), data.get("row"));
      }
    }
  }

  /** Counts are of just the sessions that are shown; a test has few enough for that. */
  private void checkCounts() {
    int total = 0;
    for (String state : STATES) {
      long shown =
          sessions.values().stream().filter(s -> s.get("state").asText().equals(state)).count();
      assertThat(counts.get(state).asLong()).as("%s at %s", state, revision).isEqualTo(shown);
      total += (int) shown;
    }
    assertThat(counts.get("total").asInt()).isEqualTo(total);
  }

  /** Compares all of it with what a client is told that asks, and that nobody disturbs. */
  void isWhatGetShows(TestServer server, List<String> named) {
    JsonNode list = server.get("/api/v1/sessions?limit=500").json();
    assertThat(revision).isEqualTo(list.get("revision").asLong());
    Map<String, JsonNode> listed = new TreeMap<>();
    list.get("items").forEach(item -> listed.put(item.get("id").asText(), item));
    assertThat(sessions).isEqualTo(listed);
    assertThat(counts).isEqualTo(list.get("counts"));
    for (String id : named) {
      Reply results = server.get(session(id) + "/results");
      if (results.status() != 410) {
        Map<String, JsonNode> table = new TreeMap<>();
        for (JsonNode section : results.is(200).json().get("sections")) {
          section.get("rows").forEach(row -> table.put(row.get("questionId").asText(), row));
        }
        assertThat(rows(id)).isEqualTo(table);
      }
    }
  }
}
