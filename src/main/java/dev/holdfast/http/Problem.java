package dev.holdfast.http;

import dev.holdfast.session.Refusal;
import java.util.List;

/**
 * An error as clients see it (RFC 9457).
 *
 * @param detail what to do about it
 * @param revision of the state that the answer stands for, or null
 * @param errors single faults, when there are several
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    Long revision,
    List<String> errors) {

  /** The kinds of problem; their types never change. */
  public enum Type {
    MALFORMED(400, "malformed-request", "The request cannot be read"),
    BAD_PARAMETER(400, "bad-parameter", "A parameter has no such value"),
    UNAUTHORIZED(401, "unauthorized", "A login, a key or the token is needed"),
    FORBIDDEN(403, "forbidden", "The request is not allowed"),
    NOT_FOUND(404, "not-found", "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The path does not take this method"),
    SESSION_ACTIVE(409, "session-active", "The session is active"),
    SESSION_ENDED(409, "session-ended", "The session has ended"),
    STALE_ATTEMPT(409, "stale-attempt", "The report is of another attempt"),
    NAME_TAKEN(409, "name-taken", "The name is taken"),
    LIMIT_REACHED(409, "limit-reached", "A limit is reached"),
    SESSION_REMOVED(409, "session-removed", "The session has left the lists"),
    NOT_RESUMABLE(409, "not-resumable", "The session cannot be resumed"),
    GONE(410, "gone", "The session is gone"),
    COMPACTED(410, "revision-compacted", "The past is not kept for so long"),
    CHANGED_SINCE(412, "changed-since", "It changed in the meantime"),
    COUNT_DIFFERS(412, "count-differs", "There are more or fewer sessions than expected"),
    TOO_LARGE(413, "too-large", "The body is too large"),
    URI_TOO_LONG(414, "uri-too-long", "The address is too long"),
    UNSUPPORTED_TYPE(415, "unsupported-media-type", "The body is of another type"),
    RANGE(416, "range-not-satisfiable", "The range lies outside of the document"),
    MISDIRECTED(421, "host-not-allowed", "The server does not answer to this host"),
    INVALID_VALUE(422, "invalid-value", "A value is not acceptable"),
    UNREADABLE_DOCUMENT(422, "unreadable-document", "The document cannot be analysed"),
    UNKNOWN_QUESTION(422, "unknown-question", "The question set has no such question"),
    UNKNOWN_DOCUMENT(422, "unknown-document", "There is no such document"),
    UNKNOWN_QUESTION_SET(422, "unknown-question-set", "There is no such question set"),
    KEY_REUSED(422, "idempotency-key-reused", "The key belongs to another request"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The header is too large"),
    TOO_MANY(429, "too-many-requests", "Too many at once"),
    INTERNAL(500, "internal", "Something broke"),
    UNAVAILABLE(503, "owner-unavailable", "Nobody can answer now"),
    JOURNAL_UNAVAILABLE(503, "journal-unavailable", "Changes cannot be stored now"),
    REQUEST_TIMEOUT(408, "request-timeout", "The request took too long");

    private final int status;
    private final String slug;
    private final String title;

    Type(int status, String slug, String title) {
      this.status = status;
      this.slug = slug;
      this.title = title;
    }

    int status() {
      return status;
    }

    /** The problem type of a refusal by the owner. */
    static Type of(Refusal refusal) {
      return switch (refusal) {
        case NOT_FOUND -> NOT_FOUND;
        case GONE -> GONE;
        case SESSION_ACTIVE -> SESSION_ACTIVE;
        case SESSION_ENDED -> SESSION_ENDED;
        case SESSION_REMOVED -> SESSION_REMOVED;
        case NOT_RESUMABLE -> NOT_RESUMABLE;
        case COUNT_DIFFERS -> COUNT_DIFFERS;
        case STALE_ATTEMPT, NOT_QUEUED -> STALE_ATTEMPT;
        case UNKNOWN_QUESTION -> UNKNOWN_QUESTION;
        case UNKNOWN_DOCUMENT -> UNKNOWN_DOCUMENT;
        case UNKNOWN_QUESTION_SET -> UNKNOWN_QUESTION_SET;
        case UNKNOWN_ANALYZER, INVALID_VALUE -> INVALID_VALUE;
        case NAME_TAKEN -> NAME_TAKEN;
        case LIMIT_REACHED -> LIMIT_REACHED;
        case CHANGED_SINCE -> CHANGED_SINCE;
        case KEY_REUSED -> KEY_REUSED;
        case OVERLOADED -> TOO_MANY;
        case JOURNAL_UNAVAILABLE -> JOURNAL_UNAVAILABLE;
        case DEADLINE_PASSED, OWNER_UNAVAILABLE -> UNAVAILABLE;
        case INTERNAL -> INTERNAL;
      };
    }

    /** The problem type of a status that Vert.x itself answers with. */
    static Type ofStatus(int status) {
      for (Type type : values()) {
        if (type.status == status) {
          return type;
        }
      }
      return status >= 500 ? INTERNAL : MALFORMED;
    }
  }

  static Problem of(Type type, String detail, String instance, Long revision) {
    return new Problem(
        "https://holdfast.dev/problems/" + type.slug,
        type.title,
        type.status,
        detail,
        instance,
        revision,
        List.of());
  }
}
