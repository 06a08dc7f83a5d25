package dev.holdfast.analysis;

import dev.holdfast.analysis.PageIndex.Grain;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Orders pages by a weighted sum of their scores as a whole, by heading and by best passage.
 *
 * <p>The weights are round numbers from the middle of a wide plateau: varying any of them by half
 * changes the share of evidence pages among the first three by less than 0.05 on filings.
 */
final class Ranking {
  private static final double PAGE_WEIGHT = 0.5;
  private static final double PASSAGE_WEIGHT = 0.5;
  private static final double HEADING_WEIGHT = 0.3;
  private static final double CONTENTS_FACTOR = 0.5;
  private static final double AMOUNTS_FACTOR = 0.5;

  /**
   * A page that may answer.
   *
   * @param index 0-based
   * @param score above 0; comparable within one question only
   * @param agreement 0..1; 1 when it is the best page as a whole, by heading and by passage
   */
  record Candidate(int index, double score, double agreement) {}

  private Ranking() {}

  /** The best pages, best first, at most {@code max}; ties go to the earlier page. */
  static List<Candidate> best(PageIndex index, List<PageLayout> layouts, Inquiry inquiry, int max) {
    double[] pages = index.scores(inquiry, Grain.PAGE);
    double[] passages = index.scores(inquiry, Grain.PASSAGE);
    double[] headings = index.scores(inquiry, Grain.HEADING);
    return IntStream.range(0, layouts.size())
        .mapToObj(i -> candidate(i, pages[i], passages[i], headings[i], layouts, inquiry))
        .filter(candidate -> candidate.score() > 0)
        .sorted(
            Comparator.comparingDouble(Candidate::score)
                .reversed()
                .thenComparingInt(Candidate::index))
        .limit(max)
        .toList();
  }

  private static Candidate candidate(
      int index,
      double page,
      double passage,
      double heading,
      List<PageLayout> layouts,
      Inquiry inquiry) {
    double sum = PAGE_WEIGHT * page + PASSAGE_WEIGHT * passage + HEADING_WEIGHT * heading;
    double agreement = sum / (PAGE_WEIGHT + PASSAGE_WEIGHT + HEADING_WEIGHT);
    return new Candidate(index, sum * prior(layouts.get(index), inquiry), agreement);
  }

  private static double prior(PageLayout layout, Inquiry inquiry) {
    double contents = layout.isContents() ? CONTENTS_FACTOR : 1;
    double amounts = inquiry.asksForAmount() ? AMOUNTS_FACTOR * layout.amounts() : 0;
    return contents * (1 + amounts);
  }
}
