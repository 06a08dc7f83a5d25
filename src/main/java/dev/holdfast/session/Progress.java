package dev.holdfast.session;

import java.time.Instant;

/**
 * How far a session is.
 *
 * @param confidenceSum over the {@code confident} answered rows that carry a confidence
 * @param lastAt of the last reported row, or null
 */
public record Progress(
    int answered, int notFound, int confident, double confidenceSum, Instant lastAt) {
  public static final Progress NONE = new Progress(0, 0, 0, 0, null);

  /** The progress after {@code next} took the place of {@code former}. */
  Progress replace(Row former, Row next, Instant at) {
    Progress without = former.status() == RowStatus.PENDING ? this : add(former, -1, lastAt);
    return without.add(next, 1, at);
  }

  private Progress add(Row row, int sign, Instant at) {
    boolean found = row.status() == RowStatus.ANSWERED;
    boolean rated = found && row.confidence() != null;
    return new Progress(
        answered + (found ? sign : 0),
        notFound + (found ? 0 : sign),
        confident + (rated ? sign : 0),
        rated ? confidenceSum + sign * row.confidence() : confidenceSum,
        at);
  }

  /** Mean confidence of the answered rows, 0..1 to four digits; null when none carries one. */
  public Double averageConfidence() {
    return confident == 0 ? null : Math.round(confidenceSum / confident * 10_000) / 10_000.0;
  }
}
