package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;
import java.util.OptionalLong;

/** Removes a session and its rows; a tombstone stays. */
public record DeleteSession(String sessionId, boolean force, String reason, OptionalLong ifMatch)
    implements Command.OnSession {
  public DeleteSession {
    Check.optionalText("reason", reason, Command.REASON_MAX);
  }

  @Override
  public Decision decide(Session session, View view, Instant now, Policy policy) {
    if (session.state().isActive() && session.removedAt() == null && !force) {
      return new Refused(
          Refusal.SESSION_ACTIVE,
          "The session is "
              + session.state().label()
              + "; stop it first, or delete it with force=true.");
    }
    Refused changed = Refusals.changedSince(ifMatch, session.revision(), view);
    if (changed != null) {
      return changed;
    }
    Event purged = new Event.SessionPurged(sessionId, "deleted", reason);
    return session.removedAt() != null
        ? Accepted.of(purged)
        : Accepted.of(new Event.SessionRemoved(sessionId, "deleted", reason), purged);
  }
}
