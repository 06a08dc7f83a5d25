package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;

/** Stores a new version of a question set, unless it equals the latest one. */
public record StoreQuestionSet(QuestionSet questionSet) implements Command<QuestionSet> {
  @Override
  public Decision decide(View view, Instant now, Policy policy) {
    int latest = view.latestVersion(questionSet.name());
    if (latest > 0) {
      QuestionSet known = view.questionSet(questionSet.name(), latest).questions();
      if (known.equals(questionSet.withVersion(latest))) {
        return Accepted.unchanged();
      }
    }
    if (view.questionsStored() + questionSet.questions().size() > policy.questionsMax()) {
      return new Refused(
          Refusal.LIMIT_REACHED,
          "All stored question sets together may have " + policy.questionsMax() + " questions.");
    }
    return Accepted.of(new Event.QuestionSetStored(questionSet.withVersion(latest + 1)));
  }

  @Override
  public QuestionSet subject(View view) {
    return view.questionSet(questionSet.name(), view.latestVersion(questionSet.name())).questions();
  }
}
