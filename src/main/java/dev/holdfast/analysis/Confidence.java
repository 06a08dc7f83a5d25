package dev.holdfast.analysis;

/**
 * Whether what was found is an answer, and how sure that is.
 *
 * <p><b>The threshold.</b> A question is not answered when no cited page has a passage whose {@link
 * Support} reaches {@code 0.15 + 1.4 / n}, where n is the number of concepts in the question. The
 * fewer things a question names, the more of them must stand together: both of two, two thirds of
 * three, half of four; in a long question, much is wording.
 *
 * <p><b>The calibration.</b> Confidence means: the chance that a cited page is one a person would
 * cite. It is {@code 0.4 + 0.5 * margin}, with margin the way from the threshold to full support,
 * 0..1. The two figures are rounded from a fit on annual reports: among questions just above the
 * threshold, counting ones that the report cannot answer, about four in ten were cited rightly;
 * among the best supported, nine in ten. {@code bench citations} prints the share of hits for low,
 * middle and high confidence, which repeats the measurement on any set of documents.
 */
final class Confidence {
  private static final double THRESHOLD_FLOOR = 0.15;
  private static final double THRESHOLD_OF_ONE = 1.4;
  private static final double THRESHOLD_MAX = 0.9;
  private static final double LOWEST = 0.4;
  private static final double SPAN = 0.5;

  private Confidence() {}

  /** Whether that much support, 0..1, is enough for a question of that many concepts. */
  static boolean isAnswer(double support, int concepts) {
    return concepts > 0 && support >= threshold(concepts);
  }

  /** 0.4..0.9 in steps of 0.01, for support that is enough. */
  static double of(double support, int concepts) {
    double threshold = threshold(concepts);
    double margin = Math.max(0, (support - threshold) / (1 - threshold));
    return Math.round(100 * (LOWEST + SPAN * margin)) / 100.0;
  }

  private static double threshold(int concepts) {
    return Math.min(THRESHOLD_MAX, THRESHOLD_FLOOR + THRESHOLD_OF_ONE / concepts);
  }
}
