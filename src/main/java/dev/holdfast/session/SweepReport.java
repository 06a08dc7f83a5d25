package dev.holdfast.session;

import java.time.Instant;

/**
 * What a cleanup did, or with {@code dryRun} would do.
 *
 * @param failed external sessions whose worker was lost
 * @param expired sessions that left the lists
 * @param purged sessions whose rows are gone
 * @param documents that nobody used any more
 * @param forgotten tombstones past their time
 * @param more true when another sweep is to follow, which may find more to do
 */
public record SweepReport(
    Instant at,
    boolean dryRun,
    int failed,
    int expired,
    int purged,
    int documents,
    int forgotten,
    boolean more) {

  /** This, with nobody who goes on. */
  SweepReport brokenOff() {
    return new SweepReport(at, dryRun, failed, expired, purged, documents, forgotten, false);
  }

  /** This and what was done before, as of this one. */
  SweepReport after(SweepReport before) {
    return before == null
        ? this
        : new SweepReport(
            at,
            dryRun,
            before.failed + failed,
            before.expired + expired,
            before.purged + purged,
            before.documents + documents,
            before.forgotten + forgotten,
            more);
  }
}
