package dev.holdfast.http.live;

import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.http.Reply;
import dev.holdfast.http.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stream and the long poll say, one reader at a time. */
class StreamTest {
  private static final String CHANGES = "/api/v1/changes";

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
  void somethingIsSentAtOnceAndProxiesAreToldToLetItThrough() throws Exception {
    try (StreamClient stream = StreamClient.open(server, "", "Accept-Encoding", "gzip, br")) {
      assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
      assertThat(stream.headers().firstValue("X-Accel-Buffering")).contains("no");
      assertThat(stream.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(stream.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(stream.nextBlock().text()).matches("(?s):\nretry: [12]\\d{3}\n");
    }
  }

  @Test
  void aStreamBeginsWithASnapshot() throws Exception {
    String id = server.create("In the snapshot");
    try (StreamClient stream = StreamClient.open(server, "?sessionId=" + id)) {
      JsonNode snapshot = stream.next("snapshot");

      assertThat(Reply.names(snapshot))
          .containsExactly("journal", "revision", "counts", "items", "results");
      assertThat(snapshot.get("journal"))
          .isEqualTo(server.get("/health/ready").json().get("journal"));
      JsonNode list = server.get("/api/v1/sessions?limit=200").json();
      assertThat(snapshot.get("items")).isEqualTo(list.get("items"));
      assertThat(snapshot.get("counts")).isEqualTo(list.get("counts"));
      assertThat(snapshot.get("results").get(id))
          .isEqualTo(server.get(session(id) + "/results").json());
    }
  }

  @Test
  void aChangeComesAsOneFrameOntoWhatTheReaderHolds() throws Exception {
    try (StreamClient stream = StreamClient.open(server, "")) {
      long held = stream.next("snapshot").get("revision").asLong();

      String id = server.create("Fresh");

      JsonNode session = stream.next("session");
      assertThat(Reply.names(session)).containsExactly("session");
      assertThat(session.get("session")).isEqualTo(server.get(session(id)).json());
      JsonNode frame = stream.next("frame");
      assertThat(Reply.names(frame)).containsExactly("revision", "previous", "counts");
      assertThat(frame.get("previous").asLong()).isEqualTo(held);
      assertThat(frame.get("revision").asLong()).isEqualTo(server.revision());
      assertThat(frame.get("counts"))
          .isEqualTo(server.get("/api/v1/sessions").json().get("counts"));
    }
  }

  @Test
  void rowsAreSentOfNamedSessionsOnly() throws Exception {
    String named = server.create("Named");
    String other = server.create("Other");
    try (StreamClient stream = StreamClient.open(server, "?sessionId=" + named)) {
      stream.next("snapshot");

      server.post(session(other) + "/rows", rows(row("Q1", "unseen"))).is(200);
      assertThat(stream.next("session").at("/session/id").asText()).isEqualTo(other);
      stream.next("frame");
      server.post(session(named) + "/rows", rows(row("Q2", "seen"))).is(200);

      assertThat(stream.next("session").at("/session/id").asText()).isEqualTo(named);
      JsonNode row = stream.next("row");
      assertThat(Reply.names(row)).containsExactly("sessionId", "row");
      assertThat(row.get("sessionId").asText()).isEqualTo(named);
      assertThat(row.get("row"))
          .isEqualTo(server.get(session(named) + "/results").json().at("/sections/0/rows/1"));
      stream.next("frame");
    }
  }

  @Test
  void aDeletedSessionIsRemovedWithTheReason() throws Exception {
    String id = server.create("Leaves");
    try (StreamClient stream = StreamClient.open(server, "")) {
      stream.next("snapshot");

      server.delete(session(id) + "?force=true").is(204);

      assertThat(stream.next("removed"))
          .isEqualTo(Reply.parse("{\"id\":\"" + id + "\",\"reason\":\"deleted\"}"));
      stream.next("frame");
    }
  }

  @Test
  void sixteenSessionsMayBeNamedAndNotSeventeen() throws Exception {
    String sixteen = named(16);
    try (StreamClient stream = StreamClient.open(server, "?" + sixteen)) {
      assertThat(stream.next("snapshot").get("results")).isEmpty();
    }
    server.get("/api/v1/stream?" + named(17)).isProblem(400, "bad-parameter");
  }

  private static String named(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "sessionId=unknown-" + i)
        .collect(Collectors.joining("&"));
  }

  @Test
  void aReaderResumesWhereItWas() throws Exception {
    long held = server.revision();
    String first = server.create("Missed 1");
    server.post(session(first) + "/stop", null).is(200);
    String second = server.create("Missed 2");
    for (String[] how : new String[][] {{"?after=" + held}, {"", "Last-Event-ID", "" + held}}) {
      String[] headers = how.length == 1 ? new String[0] : new String[] {how[1], how[2]};
      try (StreamClient stream = StreamClient.open(server, how[0], headers)) {
        assertThat(stream.next("session").get("session"))
            .isEqualTo(server.get(session(first)).json());
        assertThat(stream.next("session").get("session"))
            .isEqualTo(server.get(session(second)).json());
        JsonNode frame = stream.next("frame");
        assertThat(frame.get("previous").asLong()).isEqualTo(held);
        assertThat(frame.get("revision").asLong()).isEqualTo(server.revision());
      }
    }
  }

  @Test
  void whatTheBrowserHoldsIsNewerThanTheAddress() throws Exception {
    server.create("Older");
    long held = server.revision();
    try (StreamClient stream =
        StreamClient.open(server, "?after=1", "Last-Event-ID", Long.toString(held))) {
      assertThat(stream.next("frame").get("previous").asLong()).isEqualTo(held);
    }
  }

  @Test
  void aReaderThatIsAheadOrTooFarBehindIsResetOnce() throws Exception {
    server.create("Something");
    for (String after : List.of("0", "999999999", "9223372036854775807")) {
      for (String[] headers :
          new String[][] {{"Last-Event-ID", after}, {"Accept-Language", "en"}}) {
        String query = headers[0].startsWith("Last") ? "" : "?after=" + after;
        try (StreamClient stream = StreamClient.open(server, query, headers)) {
          assertThat(stream.next("reset").get("reason").asText()).isNotBlank();
          JsonNode snapshot = stream.next("snapshot");
          String id = server.create("After the reset");
          assertThat(stream.next("session").at("/session/id").asText()).isEqualTo(id);
          assertThat(stream.next("frame").get("previous")).isEqualTo(snapshot.get("revision"));
        }
      }
    }
  }

  @Test
  void aPollWithoutAPointBeginsWithASnapshot() {
    for (String after : List.of("", "&after=999999999", "&after=0")) {
      JsonNode reset = server.get(CHANGES + "?wait=0" + after).is(200).json();

      assertThat(Reply.names(reset)).containsExactly("reset", "snapshot");
      assertThat(reset.get("reset").asBoolean()).isTrue();
      assertThat(Reply.names(reset.get("snapshot")))
          .containsExactly("journal", "revision", "counts", "items", "results");
    }
  }

  @Test
  void aPollThatShallNotWaitSaysThatNothingChanged() {
    long held = server.revision();

    JsonNode nothing = server.get(CHANGES + "?wait=0&after=" + held).is(200).json();

    assertThat(Reply.names(nothing))
        .containsExactly("revision", "previous", "sessions", "removed", "counts");
    assertThat(nothing.get("revision").asLong()).isEqualTo(held);
    assertThat(nothing.get("previous").asLong()).isEqualTo(held);
    assertThat(nothing.get("sessions")).isEmpty();
    assertThat(nothing.get("counts"))
        .isEqualTo(server.get("/api/v1/sessions").json().get("counts"));
  }

  @Test
  void aPollAnswersWithWhatWasMissed() {
    String gone = server.create("Gone");
    long held = server.revision();
    String id = server.create("Missed");
    server.delete(session(gone) + "?force=true").is(204);

    JsonNode changes = server.get(CHANGES + "?after=" + held).is(200).json();

    assertThat(changes.get("previous").asLong()).isEqualTo(held);
    assertThat(changes.get("revision").asLong()).isEqualTo(server.revision());
    assertThat(changes.get("sessions")).containsExactly(server.get(session(id)).json());
    assertThat(changes.get("removed"))
        .isEqualTo(Reply.parse("[{\"id\":\"" + gone + "\",\"reason\":\"deleted\"}]"));
  }

  @Test
  void aPollWaitsForTheNextChange() {
    long held = server.revision();
    CompletableFuture<Reply> poll =
        CompletableFuture.supplyAsync(() -> server.get(CHANGES + "?wait=25&after=" + held));
    assertThat(poll).isNotDone();

    String id = server.create("Awaited");

    Reply answer = poll.join().is(200);
    assertThat(answer.json().get("sessions"))
        .extracting(session -> session.get("id").asText())
        .contains(id);
  }

  @Test
  void aPollSaysTheCountsOfItsRevision() {
    Map<String, Object> none = Map.of();
    String id = server.create("Counted");
    long held = server.revision();
    server.post(session(id) + "/stop", none).is(200);

    JsonNode changes = server.get(CHANGES + "?after=" + held).is(200).json();

    assertThat(changes.get("counts"))
        .isEqualTo(server.get("/api/v1/sessions").json().get("counts"));
  }
}
