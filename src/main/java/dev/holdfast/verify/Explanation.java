package dev.holdfast.verify;

import java.util.ArrayList;
import java.util.List;

/** Says why a history has no order, in a few lines of it. */
final class Explanation {
  private static final int LINES = 8;

  private Explanation() {}

  static Violation of(Known known, Linearizability.Result<SessionModel> result) {
    List<Operation<SessionModel>> order = result.longest();
    List<Step> timeline = new ArrayList<>();
    for (Operation<SessionModel> operation :
        order.subList(Math.max(0, order.size() - LINES), order.size())) {
      timeline.add(step(operation, ""));
    }
    Operation<SessionModel> stuck = result.stuck();
    timeline.add(step(stuck, "   DOES NOT FIT: by then it was " + result.state().text()));
    return new Violation(
        Check.HISTORY,
        "session " + known.id(),
        "its "
            + known.history().size()
            + " operations have no order that explains all answers; the longest takes in "
            + order.size(),
        timeline);
  }

  private static Step step(Operation<SessionModel> operation, String more) {
    long end = operation.isOpen() ? operation.called() : operation.returned();
    return new Step(operation.called(), end, operation.who(), operation.what() + more);
  }
}
