package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;
import java.util.OptionalLong;

/** Ends an active session and keeps its rows; an ended one stays as it is. */
public record StopSession(String sessionId, String reason, OptionalLong ifMatch)
    implements Command.OnSession {
  public StopSession {
    Check.optionalText("reason", reason, Command.REASON_MAX);
  }

  @Override
  public Decision decide(Session session, View view, Instant now, Policy policy) {
    if (!session.state().isActive() || session.removedAt() != null) {
      return Accepted.unchanged();
    }
    Refused changed = Refusals.changedSince(ifMatch, session.stateRevision(), view);
    return changed != null
        ? changed
        : Accepted.of(
            new Event.SessionStopped(
                sessionId, reason, now.plus(policy.retention().of(SessionState.PARTIAL))));
  }
}
