package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import java.time.Instant;

/** Ends the attempt well; open rows stay pending. */
public record CompleteSession(String sessionId, int attempt, Statistics statistics)
    implements Command.OnAttempt {
  @Override
  public boolean repeats(Session session) {
    return session.state() == SessionState.COMPLETED;
  }

  @Override
  public Decision decideCurrent(Session session, View view, Instant now, Policy policy) {
    if (session.state() != SessionState.RUNNING) {
      return Refusals.notBegun(attempt);
    }
    return Accepted.of(
        new Event.SessionCompleted(
            sessionId,
            attempt,
            statistics,
            now.plus(policy.retention().of(SessionState.COMPLETED))));
  }
}
