package dev.holdfast.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * One line of a table: what rounds of Holdfast and rounds of the floor came to.
 *
 * @param floor one value for each value of {@code ours}, or none where there is nothing to compare
 */
record Figure(String what, String unit, double[] ours, double[] floor, Target target) {

  /** A figure with nothing to compare it with. */
  static Figure alone(String what, String unit, Target target, double... ours) {
    return new Figure(what, unit, ours, new double[0], target);
  }

  private double[] ratios() {
    double[] ratios = new double[floor.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours[i] / floor[i];
    }
    return ratios;
  }

  /** What the target is about: the median ratio, or the median where it is of that or no ratio. */
  double value() {
    return median(floor.length == 0 || target.ofValue() ? ours : ratios());
  }

  boolean isMissed() {
    return !target.isMetBy(value());
  }

  /** The cells of the table. */
  String[] cells() {
    boolean compared = floor.length > 0;
    double[] ratios = compared ? ratios() : new double[] {Double.NaN};
    return new String[] {
      what,
      unit,
      text(median(ours)),
      compared ? text(median(floor)) : "-",
      compared ? ratio(median(ratios)) : "-",
      compared ? ratio(min(ratios)) + ".." + ratio(max(ratios)) : "-",
      target.toString(),
      target.verdict(value())
    };
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String text(double value) {
    String format = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
