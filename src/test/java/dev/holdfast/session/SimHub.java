package dev.holdfast.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A hub of streams that takes publications as they come, in the way of the real one: a hole makes
 * it ask for the changes, and where those are gone its streams begin anew.
 */
final class SimHub {
  private static final int CHANGES_MAX = 60;
  private static final int STREAMS = 2;

  private final Random random;
  private final SimNet net;
  private final SimServer server;
  private final ChangeLog log;
  private final List<SimStream> streams = new ArrayList<>();
  private List<ChangeSet> early;
  private long lost;

  SimHub(Random random, SimNet net, SimServer server) {
    this.random = random;
    this.net = net;
    this.server = server;
    this.log = new ChangeLog(server.revision(), CHANGES_MAX);
    for (int i = 0; i < STREAMS; i++) {
      streams.add(new SimStream(server));
    }
  }

  /** A publication is on its way. */
  void published(ChangeSet step) {
    net.send(() -> accept(step));
  }

  private void accept(ChangeSet step) {
    if (early != null) {
      early.add(step);
    } else if (step.previous() == log.head() && step.revision() > log.head()) {
      log.add(step);
    } else if (step.revision() > log.head()) {
      catchUp(step.revision());
    }
  }

  private void catchUp(long revision) {
    early = new ArrayList<>();
    lost = revision;
    long after = log.head();
    net.send(
        () -> {
          Query.Changes changes =
              ((Reply.Done<Query.Changes>) server.query(new Query.ChangesSince(after))).value();
          net.send(() -> arrived(after, changes));
        });
  }

  /** An answer counts for the question that waits for it, and once. */
  private void arrived(long after, Query.Changes changes) {
    if (early != null && after == log.head()) {
      take(changes.complete() ? changes.steps() : null);
    }
  }

  private void take(List<ChangeSet> steps) {
    List<ChangeSet> waiting = early;
    early = null;
    if (steps != null) {
      steps.forEach(this::accept);
    } else {
      log.restart(lost);
      streams.forEach(SimStream::leave);
    }
    waiting.forEach(this::accept);
  }

  /** Whoever asked has waited long enough. */
  void giveUp() {
    if (early != null) {
      take(null);
    }
  }

  /** Frames are cut, and some connections with them. */
  void cut() {
    for (SimStream stream : streams) {
      if (random.nextInt(8) == 0) {
        stream.disconnect();
      }
      advance(stream);
      if (random.nextInt(3) > 0) {
        stream.read();
      }
    }
  }

  private void advance(SimStream stream) {
    if (!stream.isJoined()) {
      stream.join(random);
    }
    List<ChangeSet> steps = log.since(stream.position());
    if (steps == null && stream.position() < log.head()) {
      stream.leave();
    } else if (steps != null && !steps.isEmpty()) {
      stream.frame(stream.position(), ChangeSet.merge(steps));
    }
  }

  /** The faults have stopped: every stream holds the state of now. */
  void checkAtHead() {
    for (SimStream stream : streams) {
      advance(stream);
      if (!stream.isJoined()) {
        stream.join(random);
      }
      stream.read();
      Laws.require(
          stream.held() == server.revision(),
          "a stream stays at %d, the head is %d",
          stream.held(),
          server.revision());
    }
  }
}
