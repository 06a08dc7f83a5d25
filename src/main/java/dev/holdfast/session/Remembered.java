package dev.holdfast.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Replies that are kept for repetitions: bounded in number and time, oldest forgotten first. */
final class Remembered {
  private final Duration keep;
  private final int entriesMax;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** A reply, and what the request looked like that it was given to; both null for commands. */
  record Entry(String fingerprint, Reply.Done<?> reply, Instant at) {}

  Remembered(Duration keep, int entriesMax) {
    this.keep = keep;
    this.entriesMax = entriesMax;
  }

  void put(String name, String fingerprint, Reply.Done<?> reply, Instant at) {
    entries.put(name, new Entry(fingerprint, reply, at));
    if (entries.size() > entriesMax) {
      forgetFirst();
    }
  }

  /** The reply under that name, or null. */
  Entry get(String name) {
    return entries.get(name);
  }

  void forgetBefore(Instant now) {
    Instant horizon = now.minus(keep);
    while (!entries.isEmpty() && entries.values().iterator().next().at().isBefore(horizon)) {
      forgetFirst();
    }
  }

  private void forgetFirst() {
    Iterator<Entry> oldestFirst = entries.values().iterator();
    oldestFirst.next();
    oldestFirst.remove();
  }
}
