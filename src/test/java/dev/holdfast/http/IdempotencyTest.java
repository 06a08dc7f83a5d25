package dev.holdfast.http;

import static dev.holdfast.http.TestServer.EXTERNAL;
import static dev.holdfast.http.TestServer.SET;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request under a key happens once, however often it is sent. */
class IdempotencyTest {
  private static final String SESSIONS = "/api/v1/sessions";
  private static final Map<String, Object> OTHER =
      Map.of("questionSet", SET, "analyzer", "external", "title", "other");

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

  private static Reply create(Object body, String key) {
    return server.post(SESSIONS, body, "Idempotency-Key", key);
  }

  @Test
  void theSameRequestAgainGetsTheSameReply() {
    Reply first = create(EXTERNAL, "again").is(201);
    long revision = server.revision();

    Reply second = create(EXTERNAL, "again").is(201);

    assertThat(second.json()).isEqualTo(first.json());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefused() {
    create(EXTERNAL, "taken").is(201);
    long revision = server.revision();

    create(OTHER, "taken").isProblem(422, "idempotency-key-reused");

    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void aRefusedRequestDoesNotTakeTheKey() {
    create(Map.of("questionSet", "missing", "analyzer", "external"), "refused")
        .isProblem(422, "unknown-question-set");

    create(EXTERNAL, "refused").is(201);
  }

  @Test
  void ofManyAtOnceOneHappens() {
    for (int round = 0; round < 10; round++) {
      String key = "race-" + round;
      Queue<String> ids = new ConcurrentLinkedQueue<>();

      Crew.of(8).all(i -> ids.add(create(EXTERNAL, key).is(201).json().get("id").asText()));

      assertThat(Set.copyOf(ids)).hasSize(1);
    }
  }

  @Test
  void ofTwoKindsAtOnceOneKindHappens() {
    for (int round = 0; round < 10; round++) {
      String key = "kinds-" + round;
      Map<Integer, Queue<Reply>> replies = new ConcurrentHashMap<>();

      Crew.of(8)
          .all(
              i ->
                  replies
                      .computeIfAbsent(i % 2, kind -> new ConcurrentLinkedQueue<>())
                      .add(create(i % 2 == 0 ? EXTERNAL : OTHER, key)));

      int won = replies.get(0).peek().status() == 201 ? 0 : 1;
      assertThat(replies.get(won)).allMatch(reply -> reply.status() == 201);
      replies.get(1 - won).forEach(reply -> reply.isProblem(422, "idempotency-key-reused"));
    }
  }

  @Test
  void theKeyIsKnownAfterARestart() {
    Reply first = create(EXTERNAL, "restart").is(201);
    long revision = server.revision();

    server.restart();

    assertThat(create(EXTERNAL, "restart").is(201).json()).isEqualTo(first.json());
    create(OTHER, "restart").isProblem(422, "idempotency-key-reused");
    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void aKeyHasALengthThatItMustKeepTo() {
    create(EXTERNAL, "k".repeat(200)).is(201);
    create(EXTERNAL, "k".repeat(201)).isProblem(400, "malformed-request");
  }
}
