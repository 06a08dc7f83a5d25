package dev.holdfast.http.live;

import dev.holdfast.http.ResultsView;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Row;
import java.util.HashMap;
import java.util.Map;

/** The questions of one session, to show its rows with. */
final class RowTexts {
  private final Map<String, QuestionSet.Question> questions = new HashMap<>();

  RowTexts(QuestionSet set) {
    set.questions().forEach(question -> questions.put(question.id(), question));
  }

  ResultsView.RowView view(Row row) {
    return ResultsView.RowView.of(questions.get(row.questionId()), row);
  }
}
