package dev.holdfast.faults;

import java.util.Random;

/** The chance in a test, which is named before anything else so that it can be had again. */
final class Seed {
  private Seed() {}

  /** A source seeded by {@code -Dfaults.seed}, else anew in each run. */
  static Random printed(String test) {
    long seed = Long.getLong("faults.seed", System.nanoTime() & 0xFFFFFF);
    System.out.println(test + " -Dfaults.seed=" + seed);
    return new Random(seed);
  }
}
