package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import java.time.Instant;

/** Gives a lost run back to the queue, or fails the session after too many of them. */
public record RequeueSession(String sessionId, int attempt, String reason)
    implements Command.OnAttempt {
  @Override
  public Decision decideCurrent(Session session, View view, Instant now, Policy policy) {
    if (session.state() == SessionState.QUEUED) {
      return Accepted.unchanged();
    }
    int lost = session.attempt() - session.firstAttempt() + 1;
    return lost < policy.attemptsMax()
        ? Accepted.of(new Event.SessionRequeued(sessionId, attempt + 1, reason))
        : Accepted.of(
            new Event.SessionFailed(
                sessionId,
                new Failure("worker-lost", lost + " runs were lost: " + reason),
                now.plus(policy.retention().of(SessionState.FAILED))));
  }
}
