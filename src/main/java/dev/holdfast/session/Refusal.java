package dev.holdfast.session;

/** Why a command or query was not carried out; nothing was changed. */
public enum Refusal {
  /** No session, document or question set of that name ever existed. */
  NOT_FOUND,
  /** The session was deleted or has expired; the detail says when, why and by whom. */
  GONE,
  /** Only an ended session can be deleted without force. */
  SESSION_ACTIVE,
  /** The session left the lists; it can be read within its grace but not changed. */
  SESSION_REMOVED,
  /** Only partial and failed sessions can be resumed. */
  NOT_RESUMABLE,
  /** The session has ended; reports no longer count. */
  SESSION_ENDED,
  /** The report comes from an attempt that is not the current one. */
  STALE_ATTEMPT,
  /** The session is not queued, so it cannot be started. */
  NOT_QUEUED,
  /** A question id that the question set does not have. */
  UNKNOWN_QUESTION,
  /** The request names a document that is not stored, or needs one and names none. */
  UNKNOWN_DOCUMENT,
  /** The request names a question set that is not stored. */
  UNKNOWN_QUESTION_SET,
  /** No such analyzer. */
  UNKNOWN_ANALYZER,
  /** A value that does not fit the session, for example a page beyond the document. */
  INVALID_VALUE,
  /** Somebody else has that name. */
  NAME_TAKEN,
  /** A limit on what is kept is reached. */
  LIMIT_REACHED,
  /** What the request would overwrite changed after the revision it names. */
  CHANGED_SINCE,
  /** There are more or fewer sessions than the request expects. */
  COUNT_DIFFERS,
  /** The idempotency key was used with another request. */
  KEY_REUSED,
  /** The deadline of the command passed before it was decided. */
  DEADLINE_PASSED,
  /** The owner has as many commands waiting as it admits. */
  OVERLOADED,
  /** The journal did not take the change. */
  JOURNAL_UNAVAILABLE,
  /** No owner answers now. */
  OWNER_UNAVAILABLE,
  /** The owner or its store broke while answering; the log says how. */
  INTERNAL
}
