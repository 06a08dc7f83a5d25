package dev.holdfast.http;

import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Quote;
import dev.holdfast.session.Review;
import dev.holdfast.session.Row;
import dev.holdfast.session.Table;
import java.time.Instant;
import java.util.List;

/** A session and its table by section, both as of {@code revision}. */
public record ResultsView(long revision, SessionView session, List<Section> sections) {

  /** The rows under one heading. */
  public record Section(String id, String name, List<RowView> rows) {}

  /** What a person said of a row. */
  public record ReviewView(
      String verdict,
      String correctedAnswer,
      List<Integer> correctedPages,
      String reason,
      String by,
      Instant at,
      long revision) {

    static ReviewView of(Review review) {
      return review == null
          ? null
          : new ReviewView(
              review.verdict().label(),
              review.correctedAnswer(),
              review.correctedPages(),
              review.reason(),
              review.by(),
              review.at(),
              review.revision());
    }
  }

  /** A row with its question. */
  public record RowView(
      String questionId,
      String question,
      String status,
      String answer,
      List<Integer> pages,
      Double confidence,
      List<Quote> quotes,
      String footnote,
      int attempt,
      ReviewView review) {

    public static RowView of(QuestionSet.Question question, Row row) {
      return new RowView(
          question.id(),
          question.text(),
          row.status().label(),
          row.answer(),
          row.pages(),
          row.confidence(),
          row.quotes(),
          row.footnote(),
          row.attempt(),
          ReviewView.of(row.review()));
    }
  }

  public static ResultsView of(Query.Results results) {
    Table table = results.table();
    List<Section> sections =
        table.questions().sections().stream()
            .map(
                section ->
                    new Section(
                        section.id(),
                        section.name(),
                        section.questions().stream()
                            .map(question -> RowView.of(question, table.row(question.id())))
                            .toList()))
            .toList();
    return new ResultsView(
        results.session().revision(), SessionView.of(results.session()), sections);
  }
}
