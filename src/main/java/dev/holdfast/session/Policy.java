package dev.holdfast.session;

import java.time.Duration;

/**
 * The numbers that rules about sessions depend on.
 *
 * @param grace from leaving the lists to losing the rows; zero is legal
 * @param tombstones how long a purged session is still explained
 * @param documentIdle after which a document that no session needs is purged
 * @param externalSilence after which an external analysis that reports nothing has failed
 * @param attemptsMax runs of one session that may be lost in a row before it fails
 * @param analysesMax built-in analyses at once
 * @param questionsMax questions of all stored question sets together
 * @param sweepMax how much one sweep changes, in sessions; 25 rows or pages count as one more
 */
public record Policy(
    Retention retention,
    Duration grace,
    Duration tombstones,
    Duration documentIdle,
    Duration externalSilence,
    int attemptsMax,
    int analysesMax,
    int questionsMax,
    int sweepMax) {
  public static final Policy DEFAULT =
      new Policy(
          Retention.ofAll(Duration.ofDays(30)),
          Duration.ofMinutes(10),
          Duration.ofDays(90),
          Duration.ofHours(24),
          Duration.ofHours(24),
          3,
          2,
          200_000,
          10);
}
