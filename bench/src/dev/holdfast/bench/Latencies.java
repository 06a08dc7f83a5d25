package dev.holdfast.bench;

import java.util.Arrays;

/** How long something takes, one after the other. */
final class Latencies {
  private static final int WARM_MAX = 20;

  private Latencies() {}

  /** What is done once. */
  interface Step {
    void run() throws Exception;
  }

  /** Milliseconds that 99 of 100 stay below, over that many steps after some to get warm. */
  static double p99(int count, Step step) throws Exception {
    for (int i = 0; i < Math.min(count, WARM_MAX); i++) {
      step.run();
    }
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      step.run();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return p99(millis);
  }

  static double p99(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
  }
}
