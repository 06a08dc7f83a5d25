package dev.holdfast.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.session.Caller;
import dev.holdfast.session.Counts;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.SweepReport;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What takes very many turns ends, too: calls must not lie upon each other, turn by turn. */
class SessionClientTest {
  /** More than a stack could hold, were each turn a future made of the ones before. */
  private static final int TURNS = 2_500;

  private static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();
  private SessionClient client;

  @BeforeEach
  void anOwnerOfItsOwn() {
    client = new SessionClient(vertx, new Caller("local", "test", null));
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void waitsForAnOwnerThatIsLongBehind() throws Exception {
    vertx
        .eventBus()
        .<Query<?>>consumer(Address.QUERY)
        .handler(query -> query.reply(new Done<>(asked.incrementAndGet(), false, NONE)));

    client.shown(TURNS).await(60, TimeUnit.SECONDS);

    assertThat(asked).hasValue(TURNS);
  }

  @Test
  void aSweepOfVeryManyStepsEnds() throws Exception {
    vertx
        .eventBus()
        .<Envelope<?>>consumer(Address.COMMAND)
        .handler(command -> command.reply(step(asked.incrementAndGet())));

    Done<SweepReport> done = client.cleanUp(false).await(60, TimeUnit.SECONDS);

    assertThat(done.value().expired()).isEqualTo(TURNS);
  }

  private static Done<SweepReport> step(int number) {
    SweepReport report = new SweepReport(Instant.EPOCH, false, 0, number, 0, 0, 0, number < TURNS);
    return new Done<>(number, true, report);
  }
}
