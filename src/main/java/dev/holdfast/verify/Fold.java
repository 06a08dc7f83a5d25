package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The state that the reader of a stream holds: a snapshot and whole frames on top of it. */
final class Fold {
  private final Map<String, JsonNode> sessions = new TreeMap<>();
  private final Map<String, Map<String, JsonNode>> rows = new HashMap<>();
  private final List<SseEvents.Event> frame = new ArrayList<>();
  private long begun;
  private long revision = -1;
  private JsonNode counts;

  long revision() {
    return revision;
  }

  /** The revision of its snapshot: what changed later must be in it. */
  long begun() {
    return begun;
  }

  Map<String, JsonNode> sessions() {
    return sessions;
  }

  Map<String, Map<String, JsonNode>> rows() {
    return rows;
  }

  JsonNode counts() {
    return counts;
  }

  void begin(JsonNode snapshot) {
    sessions.clear();
    rows.clear();
    frame.clear();
    snapshot.path("items").forEach(item -> sessions.put(item.path("id").asText(), item));
    snapshot
        .path("results")
        .properties()
        .forEach(table -> rows.put(table.getKey(), rowsOf(table.getValue())));
    revision = snapshot.path("revision").asLong();
    begun = revision;
    counts = snapshot.path("counts");
  }

  /** The rows of results by question. */
  static Map<String, JsonNode> rowsOf(JsonNode results) {
    Map<String, JsonNode> table = new TreeMap<>();
    for (JsonNode section : results.path("sections")) {
      section.path("rows").forEach(row -> table.put(row.path("questionId").asText(), row));
    }
    return table;
  }

  /** Takes a part of a frame in; it counts when the frame ends. */
  void part(SseEvents.Event event) {
    frame.add(event);
  }

  /** Forgets the parts of a frame that was cut. */
  void cut() {
    frame.clear();
  }

  /**
   * Ends a frame.
   *
   * @return why it does not continue what is held, or null
   */
  String end(JsonNode end) {
    long previous = end.path("previous").asLong(-1);
    long next = end.path("revision").asLong(-1);
    boolean continues = previous == revision && next >= revision;
    String why =
        continues ? null : "a frame from " + previous + " to " + next + ", held was " + revision;
    frame.forEach(this::apply);
    frame.clear();
    revision = next;
    counts = end.path("counts");
    return why;
  }

  private void apply(SseEvents.Event event) {
    JsonNode data = event.data();
    switch (event.name()) {
      case "session" -> {
        JsonNode session = data.path("session");
        sessions.put(session.path("id").asText(), session);
      }
      case "removed" -> sessions.remove(data.path("id").asText());
      default -> {
        Map<String, JsonNode> table = rows.get(data.path("sessionId").asText());
        if (table != null) {
          table.put(data.path("row").path("questionId").asText(), data.path("row"));
        }
      }
    }
  }
}
