package dev.holdfast.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bus.Address;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.http.EncodedSessions;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Change;
import dev.holdfast.session.ChangeSet;
import dev.holdfast.session.Counts;
import dev.holdfast.session.Progress;
import dev.holdfast.session.QuestionSetRef;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionState;
import dev.holdfast.session.Statistics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveHubTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
  private static final Counts COUNTS = new Counts(0, 1, 0, 0, 0, 1);

  private final EncodedSessions encoded = new EncodedSessions();
  private final Promise<Void> heard = Promise.promise();
  private Vertx vertx;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    SessionClient client = new SessionClient(vertx, new Caller("test", "test", null));
    vertx
        .eventBus()
        .consumer(Address.QUERY, message -> message.reply(new Reply.Done<>(7, false, COUNTS)));
    LiveHub hub =
        new LiveHub(
            vertx, client, new Frames(encoded, "j"), LiveMeters.in(new SimpleMeterRegistry()));
    Promise<Void> started = Promise.promise();
    // On one context, so that what listens later hears each step later.
    vertx.runOnContext(
        now ->
            hub.start()
                .onSuccess(ready -> client.watch(step -> heard.complete()))
                .onComplete(started));
    await(started.future());
  }

  private static void await(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void end() throws Exception {
    await(vertx.close());
  }

  private static Session session(String id) {
    return new Session(
        id,
        id,
        SessionState.RUNNING,
        7,
        7,
        7,
        7,
        1,
        Session.EXTERNAL,
        null,
        new QuestionSetRef("set", 1, 1),
        Progress.NONE,
        Statistics.NONE,
        Map.of(),
        "ana",
        AT,
        AT,
        null,
        null,
        false,
        null,
        null,
        null,
        null,
        null);
  }

  /** Else what sessions were would fill the memory that those of now need. */
  @Test
  void whatIsKeptOfASessionGoesWithIt() throws Exception {
    Session stays = session("stays");
    Session goes = session("goes");
    byte[] kept = encoded.json(stays);
    byte[] freed = encoded.json(goes);
    assertThat(encoded.json(goes)).isSameAs(freed);
    Change removed = new Change("goes", null, "deleted", List.of());
    ChangeSet step = new ChangeSet(7, 8, AT, List.of(removed), COUNTS);

    vertx.eventBus().publish(Address.EVENT, step);
    await(heard.future());

    assertThat(encoded.json(goes)).isNotSameAs(freed).isEqualTo(freed);
    assertThat(encoded.json(stays)).isSameAs(kept);
  }
}
