package dev.holdfast.analysis;

import dev.holdfast.analysis.Ranking.Candidate;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Quote;
import dev.holdfast.session.Row;
import dev.holdfast.session.RowStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The built-in analyzer: answers with the passages of the document that speak most of what a
 * question seeks, word for word, and without any network.
 *
 * <p>Pages are ranked by {@link Ranking}; {@link Confidence} says when that is an answer and how
 * its figure is calibrated. The same pages and question always give the same row. One instance may
 * be used by several threads.
 */
public final class Retrieval implements AutoCloseable {
  private static final int CANDIDATES_MAX = 10;
  private static final double USEFUL_SHARE = 0.5;
  private static final int ANSWER_EXCERPTS_MAX = 3;
  private static final double EXCERPT_SHARE = 0.6;
  private static final int MISSING_WORDS_MAX = 8;

  /** A quotable piece of a page and what it is worth to the question. */
  private record Excerpt(int page, String text, double worth) {
    Quote quote() {
      return new Quote(page, text);
    }
  }

  private final List<String> pages;
  private final List<PageLayout> layouts;
  private final PageIndex index;

  private Retrieval(List<String> pages, List<PageLayout> layouts, PageIndex index) {
    this.pages = pages;
    this.layouts = layouts;
    this.index = index;
  }

  /** Indexes the text of a document; index 0 of the list is page 1. */
  public static Retrieval over(List<String> pages) {
    List<PageLayout> layouts = PageLayout.of(pages);
    return new Retrieval(List.copyOf(pages), layouts, PageIndex.of(layouts));
  }

  /** One line of the table, for that attempt; takes milliseconds. */
  public Row answer(QuestionSet.Question question, int attempt) {
    Inquiry inquiry = Inquiry.of(question.text());
    List<Candidate> useful = useful(Ranking.best(index, layouts, inquiry, CANDIDATES_MAX));
    Support support = Support.of(inquiry, index);
    List<Candidate> cited = useful.subList(0, Math.min(Row.PAGES_MAX, useful.size()));
    double supported =
        cited.stream()
            .mapToDouble(candidate -> support.ofPage(layouts.get(candidate.index())))
            .max()
            .orElse(0);
    List<Excerpt> excerpts = excerpts(cited, support);
    if (excerpts.isEmpty() || !Confidence.isAnswer(supported, inquiry.concepts().size())) {
      return notFound(question, attempt, support);
    }
    return new Row(
        question.id(),
        RowStatus.ANSWERED,
        answerOf(excerpts),
        pagesOf(cited),
        Confidence.of(supported, cited.get(0).agreement(), inquiry.concepts().size()),
        excerpts.stream().map(Excerpt::quote).toList(),
        footnote(question, support, useful.subList(cited.size(), useful.size())),
        attempt);
  }

  @Override
  public void close() {
    index.close();
  }

  // Pages that score less than half of the best are noise more often than a second source.
  private static List<Candidate> useful(List<Candidate> candidates) {
    return candidates.stream()
        .filter(candidate -> candidate.score() >= USEFUL_SHARE * candidates.get(0).score())
        .toList();
  }

  private static List<Integer> pagesOf(List<Candidate> candidates) {
    return candidates.stream().map(candidate -> candidate.index() + 1).toList();
  }

  /** The best excerpt of each cited page, in the order of the pages. */
  private List<Excerpt> excerpts(List<Candidate> cited, Support support) {
    List<Excerpt> best = new ArrayList<>();
    for (Candidate candidate : cited) {
      Excerpts.of(pages.get(candidate.index())).stream()
          .map(text -> new Excerpt(candidate.index() + 1, text, support.ofExcerpt(text)))
          .filter(excerpt -> excerpt.worth() > 0)
          .max(Comparator.comparingDouble(Excerpt::worth))
          .ifPresent(best::add);
    }
    return best;
  }

  private static String answerOf(List<Excerpt> excerpts) {
    double best = excerpts.stream().mapToDouble(Excerpt::worth).max().orElse(0);
    return excerpts.stream()
        .filter(excerpt -> excerpt.worth() >= EXCERPT_SHARE * best)
        .limit(ANSWER_EXCERPTS_MAX)
        .map(excerpt -> excerpt.text() + " (page " + excerpt.page() + ")")
        .collect(Collectors.joining("\n"));
  }

  private Row notFound(QuestionSet.Question question, int attempt, Support support) {
    return new Row(
        question.id(),
        RowStatus.NOT_FOUND,
        null,
        List.of(),
        null,
        List.of(),
        missing(question, support),
        attempt);
  }

  /** Where else it is mentioned, on at least one page. */
  static String also(List<Integer> pages) {
    return (pages.size() == 1 ? "Also mentioned on page " : "Also mentioned on pages ")
        + pages.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + ".";
  }

  private String footnote(QuestionSet.Question question, Support support, List<Candidate> others) {
    String missing = missing(question, support);
    String also = others.isEmpty() ? null : also(pagesOf(others));
    if (missing == null || also == null) {
      return missing == null ? also : missing;
    }
    return also + " " + missing;
  }

  /** The words of the question that the document never uses, as they stand in the question. */
  private String missing(QuestionSet.Question question, Support support) {
    Set<String> absent = support.absentTerms();
    Set<String> words = new LinkedHashSet<>();
    for (String word : question.text().split("[^\\p{L}\\p{N}&'’-]+")) {
      if (words.size() < MISSING_WORDS_MAX && Words.of(word).stream().anyMatch(absent::contains)) {
        words.add(word);
      }
    }
    return words.isEmpty() ? null : "Not in the document: " + String.join(", ", words) + ".";
  }
}
