package dev.holdfast.http.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.http.Reply;
import dev.holdfast.http.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A reader of the stream that folds what it gets, and breaks when a frame does not fit. */
final class SseClient implements AutoCloseable {
  final Map<String, JsonNode> sessions = new TreeMap<>();
  final Map<String, JsonNode> rows = new TreeMap<>();
  final List<String> resets = new ArrayList<>();
  final List<String> comments = new ArrayList<>();
  long revision = -1;
  JsonNode counts;
  boolean ended;
  String goodbye;
  private HttpURLConnection connection;
  private BufferedReader reader;
  private final List<Runnable> pending = new ArrayList<>();

  /** Opens the stream; {@code query} begins with a question mark or is empty. */
  SseClient open(TestServer server, String query, String lastEventId) throws IOException {
    connection = (HttpURLConnection) server.uri("/api/v1/stream" + query).toURL().openConnection();
    connection.setReadTimeout(20_000);
    if (lastEventId != null) {
      connection.setRequestProperty("Last-Event-ID", lastEventId);
    }
    reader = new BufferedReader(new InputStreamReader(connection.getInputStream(), Reply.UTF_8));
    pending.clear();
    ended = false;
    return this;
  }

  /** Reads until a snapshot or frame has been applied; false when the stream has ended. */
  boolean step() throws IOException {
    String event = null;
    String data = null;
    String id = null;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data = line.substring(6);
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("retry:") || line.startsWith(":")) {
        comments.add(line);
      } else if (line.isEmpty() && event != null) {
        if (apply(event, Reply.parse(data), id)) {
          return true;
        }
        event = null;
        id = null;
      }
    }
    ended = true;
    return false;
  }

  private boolean apply(String event, JsonNode data, String id) {
    switch (event) {
      case "snapshot" -> snapshot(data);
      case "session" -> pending.add(() -> put(data.get("session")));
      case "removed" -> pending.add(() -> sessions.remove(data.get("id").asText()));
      case "row" ->
          pending.add(() -> rows.put(data.at("/row/questionId").asText(), data.get("row")));
      case "frame" -> frame(data, id);
      case "reset" -> resets.add(data.get("reason").asText());
      case "goodbye" -> goodbye = data.get("reason").asText();
      default -> throw new AssertionError("no such event: " + event);
    }
    return event.equals("snapshot") || event.equals("frame");
  }

  private void put(JsonNode session) {
    sessions.put(session.get("id").asText(), session);
  }

  private void snapshot(JsonNode data) {
    long next = data.get("revision").asLong();
    if (next < revision) {
      throw new AssertionError("a snapshot goes back from " + revision + " to " + next);
    }
    sessions.clear();
    rows.clear();
    data.get("items").forEach(this::put);
    data.get("results")
        .forEach(
            results ->
                results
                    .findValues("rows")
                    .forEach(all -> all.forEach(r -> rows.put(r.get("questionId").asText(), r))));
    revision = next;
    counts = data.get("counts");
  }

  private void frame(JsonNode data, String id) {
    if (data.get("previous").asLong() != revision) {
      throw new AssertionError(
          "a frame from " + data.get("previous") + " cannot follow revision " + revision);
    }
    if (!id.equals(data.get("revision").asText())) {
      throw new AssertionError("the id " + id + " is not the revision of its frame");
    }
    pending.forEach(Runnable::run);
    pending.clear();
    revision = data.get("revision").asLong();
    counts = data.get("counts");
  }

  /** Reads on until the client holds that revision. */
  void readTo(long wanted) throws IOException {
    while (revision < wanted) {
      if (!step()) {
        throw new AssertionError("the stream ended at revision " + revision);
      }
    }
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
