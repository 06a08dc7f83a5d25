package dev.holdfast.session;

import java.time.Duration;
import java.time.Instant;

/**
 * Tries to log in that have not led to a login, of one user or from one address.
 *
 * @param of for example {@code user ana} or {@code address 192.0.2.7}
 */
public record Tries(String of, int count, Instant lastAt) {
  /** So many are free. */
  public static final int FREE = 5;

  private static final Duration FORGOTTEN = Duration.ofHours(1);
  private static final long WAIT_SECONDS_MAX = 900;

  /** When the next try is taken: each one beyond the free ones doubles the wait. */
  Instant notBefore() {
    if (count < FREE) {
      return Instant.MIN;
    }
    long seconds = 1L << Math.min(count - FREE, 20);
    return lastAt.plusSeconds(Math.min(seconds, WAIT_SECONDS_MAX));
  }

  boolean isForgottenAt(Instant now) {
    return lastAt.plus(FORGOTTEN).isBefore(now);
  }

  Tries oneMore(Instant at) {
    return new Tries(of, isForgottenAt(at) ? 1 : count + 1, at);
  }
}
