package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Changes what people may change; null leaves a value as it is.
 *
 * @param labels to be set, or with a null value to be taken away; others stay
 * @param expiresAt of an ended session; a past one makes the next sweep remove it
 */
public record PatchSession(
    String sessionId,
    String title,
    Map<String, String> labels,
    Boolean pinned,
    Instant expiresAt,
    String reason,
    OptionalLong ifMatch)
    implements Command.OnSession {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  public PatchSession {
    if (title != null) {
      Check.text("title", title, 1, CreateSession.TITLE_MAX);
      if (title.isBlank()) {
        throw new IllegalArgumentException("title must not be blank");
      }
    }
    if (labels != null) {
      labels = Collections.unmodifiableMap(new TreeMap<>(labels));
      labels.forEach(CreateSession::checkLabel);
    }
    if (expiresAt != null) {
      if (expiresAt.isAfter(LATEST) || expiresAt.isBefore(Instant.EPOCH)) {
        throw new IllegalArgumentException("expiresAt must be from 1970 to " + LATEST);
      }
      expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
    }
    Check.optionalText("reason", reason, REASON_MAX);
  }

  /** Keeps a session from expiring. */
  static PatchSession pin(String sessionId, String reason, OptionalLong ifMatch) {
    return new PatchSession(sessionId, null, null, true, null, reason, ifMatch);
  }

  /** Moves the expiry of a session. */
  static PatchSession expireAt(
      String sessionId, Instant expiresAt, String reason, OptionalLong ifMatch) {
    return new PatchSession(sessionId, null, null, null, expiresAt, reason, ifMatch);
  }

  @Override
  public Decision decide(Session session, View view, Instant now, Policy policy) {
    if (session.removedAt() != null) {
      return Refusals.removed(session);
    }
    Refused changed = Refusals.changedSince(ifMatch, overwritten(session), view);
    return changed != null ? changed : edit(session);
  }

  private Decision edit(Session session) {
    if (expiresAt != null && session.state().isActive()) {
      return new Refused(
          Refusal.INVALID_VALUE,
          "The session is "
              + session.state().label()
              + " and does not expire; set expiresAt once it has ended, or pin it.");
    }
    Map<String, String> merged = merged(session.labels());
    if (merged.size() > CreateSession.LABELS_MAX) {
      return new Refused(
          Refusal.INVALID_VALUE,
          "A session may have " + CreateSession.LABELS_MAX + " labels; take others away first.");
    }
    Event.SessionEdited edited = edited(session, merged);
    return edited.changesNothing() ? Accepted.unchanged() : Accepted.of(edited);
  }

  /** An end sets the expiry, too. */
  private long overwritten(Session session) {
    return expiresAt == null
        ? session.editedRevision()
        : Math.max(session.editedRevision(), session.stateRevision());
  }

  private Map<String, String> merged(Map<String, String> present) {
    Map<String, String> merged = new TreeMap<>(present);
    if (labels != null) {
      labels.forEach(
          (key, value) -> {
            if (value == null) {
              merged.remove(key);
            } else {
              merged.put(key, value);
            }
          });
    }
    return merged;
  }

  /** What differs from what the session has. */
  private Event.SessionEdited edited(Session session, Map<String, String> merged) {
    return new Event.SessionEdited(
        sessionId,
        session.title().equals(title) ? null : title,
        session.labels().equals(merged) ? null : merged,
        pinned != null && pinned == session.pinned() ? null : pinned,
        expiresAt != null && expiresAt.equals(session.expiresAt()) ? null : expiresAt,
        reason);
  }
}
