package dev.holdfast.http;

import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Quote;
import dev.holdfast.session.Row;
import dev.holdfast.session.Table;
import java.util.List;

/** A session and its table by section, both as of {@code revision}. */
public record ResultsView(long revision, SessionView session, List<Section> sections) {

  /** The rows under one heading. */
  public record Section(String id, String name, List<RowView> rows) {}

  /**
   * A row with its question.
   *
   * @param review always null: nobody can review yet
   */
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
      Object review) {

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
          null);
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
