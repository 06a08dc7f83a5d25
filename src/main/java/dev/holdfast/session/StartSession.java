package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;

/** Begins the attempt of a queued session. */
public record StartSession(String sessionId, int attempt) implements Command.OnAttempt {
  @Override
  public Decision decideCurrent(Session session, View view, Instant now, Policy policy) {
    return session.state() == SessionState.QUEUED
        ? Accepted.of(new Event.SessionStarted(sessionId, attempt))
        : new Refused(Refusal.NOT_QUEUED, "The session is running already.");
  }
}
