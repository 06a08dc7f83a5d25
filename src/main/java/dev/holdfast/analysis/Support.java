package dev.holdfast.analysis;

import dev.holdfast.analysis.Inquiry.Concept;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a text speaks of what a question seeks, with rare concepts counting more than common
 * ones.
 *
 * @param rarities of the concepts of the inquiry, in its order
 */
record Support(Inquiry inquiry, List<Double> rarities, double raritySum, double rarityOfAbsent) {

  private static final double AMOUNT_BONUS = 0.3;
  private static final int LONG_EXCERPT_TERMS = 40;

  static Support of(Inquiry inquiry, PageIndex index) {
    List<Double> rarities = inquiry.concepts().stream().map(index::rarity).toList();
    return new Support(
        inquiry, rarities, rarities.stream().mapToDouble(r -> r).sum(), index.rarityOfAbsent());
  }

  /**
   * 0..1: the mean of the share of concepts and the share of their rarity that the best passage of
   * the page mentions. Scattered mentions do not add up.
   */
  double ofPage(PageLayout layout) {
    Map<String, Set<String>> termsOfLine = new HashMap<>(); // passages overlap
    double best = 0;
    for (List<String> passage : Passages.of(layout.lines())) {
      Set<String> terms = new HashSet<>();
      passage.forEach(line -> terms.addAll(termsOfLine.computeIfAbsent(line, Words::setOf)));
      best = Math.max(best, share(terms));
    }
    return best;
  }

  /** For comparing excerpts of one question: above 0 when any concept is mentioned. */
  double ofExcerpt(String excerpt) {
    List<String> terms = Words.of(excerpt);
    double mentioned = rarityIn(Set.copyOf(terms));
    boolean hasAmount = excerpt.chars().anyMatch(Character::isDigit);
    double bonus = inquiry.asksForAmount() && hasAmount ? AMOUNT_BONUS : 0;
    double length = Math.sqrt(Math.max(1, (double) terms.size() / LONG_EXCERPT_TERMS));
    return mentioned * (1 + bonus) / length;
  }

  /** The terms that no page mentions, not even in other words. */
  Set<String> absentTerms() {
    Set<String> terms = new TreeSet<>();
    for (int i = 0; i < rarities.size(); i++) {
      if (rarities.get(i) >= rarityOfAbsent) {
        terms.add(inquiry.concepts().get(i).term());
      }
    }
    return terms;
  }

  private double share(Set<String> terms) {
    if (raritySum == 0) {
      return 0;
    }
    long concepts = inquiry.concepts().stream().filter(concept -> concept.isIn(terms)).count();
    double ofConcepts = (double) concepts / inquiry.concepts().size();
    return (ofConcepts + rarityIn(terms) / raritySum) / 2;
  }

  private double rarityIn(Set<String> terms) {
    double sum = 0;
    List<Concept> concepts = inquiry.concepts();
    for (int i = 0; i < concepts.size(); i++) {
      sum += concepts.get(i).isIn(terms) ? rarities.get(i) : 0;
    }
    return sum;
  }
}
