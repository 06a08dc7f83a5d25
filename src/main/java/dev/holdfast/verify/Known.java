package dev.holdfast.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** A session that somebody was told of, and what is sure of it. */
final class Known {
  static final long NEVER = Long.MAX_VALUE;
  private static final int TRAIL_MAX = 24;

  private final String id;
  private final long since;
  private final Deque<Step> trail = new ArrayDeque<>();
  private Seen newest;
  private Step lastListed;
  private volatile boolean ours;
  private volatile History history;
  private volatile long deleteSent = NEVER;
  private volatile Exchange deleted;
  private volatile boolean gone;

  /**
   * @param since when the answer that told of it was here
   */
  Known(String id, long since) {
    this.id = id;
    this.since = since;
  }

  /**
   * Verify created it itself.
   *
   * @param kept all operations on it from now on, or null when none are kept
   */
  void own(History kept) {
    history = kept;
    ours = true;
  }

  boolean isOurs() {
    return ours;
  }

  String id() {
    return id;
  }

  long since() {
    return since;
  }

  /** Of all operations on it, or null when others may work on it, too. */
  History history() {
    return history;
  }

  /** From now on it may be gone. */
  void deleting(long sent) {
    deleteSent = Math.min(deleteSent, sent);
  }

  void deleted(Exchange exchange) {
    deleted = exchange;
  }

  /** The answered request that deleted it; null while there is none. */
  Exchange deleted() {
    return deleted;
  }

  /** The server has said itself that it went. */
  void explainGone() {
    gone = true;
  }

  /** Whether it must be there in an answer between those times. */
  boolean mustBeThere(long sent, long done) {
    return since < sent && deleteSent > done && !gone;
  }

  synchronized void saw(Seen seen, Step step) {
    Seen before = newest;
    newest = before == null ? seen : before.and(seen);
    if (newest != before || seen.write()) {
      note(step);
    }
  }

  /** Keeps a step for the timeline. */
  synchronized void note(Step step) {
    trail.add(step);
    if (trail.size() > TRAIL_MAX) {
      trail.removeFirst();
    }
  }

  synchronized void listed(Step step) {
    lastListed = step;
  }

  /** What was sure at that time; null when nothing. */
  synchronized Seen asOf(long time) {
    Seen seen = newest;
    while (seen != null && seen.at() >= time) {
      seen = seen.before();
    }
    return seen;
  }

  /** What is known of it, in order, and at the end the answer that does not fit. */
  synchronized List<Step> timeline(Step wrong) {
    List<Step> steps = new ArrayList<>(trail);
    if (lastListed != null && !steps.contains(lastListed)) {
      steps.add(lastListed);
    }
    steps.removeIf(step -> step.sent() > wrong.done());
    steps.sort(Comparator.comparingLong(Step::done));
    steps.add(wrong);
    return steps;
  }
}
