package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Puts a person's verdict beside a row, in place of an earlier one.
 *
 * @param correctedAnswer needed to correct, and only then
 * @param correctedPages 1-based, best first, distinct, at most {@link Row#PAGES_MAX}
 */
public record ReviewRow(
    String sessionId,
    String questionId,
    Verdict verdict,
    String correctedAnswer,
    List<Integer> correctedPages,
    String reason,
    OptionalLong ifMatch)
    implements Command.OnSession {
  public ReviewRow {
    if (verdict == null) {
      throw new IllegalArgumentException("verdict must be accepted, corrected or rejected");
    }
    correctedPages = correctedPages == null ? List.of() : List.copyOf(correctedPages);
    Row.checkPages("correctedPages", correctedPages);
    Check.optionalText("correctedAnswer", correctedAnswer, Row.ANSWER_MAX);
    Check.optionalText("reason", reason, REASON_MAX);
    boolean corrected = verdict == Verdict.CORRECTED;
    if (corrected && (correctedAnswer == null || correctedAnswer.isBlank())) {
      throw new IllegalArgumentException("a corrected row needs a correctedAnswer");
    }
    if (!corrected && (correctedAnswer != null || !correctedPages.isEmpty())) {
      throw new IllegalArgumentException(
          "only a corrected row has a correctedAnswer and correctedPages");
    }
  }

  @Override
  public String rowsNeeded() {
    return sessionId;
  }

  @Override
  public Decision decide(Session session, View view, Instant now, Policy policy) {
    Table table = view.table(sessionId);
    if (!table.has(questionId)) {
      return new Refused(
          Refusal.NOT_FOUND,
          "The question set " + session.questionSet().name() + " has no such question.");
    }
    if (session.removedAt() != null) {
      return Refusals.removed(session);
    }
    Row row = table.row(questionId);
    Refused changed = Refusals.changedSince(ifMatch, row.revision(), view);
    if (changed != null) {
      return changed;
    }
    Refused wrong = check(session, row);
    return wrong != null
        ? wrong
        : Accepted.of(
            new Event.RowReviewed(
                sessionId, questionId, verdict, correctedAnswer, correctedPages, reason));
  }

  private Refused check(Session session, Row row) {
    if (row.status() == RowStatus.PENDING && verdict != Verdict.CORRECTED) {
      return new Refused(
          Refusal.INVALID_VALUE, "The question is still open: it can only be corrected.");
    }
    int highest = correctedPages.stream().mapToInt(page -> page).max().orElse(0);
    Document document = session.document();
    return document == null || highest <= document.pages()
        ? null
        : new Refused(
            Refusal.INVALID_VALUE,
            "correctedPages names page "
                + highest
                + ", the document has "
                + document.pages()
                + ".");
  }
}
