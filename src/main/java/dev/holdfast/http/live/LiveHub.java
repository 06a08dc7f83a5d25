package dev.holdfast.http.live;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.http.Access;
import dev.holdfast.http.Who;
import dev.holdfast.session.ChangeLog;
import dev.holdfast.session.ChangeSet;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Feeds the streams of one verticle. A frame is cut at once after a quiet time, else every {@link
 * #FRAME_MILLIS}; it is encoded once for all streams that stand at the same revision and name the
 * same sessions.
 */
final class LiveHub {
  static final long FRAME_MILLIS = 100;
  static final int SNAPSHOT_NEWEST = 200;
  private static final long HEARTBEAT_MILLIS = 10_000;
  private static final long WATCH_MILLIS = 1_000;
  private static final long STUCK_MILLIS = 5_000;
  private static final int CHANGES_MAX = 50_000;

  private final Vertx vertx;
  private final SessionClient client;
  private final Frames frames;
  private final ChangeLog log = new ChangeLog(0, CHANGES_MAX);
  private final Set<SseStream> streams = new LinkedHashSet<>();
  private final Set<Runnable> pollers = new LinkedHashSet<>();
  private final Snapshots snapshots;
  private MessageConsumer<ChangeSet> consumer;
  private List<ChangeSet> early = new ArrayList<>();
  private final LiveMeters meters;
  private long oldestUncut;
  private long cutAt = millis() - FRAME_MILLIS;
  private boolean cutPlanned;

  LiveHub(Vertx vertx, SessionClient client, Frames frames, LiveMeters meters) {
    this.meters = meters;
    this.vertx = vertx;
    this.client = client;
    this.frames = frames;
    this.snapshots = new Snapshots(client, frames);
  }

  /** Begins with the state of now: first listens, then asks where the journal stands. */
  Future<Void> start() {
    consumer = client.watch(this::accept);
    vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> beat());
    vertx.setPeriodic(WATCH_MILLIS, timer -> watch());
    return consumer
        .completion()
        .compose(listening -> client.ask(new Query.GetRevision()))
        .onSuccess(done -> placed(() -> log.restart(done.revision())))
        .mapEmpty();
  }

  /** The place in the journal is known: takes it, then the steps that arrived meanwhile. */
  private void placed(Runnable take) {
    List<ChangeSet> waiting = early;
    early = null;
    take.run();
    waiting.forEach(this::accept);
  }

  private void accept(ChangeSet step) {
    if (early != null) {
      early.add(step);
    } else if (step.previous() == log.head() && step.revision() > log.head()) {
      log.add(step);
      frames.forgetRemoved(step);
      oldestUncut = oldestUncut == 0 ? System.nanoTime() : oldestUncut;
      planCut();
    } else if (step.revision() > log.head()) {
      catchUp(step.revision());
    }
  }

  /** A publication was missed: asks for the steps, and where they are gone begins anew. */
  private void catchUp(long revision) {
    early = new ArrayList<>();
    client
        .ask(new Query.ChangesSince(log.head()))
        .onComplete(result -> placed(() -> take(result, revision)));
  }

  private void take(AsyncResult<Done<Query.Changes>> result, long revision) {
    if (result.succeeded() && result.result().value().complete()) {
      result.result().value().steps().forEach(this::accept);
    } else {
      log.restart(revision);
      // Whoever waits for a snapshot is reset when that turns out to be of before.
      streams.stream()
          .filter(SseStream::isJoined)
          .forEach(stream -> reset(stream, "the server lost its place"));
    }
  }

  /** Goes on evenly when somebody sets the clock, which must not put off the next frame. */
  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private void planCut() {
    long quiet = millis() - cutAt;
    if (!cutPlanned && quiet >= FRAME_MILLIS) {
      cut();
    } else if (!cutPlanned) {
      cutPlanned = true;
      vertx.setTimer(FRAME_MILLIS - quiet, timer -> cut());
    }
  }

  /** Moves every stream that can take it on to the head of the log. */
  private void cut() {
    cutPlanned = false;
    cutAt = millis();
    Map<Object, Buffer> encoded = new HashMap<>();
    for (SseStream stream : List.copyOf(streams)) {
      if (stream.isJoined() && stream.position() < log.head()) {
        advance(stream, encoded);
      }
    }
    List.copyOf(pollers).forEach(Runnable::run);
    if (oldestUncut != 0) {
      meters.lag().record(System.nanoTime() - oldestUncut, TimeUnit.NANOSECONDS);
      oldestUncut = 0;
    }
  }

  private void advance(SseStream stream, Map<Object, Buffer> encoded) {
    if (stream.isFull() && stream.hasMissedTooMuch()) {
      return; // It is owed a reset; another frame would be encoded for nobody.
    }
    List<ChangeSet> steps = log.since(stream.position());
    if (steps == null) {
      reset(stream, "the client is too far behind");
      return;
    }
    Object same = List.of(stream.position(), stream.tables().keySet());
    Buffer frame =
        encoded.computeIfAbsent(
            same, key -> frames.frame(stream.position(), ChangeSet.merge(steps), stream.tables()));
    if (stream.isFull()) {
      stream.miss(frame.length(), cutAt);
    } else {
      stream.write(frame, log.head());
    }
  }

  /** Lets a stream in that holds nothing yet. */
  void join(SseStream stream, List<String> sessionIds) {
    streams.add(stream);
    snapshot(stream, sessionIds, null);
  }

  /** Lets a stream in that holds the state of that revision; its first frame comes at once. */
  void resume(SseStream stream, List<String> sessionIds, long revision) {
    streams.add(stream);
    snapshots
        .of(0, sessionIds)
        .onSuccess(
            now -> {
              if (log.since(revision) == null) {
                snapshot(stream, sessionIds, "that revision is outside of the window");
                return;
              }
              stream.join(revision, Snapshots.tables(now.value()));
              if (log.head() > revision) {
                advance(stream, new HashMap<>());
              } else if (now.revision() == revision) {
                stream.write(frames.unchanged(revision, now.value().counts()));
              }
            })
        .onFailure(failure -> stream.end(frames.goodbye("no owner answers")));
  }

  private void reset(SseStream stream, String reason) {
    meters.resets().increment();
    snapshot(stream, List.copyOf(stream.tables().keySet()), reason);
  }

  private void snapshot(SseStream stream, List<String> sessionIds, String resetReason) {
    stream.leave();
    snapshots
        .get(sessionIds)
        .onSuccess(
            snapshot -> {
              if (resetReason != null) {
                stream.write(frames.reset(resetReason));
              }
              stream.write(snapshot.bytes());
              stream.join(snapshot.revision(), snapshot.tables());
              planCut();
            })
        .onFailure(failure -> stream.end(frames.goodbye("no owner answers")));
  }

  /** The stream can take more: what it missed comes in one frame, or as a reset. */
  void drained(SseStream stream) {
    if (stream.isJoined() && stream.hasMissed()) {
      if (stream.hasMissedTooMuch()) {
        reset(stream, "the client reads too slowly");
      } else {
        advance(stream, new HashMap<>());
      }
    }
  }

  private void watch() {
    long now = millis();
    for (SseStream stream : List.copyOf(streams)) {
      if (stream.isStuck(now, STUCK_MILLIS)) {
        streams.remove(stream);
        stream.cut();
        meters.cuts().increment();
      }
    }
  }

  private void beat() {
    streams.stream()
        .filter(stream -> !stream.isFull())
        .forEach(stream -> stream.write(Sse.HEARTBEAT));
  }

  void remove(SseStream stream) {
    streams.remove(stream);
  }

  /** What changed since that revision as JSON; null while nothing has. */
  Buffer changes(long after) {
    List<ChangeSet> steps = log.since(after);
    return steps == null || steps.isEmpty()
        ? null
        : frames.changesJson(after, ChangeSet.merge(steps));
  }

  /** True when {@link #changes} can start from that revision. */
  boolean isInWindow(long revision) {
    return log.since(revision) != null;
  }

  Future<Done<Query.Snapshot>> snapshotNow() {
    return snapshots.of(SNAPSHOT_NEWEST, List.of());
  }

  /** Calls the poller at every cut until it is removed. */
  void poll(Runnable poller) {
    pollers.add(poller);
  }

  void removePoller(Runnable poller) {
    pollers.remove(poller);
  }

  /** Ends the streams of whoever may not have them any more. */
  void checkAccess(Access access) {
    Map<Who, List<SseStream>> ofEach = new HashMap<>();
    for (SseStream stream : streams) {
      if (stream.who().secret() != null) {
        ofEach.computeIfAbsent(stream.who(), who -> new ArrayList<>()).add(stream);
      }
    }
    ofEach.forEach(
        (who, theirs) ->
            access
                .isStill(who)
                .onSuccess(
                    still -> {
                      if (!still) {
                        theirs.forEach(stream -> stream.end(frames.goodbye("the login ended")));
                      }
                    }));
  }

  /** Ends a stream because the server does. */
  void dismiss(SseStream stream) {
    stream.end(frames.goodbye("the server stops"));
  }

  /** Says goodbye to everybody. */
  Future<Void> stop() {
    List.copyOf(streams).forEach(this::dismiss);
    List.copyOf(pollers).forEach(Runnable::run);
    return consumer.unregister();
  }
}
