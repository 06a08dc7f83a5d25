package dev.holdfast.bench;

/** Measures two things in turns, so that whatever else the machine does hits both alike. */
final class Rounds {
  private Rounds() {}

  /** One measurement. */
  interface Measure {
    double run() throws Exception;
  }

  /** Ours, floor, ours, floor … */
  static Figure alternate(
      String what, String unit, Target target, int rounds, Measure ours, Measure floor)
      throws Exception {
    double[] left = new double[rounds];
    double[] right = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      left[i] = ours.run();
      right[i] = floor.run();
    }
    return new Figure(what, unit, left, right, target);
  }
}
