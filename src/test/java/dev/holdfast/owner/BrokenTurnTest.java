package dev.holdfast.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Caller;
import dev.holdfast.session.CreateSession;
import dev.holdfast.session.Policy;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionOwner;
import dev.holdfast.session.StoreQuestionSet;
import dev.holdfast.store.JdbcStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no request breaks, but what comes after it, the owner goes on as well. */
class BrokenTurnTest {
  @TempDir private Path data;

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** Throws twice, when it has been read so often. */
  private static final class BrokenClock extends Clock {
    private final AtomicInteger readsLeft = new AtomicInteger(Integer.MAX_VALUE);

    @Override
    public Instant instant() {
      int left = readsLeft.decrementAndGet();
      if (left == 0 || left == -1) {
        throw new IllegalStateException("the clock broke");
      }
      return Instant.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void aCommandWhoseBatchBreaksTheOwnerIsAnsweredAndCarriedOutOnce() throws Exception {
    Vertx vertx = Vertx.vertx();
    JdbcStore store = JdbcStore.open(vertx, "sqlite:", data);
    BrokenClock clock = new BrokenClock();
    SessionOwner.Limits limits = SessionOwner.Limits.DEFAULT;
    await(
        vertx.deployVerticle(
            new OwnerVerticle(
                store, Policy.DEFAULT, limits, clock, new SimpleMeterRegistry(), reason -> {})));
    try {
      SessionClient client = new SessionClient(vertx, new Caller("ana", "test", null));
      List<QuestionSet.Question> questions = List.of(new QuestionSet.Question("q", "Is it?"));
      List<QuestionSet.Section> sections = List.of(new QuestionSet.Section("s", "All", questions));
      await(client.send(new StoreQuestionSet(new QuestionSet("set", 0, null, sections))));
      // The next read is for the command, the second one for its batch, which is durable by then,
      // and the third one for what is read of the journal after that.
      clock.readsLeft.set(2);

      await(client.send(new CreateSession("a", "a", Session.EXTERNAL, null, "set", 0, Map.of())));
      await(client.send(new CreateSession("b", "b", Session.EXTERNAL, null, "set", 0, Map.of())));

      assertThat(clock.readsLeft.get()).isLessThan(-1);
      assertThat(await(client.session("a")).revision()).isEqualTo(3);
      assertThat(await(client.session("b")).revision()).isEqualTo(5);
    } finally {
      await(store.close());
      await(vertx.close());
    }
  }
}
