package dev.holdfast.bench;

import static dev.holdfast.bench.Api.await;

import dev.holdfast.session.Caller;
import dev.holdfast.session.Command;
import dev.holdfast.session.Effect;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Policy;
import dev.holdfast.session.Reply;
import dev.holdfast.session.SessionOwner;
import dev.holdfast.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An owner on a store with nobody in between, and with a clock of its own; fills stores fast. */
final class BareOwner {
  /** Commands that may wait for {@link #land()}. */
  static final int AT_ONCE = 5_000;

  /** Next to nothing is kept beside the state, so that the state is what is measured. */
  private static final SessionOwner.Limits LIMITS =
      new SessionOwner.Limits(AT_ONCE, 1, 1, 1, Duration.ZERO, Duration.ZERO);

  private final Store store;
  private final SessionOwner owner;
  private final long stepMillis;
  private Instant now;
  private long commands;
  private Effect.Append pending;

  /**
   * @param stepMillis between two commands
   */
  BareOwner(Store store, Instant start, long stepMillis) throws Exception {
    this.store = store;
    this.owner = new SessionOwner(await(store.load()), Policy.DEFAULT, LIMITS);
    this.now = start;
    this.stepMillis = stepMillis;
  }

  void submit(Command<?> command) {
    now = now.plusMillis(stepMillis);
    Caller caller = new Caller("local", "http", "r" + ++commands);
    Envelope<?> envelope =
        new Envelope<>("c" + commands, now.plusSeconds(2), caller, null, command);
    perform(owner.submit(envelope, commands, now));
  }

  /** Waits until everything that was submitted is durable. */
  void land() throws Exception {
    while (pending != null) {
      Effect.Append append = pending;
      pending = null;
      await(store.append(append.batch()));
      perform(owner.durable(append.batch().number(), now));
    }
  }

  /** Lets some time pass, after which nothing of the last commands is remembered. */
  void rest() {
    perform(owner.tick(now.plus(Duration.ofHours(1))));
  }

  private void perform(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Append append) {
        pending = append;
      } else if (effect instanceof Effect.Answer answer
          && answer.reply() instanceof Reply.Refused<?> refused) {
        throw new IllegalStateException("refused: " + refused.detail());
      }
    }
  }
}
