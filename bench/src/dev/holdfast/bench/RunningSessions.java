package dev.holdfast.bench;

import dev.holdfast.session.CreateSession;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Quote;
import dev.holdfast.session.ReportRows;
import dev.holdfast.session.Row;
import dev.holdfast.session.RowStatus;
import dev.holdfast.session.StoreQuestionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sessions of {@value Api#ROWS} questions that run for as long as a benchmark wants. */
final class RunningSessions {
  private static final String SET = "hundred";

  private final BareOwner owner;
  private final List<String> ids = new ArrayList<>();

  RunningSessions(BareOwner owner, int count) throws Exception {
    this.owner = owner;
    List<QuestionSet.Question> questions = new ArrayList<>();
    for (int i = 1; i <= Api.ROWS; i++) {
      questions.add(new QuestionSet.Question("Q" + i, "Which requirement is number " + i + "?"));
    }
    List<QuestionSet.Section> sections = List.of(new QuestionSet.Section("s", "All", questions));
    owner.submit(new StoreQuestionSet(new QuestionSet(SET, 0, null, sections)));
    owner.land();
    for (int i = 0; i < count; i++) {
      ids.add(new UUID(7, i).toString());
      owner.submit(new CreateSession(ids.get(i), "Pump", "external", null, SET, 0, Map.of()));
    }
    owner.land();
  }

  /**
   * Reports the row of one question for each of them; durable at the end. The first report is in a
   * batch of its own, all others are in the next one.
   */
  void report(int question) throws Exception {
    Row row = row("Q" + question);
    for (String id : ids) {
      owner.submit(new ReportRows(id, 1, List.of(row)));
    }
    owner.land();
  }

  /** A row of the size that an analyzer reports. */
  static Row row(String questionId) {
    String answer = Api.row(questionId).getString("answer");
    return new Row(
        questionId,
        RowStatus.ANSWERED,
        answer,
        List.of(3, 17),
        0.83,
        List.of(new Quote(3, answer)),
        null,
        0);
  }
}
