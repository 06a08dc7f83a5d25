package dev.holdfast.analysis;

/**
 * Whether what was found is an answer, and how sure that is.
 *
 * <p><b>The threshold.</b> A question is not answered when no cited page has a passage whose {@link
 * Support} reaches {@code 0.15 + 1.4 / n}, where n is the number of concepts in the question. The
 * fewer things a question names, the more of them must stand together: both of two, two thirds of
 * three, half of four; in a long question, much is wording.
 *
 * <p><b>The calibration.</b> Confidence is the chance that one of the cited pages is one a person
 * would cite, from three things that belong to the question and the document alone: the margin
 * (from the threshold, 0, to full support, 1), the agreement of page, heading and passage on the
 * first page cited (0..1), and the number of concepts. A logistic curve with round weights joins
 * them. They were set with annual and quarterly reports: on the one hand questions with known
 * evidence pages, on the other building-site questions that no such report can answer, which count
 * as misses. The curve has four figures and no knowledge of any document, so it carries over as far
 * as the documents are alike. {@code bench citations} prints, for low, middle and high confidence,
 * its mean beside the share of hits, which repeats the measurement on any set of documents.
 */
final class Confidence {
  private static final double THRESHOLD_FLOOR = 0.15;
  private static final double THRESHOLD_OF_ONE = 1.4;
  private static final double THRESHOLD_MAX = 0.9;

  private static final double START = -5;
  private static final double OF_MARGIN = 3;
  private static final double OF_AGREEMENT = 4;
  private static final double OF_CONCEPT = 0.3;
  private static final int CONCEPTS_COUNTED_MAX = 10;
  private static final double HIGHEST = 0.95; // an excerpt may always be of the wrong year

  private Confidence() {}

  /** Whether that much support, 0..1, is enough for a question of that many concepts. */
  static boolean isAnswer(double support, int concepts) {
    return concepts > 0 && support >= threshold(concepts);
  }

  /** 0..0.95 in steps of 0.01, for support that is enough. */
  static double of(double support, double agreement, int concepts) {
    double threshold = threshold(concepts);
    double margin = Math.max(0, (support - threshold) / (1 - threshold));
    double sum =
        START
            + OF_MARGIN * margin
            + OF_AGREEMENT * agreement
            + OF_CONCEPT * Math.min(concepts, CONCEPTS_COUNTED_MAX);
    return Math.min(HIGHEST, Math.round(100 / (1 + Math.exp(-sum))) / 100.0);
  }

  private static double threshold(int concepts) {
    return Math.min(THRESHOLD_MAX, THRESHOLD_FLOOR + THRESHOLD_OF_ONE / concepts);
  }
}
