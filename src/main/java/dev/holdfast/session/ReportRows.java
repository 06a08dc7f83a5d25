package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Adds rows to the table, all or none; a row again in the same attempt replaces the former. */
public record ReportRows(String sessionId, int attempt, List<Row> rows)
    implements Command.OnAttempt {
  public ReportRows {
    rows = List.copyOf(rows);
    Check.count("rows", rows.size(), 1, QuestionSet.QUESTIONS_MAX);
  }

  @Override
  public Decision decideCurrent(Session session, View view, Instant now, Policy policy) {
    if (session.state() != SessionState.RUNNING) {
      return Refusals.notBegun(attempt);
    }
    Table table = view.table(sessionId);
    Document document = session.document();
    List<Row> reported = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (!table.has(row.questionId())) {
        return new Refused(
            Refusal.UNKNOWN_QUESTION,
            "The question set has no question with the id " + row.questionId() + ".");
      }
      if (document != null && row.highestPage() > document.pages()) {
        return new Refused(
            Refusal.INVALID_VALUE,
            "The row of "
                + row.questionId()
                + " names page "
                + row.highestPage()
                + ", the document has "
                + document.pages()
                + ".");
      }
      reported.add(row.withAttempt(attempt));
    }
    return Accepted.of(new Event.RowsAnswered(sessionId, List.copyOf(reported)));
  }
}
