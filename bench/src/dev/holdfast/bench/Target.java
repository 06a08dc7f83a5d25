package dev.holdfast.bench;

import java.util.Locale;

/**
 * What a figure should be.
 *
 * @param atLeast whether the bound is a lower one
 * @param ofValue whether it is about the value also where there is a ratio
 */
record Target(boolean atLeast, double bound, boolean ofValue) {
  /** For figures that are shown as information. */
  static final Target NONE = new Target(true, Double.NEGATIVE_INFINITY, false);

  static Target atLeast(double bound) {
    return new Target(true, bound, false);
  }

  static Target atMost(double bound) {
    return new Target(false, bound, false);
  }

  /** A bound for the value, and not for its ratio to the floor. */
  static Target valueAtMost(double bound) {
    return new Target(false, bound, true);
  }

  boolean isMetBy(double value) {
    return atLeast ? value >= bound : value <= bound;
  }

  /** Whether it is met, in one word; nothing where there is no target. */
  String verdict(double value) {
    return this == NONE ? "" : isMetBy(value) ? "met" : "missed";
  }

  @Override
  public String toString() {
    String number = bound == Math.rint(bound) && bound > 9 ? "%.0f" : "%.2f";
    return this == NONE
        ? "-"
        : String.format(Locale.ROOT, (atLeast ? ">= " : "<= ") + number, bound);
  }
}
