package dev.holdfast.http.live;

import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Reply;
import dev.holdfast.http.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever people do to sessions, who follows the stream holds what who asks is told. */
class StreamChangesTest {
  @TempDir private static Path data;
  private static TestServer server;

  private final Folded following = new Folded();
  private final Folded returning = new Folded();
  private StreamClient stream;
  private List<String> named;
  private String query;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestServer.kept(data, 30, 10));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyChangeOfPeopleIsInTheStream() throws Exception {
    String a = server.create("a");
    String b = server.create("b");
    String c = server.create("c");
    server.post(session(b) + "/rows", rows(row("Q1", "kept"))).is(200);
    server.post(session(b) + "/stop", null).is(200);
    // The rows of an ended session are in the store alone after a start.
    server.restart();
    named = List.of(a, b, c);
    query = "?" + String.join("&", named.stream().map(id -> "sessionId=" + id).toList());
    try (StreamClient open = StreamClient.open(server, query)) {
      stream = open;
      follow(stream, following);
      compare();
      Map<String, Object> corrected = Map.of("verdict", "corrected", "correctedAnswer", "by hand");
      change("PUT", session(a) + "/results/Q1/review", corrected);
      change("POST", session(a) + "/rows", rows(row("Q1", "from the analyzer")));
      change("PUT", session(b) + "/results/Q1/review", Map.of("verdict", "accepted"));
      change("PUT", session(b) + "/results/Q5/review", corrected);
      change("PATCH", session(b), Map.of("title", "B", "labels", Map.of("x", "y")));
      change("POST", session(b) + "/resume", null);
      change(
          "POST",
          session(b) + "/rows",
          Map.of("attempt", 2, "rows", List.of(row("Q1", "again"), row("Q2", "more"))));
      change("POST", "/api/v1/bulk", Map.of("action", "stop", "ids", List.of(a, b, c)));
      change("POST", "/api/v1/bulk", Map.of("action", "retry", "ids", List.of(a, b)));
      change("POST", session(c) + "/retry", null);
      change("POST", "/api/v1/bulk", Map.of("action", "pin", "filter", Map.of()));
      change("PATCH", session(a), Map.of("pinned", false, "expiresAt", "2020-01-01T00:00:00Z"));
      change("POST", "/api/v1/cleanup", null);
      assertThat(following.sessions()).doesNotContainKey(a);
      change("DELETE", session(a), null);
      change("POST", "/api/v1/bulk", Map.of("action", "delete", "ids", List.of(b, c)));
      change("PATCH", session(server.create("d")), Map.of("title", "D"));
    }
    assertThat(following.resets()).isZero();
    assertThat(returning.resets()).isZero();
  }

  private void change(String method, String path, Object body) throws IOException {
    Reply reply = server.change(method, path, body);
    assertThat(reply.status()).as("%s", reply).isBetween(200, 204);
    compare();
  }

  /** Of who stays, of who comes back, and of who comes now. */
  private void compare() throws IOException {
    follow(stream, following);
    following.isWhatGetShows(server, named);
    String held = returning.revision() < 0 ? "" : "&after=" + returning.revision();
    try (StreamClient again = StreamClient.open(server, query + held)) {
      follow(again, returning);
    }
    returning.isWhatGetShows(server, named);
    Folded fresh = new Folded();
    try (StreamClient first = StreamClient.open(server, query)) {
      follow(first, fresh);
    }
    fresh.isWhatGetShows(server, named);
  }

  private static void follow(StreamClient stream, Folded folded) throws IOException {
    long head = server.revision();
    while (folded.revision() < head) {
      StreamClient.Event event = stream.next();
      assertThat(event).as("the stream goes on").isNotNull();
      folded.take(event);
    }
  }
}
