package dev.holdfast.owner;

import dev.holdfast.bus.Address;
import dev.holdfast.session.Batch;
import dev.holdfast.session.Counts;
import dev.holdfast.session.Effect;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Loaded;
import dev.holdfast.session.Policy;
import dev.holdfast.session.Query;
import dev.holdfast.session.Refusal;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Row;
import dev.holdfast.session.SessionOwner;
import dev.holdfast.store.Store;
import dev.holdfast.store.StoreInUse;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries messages to the {@link SessionOwner} and its effects into the world. */
public final class OwnerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerVerticle.class);
  private static final long TICK_MILLIS = 1_000;
  private static final String BROKE = "The owner broke on another request.";
  private static final String NOT_SURE = "Another owner may have taken over; this one makes sure.";

  private final Store store;
  private final Policy policy;
  private final SessionOwner.Limits limits;
  private final Clock clock;
  private final Consumer<Throwable> standDown;
  private final OwnerMeters meters;
  private final Map<Long, Waiting> waiting = new HashMap<>();
  private final TransitionLog transitions = new TransitionLog();
  private final JournalLog journal = new JournalLog();
  private SessionOwner owner;
  private boolean diskFailed;
  private StoredResults storedResults;
  private long tenure = Store.NOT_SURE;
  private long tickets = SessionOwner.NOBODY;

  /** A command without an answer yet, and when it came. */
  private record Waiting(Message<Envelope<?>> message, long since) {}

  /**
   * @param standDown called with the reason when this process must end: another one has taken over,
   *     or the disk failed
   */
  public OwnerVerticle(
      Store store,
      Policy policy,
      SessionOwner.Limits limits,
      Clock clock,
      MeterRegistry meters,
      Consumer<Throwable> standDown) {
    this.store = store;
    this.policy = policy;
    this.limits = limits;
    this.clock = clock;
    this.meters = new OwnerMeters(meters);
    this.standDown = standDown;
  }

  @Override
  public Future<?> start() {
    return store.load().map(this::takeOver).compose(owner -> listen()).map(this::begin);
  }

  private SessionOwner takeOver(Loaded loaded) {
    LOG.info(
        "owner loaded sessions={} revision={} journal={}",
        loaded.book().counts().total(),
        loaded.book().revision(),
        store.journalId());
    owner = new SessionOwner(loaded, policy, limits);
    tenure = store.tenure();
    storedResults = new StoredResults(store, owner);
    return owner;
  }

  private Future<?> listen() {
    Future<Void> commands =
        vertx
            .eventBus()
            .<Envelope<?>>consumer(Address.COMMAND)
            .handler(message -> answering(message, () -> submit(message)))
            .completion();
    Future<Void> queries =
        vertx
            .eventBus()
            .<Query<?>>consumer(Address.QUERY)
            .handler(message -> answering(message, () -> query(message)))
            .completion();
    return Future.all(commands, queries);
  }

  private SessionOwner begin(Object listening) {
    perform(owner.start(clock.instant()));
    vertx.setPeriodic(TICK_MILLIS, timer -> turn(this::tick));
    return owner;
  }

  /** The state here is the latest one: nobody else can have changed it since it was read. */
  private boolean isCurrent() {
    return tenure != Store.NOT_SURE && tenure == store.tenure();
  }

  private List<Effect> tick() {
    if (!isCurrent()) {
      return owner.unknown(NOT_SURE);
    }
    List<Effect> effects = owner.tick(clock.instant());
    Reply<Counts> standing = owner.query(new Query.GetRevision());
    if (standing instanceof Reply.Done<Counts> done) {
      meters.stands(done.revision(), done.value());
    }
    return effects;
  }

  /** Something came that is no message: what the owner makes of it is carried out. */
  private void turn(Supplier<List<Effect>> input) {
    try {
      perform(input.get());
    } catch (RuntimeException e) {
      LOG.error("the owner broke; it reads its journal anew", e);
      startOver();
    }
  }

  /** Whoever waits asks again, and finds in the journal what was done of it. */
  private void startOver() {
    perform(owner.unknown(BROKE));
    waiting
        .values()
        .forEach(
            left -> left.message().reply(new Reply.Refused<>(0, Refusal.OWNER_UNAVAILABLE, BROKE)));
    waiting.clear();
  }

  /** A consumer that throws sends no reply, and its sender would wait in vain. */
  private void answering(Message<?> message, Runnable work) {
    try {
      if (isCurrent()) {
        work.run();
      } else {
        message.reply(new Reply.Refused<>(0, Refusal.OWNER_UNAVAILABLE, NOT_SURE));
      }
    } catch (RuntimeException e) {
      LOG.error("the owner broke on {}; it reads its journal anew", message.body(), e);
      waiting.values().removeIf(waits -> waits.message() == message);
      message.reply(
          new Reply.Refused<>(0, Refusal.INTERNAL, "The request broke; the log says how."));
      startOver();
    }
  }

  private void submit(Message<Envelope<?>> message) {
    long ticket = ++tickets;
    waiting.put(ticket, new Waiting(message, System.nanoTime()));
    meters.waiting(waiting.size());
    perform(owner.submit(message.body(), ticket, clock.instant()));
  }

  private void query(Message<Query<?>> message) {
    Reply<?> reply = owner.query(message.body());
    LOG.debug("read {} revision={}", message.body(), reply.revision());
    storedResults
        .complete(message.body(), reply)
        .onSuccess(message::reply)
        .onFailure(
            failure -> {
              LOG.error("the store cannot answer {}: {}", message.body(), failure.getMessage());
              message.reply(
                  new Reply.Refused<>(
                      reply.revision(), Refusal.JOURNAL_UNAVAILABLE, "The store cannot be read."));
            });
  }

  private void perform(List<Effect> effects) {
    effects.forEach(this::perform);
  }

  private void perform(Effect effect) {
    if (effect instanceof Effect.Append append) {
      append(append.batch());
    } else if (effect instanceof Effect.Answer answer) {
      answer(answer);
    } else if (effect instanceof Effect.Publish publish) {
      vertx.eventBus().publish(Address.EVENT, publish.changes());
    } else if (effect instanceof Effect.FetchRows fetch) {
      fetch(fetch.sessionId());
    } else if (effect instanceof Effect.Reload) {
      reload();
    } else {
      vertx.eventBus().send(Address.CONTROL, effect);
    }
  }

  private void answer(Effect.Answer answer) {
    Waiting waited = waiting.remove(answer.ticket());
    if (waited != null) {
      waited.message().reply(answer.reply());
      meters.waiting(waiting.size());
      long nanos = System.nanoTime() - waited.since();
      meters.answered(waited.message().body(), answer.reply(), nanos);
    }
  }

  private void fetch(String sessionId) {
    store
        .rows(sessionId)
        .onSuccess(
            stored -> {
              long revision = stored == null ? -1 : stored.sessionRevision();
              List<Row> rows = stored == null ? List.of() : stored.rows();
              turn(() -> owner.fetched(sessionId, revision, rows, clock.instant()));
            })
        .onFailure(
            failure -> {
              LOG.error(
                  "the rows of session {} cannot be read: {}", sessionId, failure.getMessage());
              turn(() -> owner.notFetched(sessionId, "The store cannot be read."));
            });
  }

  private void append(Batch batch) {
    List<TransitionLog.Line> lines = transitions.lines(batch, owner);
    int events = batch.events().size();
    long since = System.nanoTime();
    store
        .append(batch)
        .onComplete(
            result -> {
              meters.appended(events, outcome(result), System.nanoTime() - since);
              turn(() -> landed(batch, lines, result));
              if (diskFailed) {
                standDown.accept(result.cause());
              }
            });
  }

  private static String outcome(AsyncResult<Store.Appended> result) {
    return result.succeeded() ? result.result().name().toLowerCase(Locale.ROOT) : "failed";
  }

  private List<Effect> landed(
      Batch batch, List<TransitionLog.Line> lines, AsyncResult<Store.Appended> result) {
    if (result.succeeded() && result.result() == Store.Appended.DURABLE) {
      journal.took(batch.revision());
      lines.forEach(line -> line.log(LOG));
      return owner.durable(batch.number(), clock.instant());
    } else if (result.succeeded()) {
      LOG.warn("the journal refused revision {}; {}", batch.revision(), NOT_SURE);
      return owner.unknown(NOT_SURE);
    } else if (result.cause() instanceof Store.Broken) {
      LOG.error(
          "the disk failed at revision {}; this process ends", batch.revision(), result.cause());
      diskFailed = true;
      return owner.unknown("The disk of the journal failed.");
    } else if (result.cause() instanceof Store.NotWritten) {
      journal.refused(batch.revision(), result.cause());
      return owner.failed(batch.number(), "The journal cannot be written: is the disk full?");
    } else {
      LOG.error(
          "nobody knows whether revision {} was written: {}",
          batch.revision(),
          result.cause().getMessage());
      return owner.unknown("The journal did not say whether it was written.");
    }
  }

  private SessionOwner adopt(Loaded loaded) {
    tenure = store.tenure();
    journal.read(loaded.book().revision());
    perform(owner.reloaded(loaded, clock.instant()));
    return owner;
  }

  /**
   * After a failed disk nothing is read again: what was not synced may still be read from memory,
   * and whoever is answered from there is told what a loss of power takes away.
   */
  private void reload() {
    if (diskFailed) {
      return;
    }
    store
        .load()
        // why map: what it throws is a failure as well, and tried again
        .map(this::adopt)
        .onFailure(
            failure -> {
              if (failure instanceof StoreInUse) {
                LOG.error("another owner has taken over the journal; this process ends");
                standDown.accept(failure);
              } else {
                journal.unreadable(failure);
                vertx.setTimer(TICK_MILLIS, timer -> reload());
              }
            });
  }
}
