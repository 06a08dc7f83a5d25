package dev.holdfast.http.live;

import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.http.RawClient;
import dev.holdfast.http.Reply;
import dev.holdfast.http.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that do not read, too many readers, and readers that are there when the server stops. */
class SlowReaderTest {
  private static final int PLACES = 4;
  private static final int REPORTS = 60;
  private static final int REPORT_BYTES = 100_000;

  @TempDir private Path data;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(TestServer.settings(data, null).with("http.streamsMax", PLACES));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawClient readerOfNothing(String id) throws IOException {
    RawClient slow = new RawClient(server.port(), 8_192);
    slow.lines("GET /api/v1/stream?sessionId=" + id + " HTTP/1.1\nHost: HOST\n\n");
    return slow;
  }

  /** Fills the table again and again with long answers; the revision of the last report. */
  private long report(String id) {
    String answer = "x".repeat(REPORT_BYTES / 5);
    long revision = 0;
    for (int i = 0; i < REPORTS; i++) {
      revision =
          server
              .post(
                  session(id) + "/rows",
                  rows(
                      row("Q1", answer),
                      row("Q2", answer),
                      row("Q3", answer),
                      row("Q4", answer),
                      row("Q5", answer.substring(4) + (1_000 + i))))
              .is(200)
              .json()
              .get("revision")
              .asLong();
    }
    return revision;
  }

  @Test
  void aReaderThatDoesNotReadIsCutAndNobodyElseNotices() throws Exception {
    String id = server.create("Big");
    try (RawClient never = readerOfNothing(id);
        RawClient late = readerOfNothing(id);
        StreamClient good = StreamClient.open(server, "?sessionId=" + id)) {
      CompletableFuture<Long> last = CompletableFuture.supplyAsync(() -> report(id));
      Folded folded = new Folded();
      while (!last.isDone() || folded.revision() < last.join()) {
        folded.take(good.next());
      }

      assertThat(folded.resets()).isZero();
      JsonNode results = server.get(session(id) + "/results").json();
      assertThat(folded.rows(id).get("Q5")).isEqualTo(results.at("/sections/1/rows/2"));
      assertThat(bytesKeptFor(late)).isLessThan(REPORTS * (long) REPORT_BYTES / 2);
      // A connection that is idle is closed in the end; this must not be what cuts the reader.
      await().atMost(Duration.ofSeconds(20)).until(() -> isCutAfterAChange(never, id));
      StreamClient.open(server, "").close();
    }
  }

  /** Reads what the server still has for somebody who has not read before; then reads no more. */
  private static long bytesKeptFor(RawClient client) throws IOException {
    InputStream in = client.in();
    byte[] buffer = new byte[65_536];
    StringBuilder tail = new StringBuilder();
    long bytes = 0;
    for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
      bytes += read;
      tail.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      if (tail.indexOf((1_000 + REPORTS - 1) + "\"") >= 0) {
        break;
      }
      tail.delete(0, Math.max(0, tail.length() - 100));
    }
    client.vanish();
    return bytes;
  }

  private boolean isCutAfterAChange(RawClient client, String id) {
    server.post(session(id) + "/rows", rows(row("Q1", "more"))).is(200);
    return isCut(client);
  }

  private static boolean isCut(RawClient client) {
    try {
      client.lines("\n");
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aPlaceIsFreeAgainOnceItsReaderIsGone() {
    for (int round = 0; round < 3; round++) {
      List<StreamClient> open = new ArrayList<>();
      for (int i = 0; i < PLACES; i++) {
        open.add(StreamClient.open(server, ""));
      }

      Reply refused = server.get("/api/v1/stream");
      refused.isProblem(429, "too-many-requests");
      assertThat(refused.header("Retry-After")).isNotBlank();

      open.forEach(StreamClient::close);
      await().until(() -> canOpen(PLACES));
    }
  }

  private boolean canOpen(int count) {
    List<StreamClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(StreamClient.open(server, ""));
      }
      return true;
    } catch (AssertionError refused) {
      return false;
    } finally {
      open.forEach(StreamClient::close);
    }
  }

  @Test
  void aServerThatStopsSaysGoodbyeAndDoesNotWaitForItsReaders() throws Exception {
    List<StreamClient> open = new ArrayList<>();
    for (int i = 0; i < PLACES - 1; i++) {
      StreamClient stream = StreamClient.open(server, "");
      stream.next("snapshot");
      open.add(stream);
    }
    String path = "/api/v1/changes?wait=30&after=" + server.revision();
    CompletableFuture<Reply> poll = CompletableFuture.supplyAsync(() -> server.get(path));

    server.stop();

    for (StreamClient stream : open) {
      assertThat(stream.next("goodbye").get("reason").asText()).isNotBlank();
      assertThat(stream.next()).isNull();
    }
    await().until(poll::isDone);
  }

  @Test
  void aServerThatStopsDoesNotWaitForAReaderThatDoesNotRead() throws Exception {
    String id = server.create("Stuck");
    try (RawClient never = readerOfNothing(id);
        StreamClient good = StreamClient.open(server, "?sessionId=" + id)) {
      good.next("snapshot");
      report(id);

      server.stop();

      await().atMost(Duration.ofSeconds(20)).until(() -> isCut(never));
    }
  }

  @Test
  void aReaderResumesAfterARestartOfTheServer() throws Exception {
    String id = server.create("Before");
    long held = server.revision();

    server.restart();

    try (StreamClient stream = StreamClient.open(server, "?after=" + held)) {
      assertThat(stream.next("frame").get("previous").asLong()).isEqualTo(held);
      server.post(session(id) + "/stop", null).is(200);
      assertThat(stream.next("session").at("/session/state").asText()).isEqualTo("partial");
    }
  }
}
