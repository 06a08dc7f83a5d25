package dev.holdfast.http.live;

import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.http.Crew;
import dev.holdfast.http.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that are cut again and again still hold exactly what everybody else sees. */
class StreamResumeTest {
  private static final int WRITERS = 4;
  private static final int READERS = 20;
  private static final int CUTS = 10;

  /** Named sessions that writers report rows of. */
  private static final int RUNNING = 3;

  /** Answered once, by the last change of all, which tells readers that nothing follows. */
  private static final String LAST_QUESTION = "Q5";

  /** Fewer than a snapshot shows, so that a reader holds all of them. */
  private static final int SESSIONS_MAX = 150;

  @TempDir private static Path data;
  private static TestServer server;

  private final AtomicInteger cutting = new AtomicInteger(READERS);
  private final AtomicInteger created = new AtomicInteger();
  private final AtomicInteger writing = new AtomicInteger(WRITERS);
  private final Map<String, JsonNode> known = new ConcurrentHashMap<>();
  private final List<String> named = new ArrayList<>();

  @BeforeAll
  static void start() {
    server = TestServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aReaderThatIsCutManyTimesHoldsWhatGetShows() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    for (int i = 0; i < RUNNING; i++) {
      named.add(server.create("named " + i));
    }
    // The rows of an ended session come out of the store, so that snapshots take their time.
    String ended = server.create("ended");
    server.post(session(ended) + "/rows", rows(row("Q1", "kept"))).is(200);
    server.post(session(ended) + "/stop", null).is(200);
    named.add(ended);

    Crew.of(WRITERS + READERS)
        .all(
            thread -> {
              Random random = new Random(seed + thread);
              if (thread < WRITERS) {
                write(random);
                if (writing.decrementAndGet() == 0) {
                  report(named.get(0), LAST_QUESTION, "the end");
                }
              } else {
                read(random);
              }
            });

    assertThat(cutting).hasValue(0);
  }

  /** Changes sessions at random until every reader has had its cuts, then ends what is running. */
  private void write(Random random) {
    List<String> running = new ArrayList<>();
    while (cutting.get() > 0) {
      int choice = random.nextInt(10);
      if (running.isEmpty() || (choice < 2 && created.get() < SESSIONS_MAX)) {
        if (created.incrementAndGet() <= SESSIONS_MAX) {
          running.add(server.create("by a writer"));
        } else {
          report(named.get(random.nextInt(RUNNING)), random);
        }
      } else if (choice < 6) {
        report(running.get(random.nextInt(running.size())), random);
      } else if (choice < 8) {
        report(named.get(random.nextInt(RUNNING)), random);
      } else if (choice < 9) {
        server.post(session(running.remove(0)) + "/stop", null).is(200);
      } else {
        server.delete(session(running.remove(0)) + "?force=true").is(204);
        created.decrementAndGet();
      }
    }
  }

  private void report(String id, Random random) {
    report(id, "Q" + (1 + random.nextInt(4)), "answer " + random.nextInt());
  }

  private void report(String id, String question, String answer) {
    server.post(session(id) + "/rows", rows(row(question, answer))).is(200);
  }

  private void read(Random random) throws Exception {
    Folded folded = new Folded();
    for (int cut = 0; cut < CUTS; cut++) {
      try (StreamClient stream = connect(folded, random)) {
        for (int frames = random.nextInt(4); frames >= 0; frames--) {
          readFrame(stream, folded);
        }
        // Half of the cuts fall into the middle of a frame.
        if (random.nextBoolean()) {
          folded.take(stream.next());
        }
      }
      folded.cut();
    }
    cutting.decrementAndGet();
    try (StreamClient stream = connect(folded, random)) {
      while (!answered(folded, LAST_QUESTION)) {
        readFrame(stream, folded);
      }
    }
    assertThat(folded.resets()).as("everything was in the window").isZero();
    folded.isWhatGetShows(server, named);
  }

  private boolean answered(Folded folded, String question) {
    JsonNode row = folded.rows(named.get(0)).get(question);
    return row != null && row.hasNonNull("answer");
  }

  private StreamClient connect(Folded folded, Random random) {
    String query = "?" + String.join("&", named.stream().map(id -> "sessionId=" + id).toList());
    if (folded.revision() < 0) {
      return StreamClient.open(server, query);
    }
    String held = Long.toString(folded.revision());
    return random.nextBoolean()
        ? StreamClient.open(server, query + "&after=" + held)
        : StreamClient.open(server, query, "Last-Event-ID", held);
  }

  private void readFrame(StreamClient stream, Folded folded) throws Exception {
    StreamClient.Event event = stream.next();
    while (!folded.take(event)) {
      event = stream.next();
    }
    folded.sessions().values().forEach(this::checkSame);
  }

  /** Whoever shows a session at a revision shows the same. */
  private void checkSame(JsonNode session) {
    String key = session.get("id").asText() + "@" + session.get("revision").asLong();
    JsonNode before = known.putIfAbsent(key, session);
    assertThat(before == null || before.equals(session)).as(key).isTrue();
  }
}
