package dev.holdfast.session;

import java.time.Instant;

/**
 * A stored document and who needs it.
 *
 * @param sessions that name it, listed or within their grace
 * @param idleSince when it was uploaded last or the last such session was purged; null while a
 *     session names it
 */
public record DocumentUse(Document document, int sessions, Instant idleSince) {

  DocumentUse uploaded(Instant at) {
    return new DocumentUse(document, sessions, sessions == 0 ? at : null);
  }

  DocumentUse taken() {
    return new DocumentUse(document, sessions + 1, null);
  }

  DocumentUse released(Instant at) {
    return new DocumentUse(document, sessions - 1, sessions == 1 ? at : null);
  }

  /** True when no session needs it and nobody has used it since. */
  boolean isIdleSince(Instant instant) {
    return idleSince != null && idleSince.isBefore(instant);
  }
}
