package dev.holdfast.session;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** Runs as many seeds as wanted; {@code bin/simulate} starts it. */
final class Simulate {
  private static final long PROGRESS_NANOS = 10_000_000_000L;

  private Simulate() {}

  /**
   * @param args how many seeds, the first one, steps of each
   */
  public static void main(String[] args) {
    long seeds = Long.parseLong(args[0]);
    long from = Long.parseLong(args[1]);
    int steps = Integer.parseInt(args[2]);
    SimCoverage coverage = new SimCoverage();
    long failed = run(seeds, from, steps, coverage);
    System.out.println("\ncommands and the states that they met:");
    coverage.table().forEach(System.out::println);
    System.out.println("impossible: " + String.join(", ", SimCoverage.IMPOSSIBLE));
    System.out.println("never met: " + coverage.missing());
    System.exit(failed == 0 ? 0 : 1);
  }

  private static long run(long seeds, long from, int steps, SimCoverage coverage) {
    BitSet all = new BitSet();
    all.set(0, steps);
    long failed = 0;
    long begin = System.nanoTime();
    long told = begin;
    for (long i = 0; i < seeds; i++) {
      try {
        Simulation.run(from + i, all, new SimStory(false), coverage);
      } catch (AssertionError | RuntimeException e) {
        failed++;
        System.out.println("seed " + (from + i) + ": " + e);
        tell(from + i, new SimShrinker(from + i, steps).story());
      }
      long now = System.nanoTime();
      if (now - told > PROGRESS_NANOS || i + 1 == seeds) {
        told = now;
        double rate = (i + 1) / ((now - begin) / 1e9);
        System.out.printf(
            Locale.ROOT, "%d of %d seeds, %d broken, %.0f seeds/s%n", i + 1, seeds, failed, rate);
      }
    }
    return failed;
  }

  private static void tell(long seed, List<String> story) {
    System.out.printf(Locale.ROOT, "%nseed %d breaks a law in %d steps:%n", seed, story.size() - 1);
    story.forEach(System.out::println);
  }
}
