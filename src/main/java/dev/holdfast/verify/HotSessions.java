package dev.holdfast.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** The few sessions on which all writers work at once, and those that are done with. */
final class HotSessions {
  private final int hotMax;
  private final int knownMax;
  private final List<Known> hot = new ArrayList<>();
  private final Deque<Known> cold = new ArrayDeque<>();

  /**
   * @param hotMax on which is worked at once
   * @param knownMax that are kept before the oldest is deleted
   */
  HotSessions(int hotMax, int knownMax) {
    this.hotMax = hotMax;
    this.knownMax = knownMax;
  }

  synchronized void add(Known known) {
    hot.add(known);
  }

  synchronized void addCold(Known known) {
    cold.add(known);
  }

  /** One of them; null when there should be more. */
  synchronized Known any(Random random) {
    return hot.size() < hotMax ? null : hot.get(random.nextInt(hot.size()));
  }

  /** The newest of them. */
  synchronized List<Known> newest(int count) {
    return List.copyOf(hot.subList(Math.max(0, hot.size() - count), hot.size()));
  }

  /** Nobody begins to work on it any more. */
  synchronized void retire(Known known) {
    if (hot.remove(known) && known.deleted() == null) {
      cold.add(known);
    }
  }

  /** The oldest, when there are more than wanted; else null. */
  synchronized Known surplus() {
    return cold.size() + hot.size() > knownMax ? cold.poll() : null;
  }
}
