package dev.holdfast.session;

import java.util.List;

/**
 * One line of the unitary table: what an attempt reported on one question.
 *
 * @param answer null unless {@code status} is {@link RowStatus#ANSWERED}; at most 20,000 characters
 * @param pages 1-based, best first, distinct, at most 5
 * @param confidence 0..1, null when the analyzer gives none
 * @param quotes at most 20
 * @param footnote a remark of the analyzer, or null; at most 4,000 characters
 * @param attempt the run that reported the row; 0 for a pending row
 * @param revision of the last report or review; 0 for a report on its way
 * @param review what a person said of it, or null
 */
public record Row(
    String questionId,
    RowStatus status,
    String answer,
    List<Integer> pages,
    Double confidence,
    List<Quote> quotes,
    String footnote,
    int attempt,
    long revision,
    Review review) {

  public static final int ANSWER_MAX = 20_000;
  public static final int PAGES_MAX = 5;
  public static final int PAGE_MAX = 100_000;
  public static final int QUOTES_MAX = 20;
  public static final int FOOTNOTE_MAX = 4_000;

  public Row {
    Check.text("questionId", questionId, 1, QuestionSet.ID_MAX);
    if (status == null) {
      throw new IllegalArgumentException("status must be answered or not_found");
    }
    Check.optionalText("answer", answer, ANSWER_MAX);
    if (status == RowStatus.ANSWERED && (answer == null || answer.isBlank())) {
      throw new IllegalArgumentException("an answered row needs an answer");
    }
    if (status != RowStatus.ANSWERED && answer != null) {
      throw new IllegalArgumentException("only an answered row has an answer");
    }
    pages = pages == null ? List.of() : List.copyOf(pages);
    checkPages("pages", pages);
    if (confidence != null && !(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence must be from 0 to 1, not " + confidence);
    }
    quotes = quotes == null ? List.of() : List.copyOf(quotes);
    Check.count("quotes", quotes.size(), 0, QUOTES_MAX);
    Check.optionalText("footnote", footnote, FOOTNOTE_MAX);
    Check.range("attempt", attempt, 0, Integer.MAX_VALUE);
  }

  /** A report: the journal gives it its revision. */
  public Row(
      String questionId,
      RowStatus status,
      String answer,
      List<Integer> pages,
      Double confidence,
      List<Quote> quotes,
      String footnote,
      int attempt) {
    this(questionId, status, answer, pages, confidence, quotes, footnote, attempt, 0, null);
  }

  static void checkPages(String name, List<Integer> pages) {
    Check.count(name, pages.size(), 0, PAGES_MAX);
    pages.forEach(page -> Check.range(name, page, 1, PAGE_MAX));
    if (pages.stream().distinct().count() != pages.size()) {
      throw new IllegalArgumentException(name + " must be distinct");
    }
  }

  /** The row of a question that nobody has reported on. */
  public static Row pending(String questionId) {
    return new Row(questionId, RowStatus.PENDING, null, List.of(), null, List.of(), null, 0);
  }

  Row withAttempt(int number) {
    return new Row(questionId, status, answer, pages, confidence, quotes, footnote, number);
  }

  /** As it stands in the table from that revision on: a report does not take away a review. */
  Row recorded(long atRevision, Review kept) {
    return new Row(
        questionId, status, answer, pages, confidence, quotes, footnote, attempt, atRevision, kept);
  }

  /** The highest page named by a citation or quote; 0 when there is none. */
  int highestPage() {
    int highest = 0;
    for (int page : pages) {
      highest = Math.max(highest, page);
    }
    for (Quote quote : quotes) {
      highest = Math.max(highest, quote.page());
    }
    return highest;
  }
}
