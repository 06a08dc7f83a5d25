package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;
import java.util.OptionalLong;

/** Queues a partial or failed session again under the next attempt; its rows are kept. */
public record ResumeSession(
    String sessionId, Resumption.Scope scope, String reason, OptionalLong ifMatch)
    implements Command.OnSession {
  public ResumeSession {
    Check.optionalText("reason", reason, REASON_MAX);
  }

  /** The next attempt needs them. */
  @Override
  public String rowsNeeded() {
    return sessionId;
  }

  @Override
  public Decision decide(Session session, View view, Instant now, Policy policy) {
    if (session.removedAt() != null) {
      return Refusals.removed(session);
    }
    if (session.state().isActive() || session.state() == SessionState.COMPLETED) {
      return new Refused(Refusal.NOT_RESUMABLE, allowed(session.state()));
    }
    Refused changed = Refusals.changedSince(ifMatch, session.stateRevision(), view);
    if (changed != null) {
      return changed;
    }
    int next = session.attempt() + 1;
    Event resumed = new Event.SessionResumed(sessionId, next, scope, reason);
    return session.isExternal()
        ? Accepted.of(resumed, new Event.SessionStarted(sessionId, next))
        : Accepted.of(resumed);
  }

  private static String allowed(SessionState state) {
    String can =
        state == SessionState.COMPLETED
            ? "it can be retried as a new session, or deleted"
            : "it can be stopped, and resumed then";
    return "The session is "
        + state.label()
        + "; only partial and failed sessions can be resumed: "
        + can
        + ".";
  }
}
