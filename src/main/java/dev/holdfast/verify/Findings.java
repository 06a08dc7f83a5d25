package dev.holdfast.verify;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What was compared and what was found; for all threads. */
final class Findings {
  private final Map<Check, AtomicLong> compared = new EnumMap<>(Check.class);
  private final Map<Check, AtomicLong> violations = new EnumMap<>(Check.class);
  private final Map<Check, Violation> examples = new EnumMap<>(Check.class);
  private Violation first;

  Findings() {
    for (Check check : Check.values()) {
      compared.put(check, new AtomicLong());
      violations.put(check, new AtomicLong());
    }
  }

  void compared(Check check, long times) {
    compared.get(check).addAndGet(times);
  }

  synchronized void add(Violation violation) {
    violations.get(violation.check()).incrementAndGet();
    examples.putIfAbsent(violation.check(), violation);
    if (first == null) {
      first = violation;
    }
  }

  long compared(Check check) {
    return compared.get(check).get();
  }

  long violations(Check check) {
    return violations.get(check).get();
  }

  long violations() {
    return violations.values().stream().mapToLong(AtomicLong::get).sum();
  }

  /** The first of all; null when there is none. */
  synchronized Violation first() {
    return first;
  }

  /** The first of its kind; null when there is none. */
  synchronized Violation example(Check check) {
    return examples.get(check);
  }
}
