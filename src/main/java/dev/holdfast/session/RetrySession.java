package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Makes a new session that asks the same of the same document; the old one stays as it is.
 *
 * @param sessionId the old session, which has ended
 * @param newId of the new one
 */
public record RetrySession(String sessionId, String newId, String reason, OptionalLong ifMatch)
    implements Command<Session> {
  public RetrySession {
    Check.optionalText("reason", reason, REASON_MAX);
  }

  @Override
  public Decision decide(View view, Instant now, Policy policy) {
    if (view.session(newId) != null) {
      return Accepted.unchanged();
    }
    if (view.tombstone(newId) != null) {
      return Refusals.session(newId, view.tombstone(newId));
    }
    Session old = view.session(sessionId);
    if (old == null) {
      return Refusals.session(sessionId, view.tombstone(sessionId));
    }
    if (old.removedAt() != null) {
      return Refusals.removed(old);
    }
    if (old.state().isActive()) {
      return new Refused(
          Refusal.SESSION_ACTIVE, "The session is " + old.state().label() + "; stop it first.");
    }
    Refused changed = Refusals.changedSince(ifMatch, old.stateRevision(), view);
    return changed != null ? changed : again(old);
  }

  private Accepted again(Session old) {
    Event created =
        new Event.SessionCreated(
            newId,
            old.title(),
            old.analyzer(),
            old.document() == null ? null : old.document().id(),
            old.questionSet().name(),
            old.questionSet().version(),
            old.labels(),
            sessionId,
            reason);
    return old.isExternal()
        ? Accepted.of(created, new Event.SessionStarted(newId, 1))
        : Accepted.of(created);
  }

  @Override
  public Session subject(View view) {
    return view.session(newId);
  }
}
