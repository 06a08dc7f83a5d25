package dev.holdfast.verify;

import dev.holdfast.verify.World.Session;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The sessions of a server that is right but for one fault. */
final class LiarMemory {
  private static final int KEPT = 3_000;
  private static final int SELDOM = 20;
  private final Fault fault;
  private final TreeMap<Long, World> worlds = new TreeMap<>();
  private World now = World.EMPTY;

  /** A change of one session; null refuses it. */
  interface Change {
    Session of(Session before);
  }

  LiarMemory(Fault fault) {
    this.fault = fault;
    worlds.put(0L, now);
  }

  boolean isAtFault(Fault which) {
    return fault == which;
  }

  /** Whether it lies this time. */
  boolean lies(Fault which) {
    return fault == which && ThreadLocalRandom.current().nextInt(SELDOM) == 0;
  }

  static void moment() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
  }

  synchronized World now() {
    return now;
  }

  /** As it was at that revision; null when that is not kept. */
  synchronized World at(long revision) {
    return worlds.get(revision);
  }

  synchronized World awaitAfter(long revision, long millis) throws InterruptedException {
    if (now.revision() <= revision) {
      wait(millis);
    }
    return now;
  }

  private synchronized void become(World next) {
    now = next;
    worlds.put(next.revision(), next);
    if (worlds.size() > KEPT) {
      worlds.pollFirstEntry();
    }
    notifyAll();
  }

  synchronized Session create() {
    String id = UUID.randomUUID().toString();
    become(now.with(new Session(id, "running", 1, 0, new TreeMap<>())));
    return now.sessions().get(id);
  }

  /** The session after the change; null when it is refused. */
  Session change(String id, Change change) {
    Session moving = null;
    synchronized (this) {
      Session before = now.sessions().get(id);
      Session after = before == null ? null : change.of(before);
      if (after == null || after == before) {
        return after;
      }
      boolean ends = before.isActive() && !after.isActive();
      if (ends && lies(Fault.MOVED_IN_TWO_STEPS)) {
        become(now.without(id, false));
        moving = after;
      } else {
        become(now.with(after));
      }
    }
    if (moving != null) {
      moment();
      synchronized (this) {
        become(now.with(moving));
      }
    }
    return now().sessions().get(id);
  }

  synchronized boolean delete(String id) {
    boolean there = now.sessions().containsKey(id);
    if (there) {
      become(now.without(id, true));
    }
    return there;
  }

  /** Finds nothing to clean up, and writes back what it has read. */
  void cleanUp() {
    if (lies(Fault.CLEANUP_RACE)) {
      World read = now();
      moment();
      synchronized (this) {
        become(read.at(now.revision() + 1));
      }
    }
  }
}
