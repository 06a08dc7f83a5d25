package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import java.time.Instant;

/** Ends the attempt with an error; the rows are kept. */
public record FailSession(String sessionId, int attempt, Failure error)
    implements Command.OnAttempt {
  @Override
  public boolean repeats(Session session) {
    return session.state() == SessionState.FAILED;
  }

  @Override
  public Decision decideCurrent(Session session, View view, Instant now, Policy policy) {
    return Accepted.of(
        new Event.SessionFailed(
            sessionId, error, now.plus(policy.retention().of(SessionState.FAILED))));
  }
}
