package dev.holdfast.session;

import java.time.Duration;

/**
 * The numbers that rules about sessions depend on.
 *
 * @param retention from the end of a session to its expiry
 * @param grace from leaving the lists to losing the rows; zero is legal
 * @param tombstones how long a purged session is still explained
 * @param externalSilence after which an external analysis that reports nothing has failed
 * @param attemptsMax runs of one session before it fails
 * @param analysesMax built-in analyses at once
 * @param questionsMax questions of all stored question sets together
 * @param sweepMax sessions that one sweep changes
 */
public record Policy(
    Duration retention,
    Duration grace,
    Duration tombstones,
    Duration externalSilence,
    int attemptsMax,
    int analysesMax,
    int questionsMax,
    int sweepMax) {
  public static final Policy DEFAULT =
      new Policy(
          Duration.ofDays(30),
          Duration.ofMinutes(10),
          Duration.ofDays(90),
          Duration.ofHours(24),
          3,
          2,
          200_000,
          500);
}
