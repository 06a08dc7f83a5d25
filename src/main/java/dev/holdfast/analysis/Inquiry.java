package dev.holdfast.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a question seeks.
 *
 * @param concepts what a good page should mention, in the order of the question
 * @param neighbours pairs of terms that stand side by side in the question
 * @param phrases what documents may write instead
 * @param asksForAmount whether a figure is sought
 */
record Inquiry(
    List<Concept> concepts,
    List<List<String>> neighbours,
    List<List<String>> phrases,
    boolean asksForAmount) {

  /** Terms of a question beyond this are ignored; nobody asks that much at once. */
  static final int CONCEPTS_MAX = 60;

  private static final Pattern AMOUNT =
      Pattern.compile(
          "(?i)\\b(how (much|many|long|often)|amount|ratio|percent\\w*|usd|average|rate|total|price"
              + "|cost|number of)\\b|%");

  /**
   * One thing to look for: a term of the question, or any of the phrases that mean the same.
   *
   * @param term as the index has it
   * @param phrases each a list of terms
   */
  record Concept(String term, List<List<String>> phrases) {
    boolean isIn(Set<String> terms) {
      return terms.contains(term) || phrases.stream().anyMatch(terms::containsAll);
    }
  }

  static Inquiry of(String question) {
    Map<String, Set<List<String>>> meanings = new LinkedHashMap<>();
    List<List<String>> neighbours = collectTerms(question, meanings);
    Set<List<String>> phrases = new LinkedHashSet<>();
    for (Glossary.Found found : Glossary.findIn(question)) {
      List<List<String>> written = found.phrases().stream().map(Words::of).toList();
      phrases.addAll(written);
      Words.of(found.words())
          .forEach(term -> meanings.computeIfPresent(term, (t, known) -> with(known, written)));
    }
    List<Concept> concepts = new ArrayList<>();
    meanings.forEach((term, same) -> concepts.add(new Concept(term, List.copyOf(same))));
    return new Inquiry(concepts, neighbours, List.copyOf(phrases), AMOUNT.matcher(question).find());
  }

  private static List<List<String>> collectTerms(
      String question, Map<String, Set<List<String>>> meanings) {
    List<List<String>> neighbours = new ArrayList<>();
    String before = null;
    for (String term : Words.of(question)) {
      if (Words.isAsking(term) || meanings.size() == CONCEPTS_MAX) {
        before = null;
        continue;
      }
      meanings.computeIfAbsent(term, t -> new LinkedHashSet<>());
      if (before != null) {
        neighbours.add(List.of(before, term));
      }
      before = term;
    }
    return neighbours;
  }

  private static Set<List<String>> with(Set<List<String>> known, List<List<String>> more) {
    known.addAll(more);
    return known;
  }
}
