package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;

/**
 * What somebody wants. Deciding is pure: the same command on the same view at the same time gives
 * the same decision.
 *
 * @param <T> what it leaves behind
 */
public sealed interface Command<T>
    permits AccessCommand,
        Command.OnSession,
        Bulk,
        CreateSession,
        RetrySession,
        StoreDocument,
        StoreQuestionSet,
        Sweep {

  /** The longest reason that somebody may give. */
  int REASON_MAX = 1_000;

  Decision decide(View view, Instant now, Policy policy);

  /** What the command was about, once it is done. */
  T subject(View view);

  /** The session whose rows must be at hand to decide, also after its end; null for none. */
  default String rowsNeeded() {
    return null;
  }

  /** A command about one session that must exist. */
  sealed interface OnSession extends Command<Session>
      permits OnAttempt, DeleteSession, PatchSession, ResumeSession, ReviewRow, StopSession {
    String sessionId();

    /** The decision when the session is there, listed or within its grace. */
    Decision decide(Session session, View view, Instant now, Policy policy);

    @Override
    default Decision decide(View view, Instant now, Policy policy) {
      Session session = view.session(sessionId());
      return session == null
          ? Refusals.session(sessionId(), view.tombstone(sessionId()))
          : decide(session, view, now, policy);
    }

    @Override
    default Session subject(View view) {
      return view.session(sessionId());
    }
  }

  /** A report or end of an attempt that must be the current one of an active session. */
  sealed interface OnAttempt extends OnSession
      permits CompleteSession, FailSession, ReportRows, RequeueSession, StartSession {
    int attempt();

    Decision decideCurrent(Session session, View view, Instant now, Policy policy);

    /** True when the session ended by just this command before: repeating it is harmless. */
    default boolean repeats(Session session) {
      return false;
    }

    @Override
    default Decision decide(Session session, View view, Instant now, Policy policy) {
      if (session.attempt() != attempt()) {
        return new Refused(
            Refusal.STALE_ATTEMPT,
            "The current attempt is "
                + session.attempt()
                + "; stop reporting for "
                + attempt()
                + ".");
      }
      if (!session.state().isActive() || session.removedAt() != null) {
        return repeats(session)
            ? Accepted.unchanged()
            : new Refused(
                Refusal.SESSION_ENDED,
                "The session is " + session.state().label() + "; stop reporting.");
      }
      return decideCurrent(session, view, now, policy);
    }
  }
}
