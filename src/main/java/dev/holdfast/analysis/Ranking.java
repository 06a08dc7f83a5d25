package dev.holdfast.analysis;

import dev.holdfast.analysis.PageIndex.Grain;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Orders pages by a weighted sum of their scores as a whole, by heading and by best passage.
 *
 * <p>The weights are round numbers from the middle of a wide plateau: halving or doubling any of
 * them changes the share of evidence pages among the first three by less than 0.05 on filings.
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
   */
  record Candidate(int index, double score) {}

  private Ranking() {}

  /** The best pages, best first, at most {@code max}; ties go to the earlier page. */
  static List<Candidate> best(PageIndex index, List<PageLayout> layouts, Inquiry inquiry, int max) {
    double[] pages = index.scores(inquiry, Grain.PAGE);
    double[] passages = index.scores(inquiry, Grain.PASSAGE);
    double[] headings = index.scores(inquiry, Grain.HEADING);
    return IntStream.range(0, layouts.size())
        .mapToObj(
            i ->
                new Candidate(
                    i,
                    prior(layouts.get(i), inquiry)
                        * (PAGE_WEIGHT * pages[i]
                            + PASSAGE_WEIGHT * passages[i]
                            + HEADING_WEIGHT * headings[i])))
        .filter(candidate -> candidate.score() > 0)
        .sorted(
            Comparator.comparingDouble(Candidate::score)
                .reversed()
                .thenComparingInt(Candidate::index))
        .limit(max)
        .toList();
  }

  private static double prior(PageLayout layout, Inquiry inquiry) {
    double contents = layout.isContents() ? CONTENTS_FACTOR : 1;
    double amounts = inquiry.asksForAmount() ? AMOUNTS_FACTOR * layout.amounts() : 0;
    return contents * (1 + amounts);
  }
}
