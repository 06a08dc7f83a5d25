package dev.holdfast.page;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Command;
import dev.holdfast.session.CompleteSession;
import dev.holdfast.session.DeleteSession;
import dev.holdfast.session.FailSession;
import dev.holdfast.session.Failure;
import dev.holdfast.session.ReportRows;
import dev.holdfast.session.Row;
import dev.holdfast.session.Session;
import dev.holdfast.session.Statistics;
import dev.holdfast.session.StopSession;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A hundred changes a second over the event bus: sessions are created, answered, ended in each of
 * the three ways, and deleted. Sessions that were there before change too, but are never deleted.
 */
final class Traffic implements AutoCloseable {
  private static final int QUESTIONS = 100;
  private static final int PERIOD_MILLIS = 10;
  private static final int KEPT = 20;

  private final SessionClient client;
  private final Session watched;
  private final Queue<Session> standing;
  private final Queue<Session> running = new ConcurrentLinkedQueue<>();
  private final Queue<Session> ended = new ConcurrentLinkedQueue<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final long startedAt = System.nanoTime();
  private int step;

  /**
   * @param standing sessions that exist throughout, the first to end first
   * @param watched a running session whose table fills
   */
  Traffic(SessionClient client, List<Session> standing, Session watched) {
    this.client = client;
    this.standing = new ConcurrentLinkedQueue<>(standing);
    this.watched = watched;
    clock.scheduleAtFixedRate(this::step, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void step() {
    step += 1;
    switch (step % 4) {
      case 0 -> create();
      case 1 -> answer();
      case 2 -> end();
      default -> delete();
    }
  }

  private void create() {
    send(PageServer.create("Passing " + step, PageServer.BID_SPEC)).onSuccess(running::add);
  }

  /** Mostly a row of the watched table, over and over, sometimes one of another session. */
  private void answer() {
    Session session = step % 12 == 1 ? running.peek() : watched;
    if (session != null) {
      String question = "Q" + (1 + step / 4 % QUESTIONS);
      Row row = PageServer.answer(question, "Answer " + step + " to " + question);
      send(new ReportRows(session.id(), session.attempt(), List.of(row)));
    }
  }

  private void end() {
    if (step % 20 == 2 && !standing.isEmpty()) {
      send(ending(standing.poll()));
    } else if (running.size() > KEPT) {
      send(ending(running.poll())).onSuccess(ended::add);
    }
  }

  private Command<Session> ending(Session session) {
    return switch (step / 4 % 3) {
      case 0 -> new CompleteSession(session.id(), 1, Statistics.NONE);
      case 1 -> new StopSession(session.id(), "enough", OptionalLong.empty());
      default -> new FailSession(session.id(), 1, new Failure("broken", "It broke."));
    };
  }

  private void delete() {
    Session session = ended.size() > KEPT ? ended.poll() : null;
    if (session != null) {
      deleted.add(session.id());
      send(new DeleteSession(session.id(), false, "old", OptionalLong.empty()));
    }
  }

  private <T> Future<T> send(Command<T> command) {
    return client
        .send(command)
        .onSuccess(done -> changes.incrementAndGet())
        .onFailure(reason -> failure.compareAndSet(null, reason))
        .map(done -> done.value());
  }

  /** Durable changes in each second so far. */
  double changesPerSecond() {
    return changes.get() * 1e9 / (System.nanoTime() - startedAt);
  }

  /** Sessions that were deleted, or are about to be. */
  Set<String> deleted() {
    return Set.copyOf(deleted);
  }

  /** The first refusal, null where there was none. */
  Throwable failure() {
    return failure.get();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
