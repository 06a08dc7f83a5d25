package dev.holdfast.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who created the sessions that are wanted, and when. Instants have whole milliseconds, like those
 * of the journal; finer ones are rounded up, which lets the same sessions through.
 *
 * @param by exactly this actor, or null for any
 * @param after the first instant that is wanted, or null for no bound
 * @param before the first instant that is not wanted any more, or null for no bound
 */
public record Creation(String by, Instant after, Instant before) {
  public static final Creation ANY = new Creation(null, null, null);

  /**
   * @throws IllegalArgumentException when no instant can be wanted
   */
  public Creation {
    if (after != null && before != null && !after.isBefore(before)) {
      throw new IllegalArgumentException(
          "createdAfter must be before createdBefore; the one is included, the other is not");
    }
    after = wholeMillis(after);
    before = wholeMillis(before);
  }

  private static Instant wholeMillis(Instant at) {
    if (at == null) {
      return null;
    }
    Instant down = at.truncatedTo(ChronoUnit.MILLIS);
    return down.equals(at) ? at : down.plusMillis(1);
  }

  public boolean isAny() {
    return equals(ANY);
  }

  /** Whether the session was created by that actor in that time. */
  boolean fits(Session session) {
    return (by == null || by.equals(session.createdBy()))
        && (after == null || !session.createdAt().isBefore(after))
        && (before == null || session.createdAt().isBefore(before));
  }
}
