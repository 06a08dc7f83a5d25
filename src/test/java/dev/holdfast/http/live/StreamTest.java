package dev.holdfast.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.http.RawClient;
import dev.holdfast.http.Reply;
import dev.holdfast.http.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream has no gap: what a client folds is what it would have read. */
class StreamTest {
  @TempDir private Path data;
  private TestServer server;
  private final Random random = new Random(5);

  @BeforeEach
  void start() {
    server = TestServer.start(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SseClient open(String query, String lastEventId) throws IOException {
    return new SseClient().open(server, query, lastEventId);
  }

  private void change(Random dice) {
    String id = server.create("Session " + dice.nextInt(1_000));
    for (int i = 0; i < dice.nextInt(4); i++) {
      Map<String, Object> row = TestServer.row("Q" + (1 + dice.nextInt(5)), "a" + dice.nextInt(99));
      server.post(TestServer.session(id) + "/rows", TestServer.rows(row)).is(200);
    }
    if (dice.nextInt(3) == 0) {
      server.post(TestServer.session(id) + "/stop", "{}").is(200);
    } else if (dice.nextInt(3) == 0) {
      server.delete(TestServer.session(id) + "?force=true").is(204);
    }
  }

  private void assertFoldsToWhatIsRead(SseClient client) throws IOException {
    JsonNode list = server.get("/api/v1/sessions?limit=500").json();
    client.readTo(list.get("revision").asLong());
    Map<String, JsonNode> read = new TreeMap<>();
    list.get("items").forEach(item -> read.put(item.get("id").asText(), item));
    assertThat(client.revision).isEqualTo(list.get("revision").asLong());
    // A snapshot holds the newest 200 and all active ones; a longer list has more.
    assertThat(client.sessions.size()).isGreaterThanOrEqualTo(Math.min(200, read.size()));
    assertThat(read).containsAllEntriesOf(client.sessions);
    assertThat(client.counts).isEqualTo(list.get("counts"));
  }

  @Test
  void aStreamBeginsWithASnapshotAndFoldsToWhatIsRead() throws IOException {
    change(random);
    try (SseClient client = open("", null)) {
      client.step();
      assertThat(client.comments).anyMatch(line -> line.startsWith("retry:"));
      for (int i = 0; i < 10; i++) {
        change(random);
      }
      assertFoldsToWhatIsRead(client);
    }
  }

  @Test
  void cutsAndResumesLoseNothingWhileOthersWrite() throws Exception {
    AtomicBoolean writing = new AtomicBoolean(true);
    Thread writer =
        new Thread(
            () -> {
              Random dice = new Random(1);
              while (writing.get()) {
                change(dice);
              }
            });
    writer.start();
    for (int stream = 0; stream < 10; stream++) {
      SseClient client = open("", null);
      client.step();
      for (int cut = 0; cut < 10; cut++) {
        for (int i = random.nextInt(3); i > 0; i--) {
          client.step();
        }
        client.close();
        String held = Long.toString(client.revision);
        boolean byHeader = random.nextBoolean();
        client.open(server, byHeader ? "?after=0" : "?after=" + held, byHeader ? held : null);
        client.step();
      }
      assertThat(client.resets).isEmpty();
      client.close();
    }
    writing.set(false);
    writer.join();
    try (SseClient last = open("", null)) {
      last.step();
      assertFoldsToWhatIsRead(last);
    }
  }

  @Test
  void aResumeAtTheHeadIsConfirmedAtOnce() throws IOException {
    long head = server.revision();
    SseClient client = new SseClient();
    client.revision = head;
    try (SseClient resumed = client.open(server, "?after=" + head, null)) {
      assertThat(resumed.step()).isTrue();
      assertThat(resumed.revision).isEqualTo(head);
      assertThat(resumed.resets).isEmpty();
    }
  }

  @Test
  void aRevisionFromTheFutureGetsOneResetAndASnapshot() throws IOException {
    try (SseClient client = open("", "999999")) {
      client.step();
      assertThat(client.resets).hasSize(1);
      assertFoldsToWhatIsRead(client);
    }
  }

  @Test
  void aRevisionFromBeforeTheWindowGetsOneResetAndASnapshot() throws IOException {
    change(random);
    server.restart();
    try (SseClient client = open("?after=1", null)) {
      client.step();
      assertThat(client.resets).hasSize(1);
      assertFoldsToWhatIsRead(client);
    }
  }

  @Test
  void rowsComeForTheNamedSessionOnly() throws IOException {
    String mine = server.create("Mine");
    String other = server.create("Other");
    try (SseClient client = open("?sessionId=" + mine, null)) {
      client.step();
      assertThat(client.rows).hasSize(5);
      for (String id : new String[] {other, mine}) {
        Map<String, Object> row = TestServer.row("Q2", "of " + id);
        server.post(TestServer.session(id) + "/rows", TestServer.rows(row)).is(200);
      }
      Reply results = server.get(TestServer.session(mine) + "/results");
      client.readTo(results.revision());
      assertThat(client.rows.get("Q2").get("answer").asText()).isEqualTo("of " + mine);
      assertThat(client.rows.get("Q2")).isEqualTo(results.json().at("/sections/0/rows/1"));
    }
    String seventeen = "?sessionId=a";
    for (int i = 0; i < 16; i++) {
      seventeen += "&sessionId=s" + i;
    }
    server.get("/api/v1/stream" + seventeen).isProblem(400, "bad-parameter");
  }

  @Test
  void aServerThatStopsSaysGoodbye() throws IOException {
    try (SseClient client = open("", null)) {
      client.step();
      server.stop();
      while (!client.ended) {
        client.step();
      }
      assertThat(client.goodbye).isNotBlank();
    }
  }

  @Test
  void aReaderThatReadsNothingNeverHoldsUpTheOthers() throws IOException {
    try (RawClient deaf = new RawClient(server.port(), 4_096);
        SseClient client = open("", null)) {
      deaf.lines("GET /api/v1/stream HTTP/1.1\nHost: HOST\n\n");
      client.step();
      String id = server.create("Noisy");
      for (int i = 0; i < 300; i++) {
        Map<String, Object> row = TestServer.row("Q1", "x".repeat(2_000) + i);
        server.post(TestServer.session(id) + "/rows", TestServer.rows(row)).is(200);
      }
      assertFoldsToWhatIsRead(client);
      assertThat(client.resets).isEmpty();
    }
  }

  @Test
  void aPollAnswersOnChangeOrSaysThatItMustBeginAnew() throws Exception {
    JsonNode first = server.get("/api/v1/changes").json();
    assertThat(first.get("reset").asBoolean()).isTrue();
    long held = first.at("/snapshot/revision").asLong();
    JsonNode nothing = server.get("/api/v1/changes?wait=0&after=" + held).json();
    assertThat(nothing.get("revision").asLong()).isEqualTo(held);
    assertThat(nothing.get("sessions")).isEmpty();
    Thread writer = new Thread(() -> server.create("Later"));
    writer.start();
    JsonNode changed = server.get("/api/v1/changes?wait=20&after=" + held).json();
    writer.join();
    assertThat(changed.get("previous").asLong()).isEqualTo(held);
    assertThat(changed.at("/sessions/0/title").asText()).isEqualTo("Later");
    assertThat(server.get("/api/v1/changes?after=999999").json().get("reset").asBoolean()).isTrue();
  }
}
