package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out what the clock has brought about, as much of it as {@code sweepMax} allows; the
 * report says whether another sweep may find more.
 *
 * @param dryRun only counts, and counts everything
 * @param soFar what the sweeps before this one did that belong to the same cleanup, or null
 */
public record Sweep(boolean dryRun, SweepReport soFar) implements Command<SweepReport> {

  @Override
  public Decision decide(View view, Instant now, Policy policy) {
    int max = dryRun ? Integer.MAX_VALUE : policy.sweepMax();
    Run run = new Run(view, now, policy, max);
    View.Due due = view.due(now, policy, max);
    due.silent().forEach(run::fail);
    due.expired().forEach(run::expire);
    due.pastGrace().forEach(run::purge);
    due.documents().forEach(run::dropDocument);
    due.forgotten().forEach(run::forget);
    SweepReport report =
        new SweepReport(
            now,
            dryRun,
            run.failed,
            run.expired,
            run.purged,
            run.documents,
            run.forgotten,
            run.spent >= max);
    return new Accepted(dryRun ? List.of() : run.events, report.after(soFar));
  }

  /** Only the decision knows it; a repeated sweep finds nothing to do. */
  @Override
  public SweepReport subject(View view) {
    return null;
  }

  /** One sweep while it is decided; each thing is looked at again, since it may be settled. */
  private static final class Run {
    /** Rows and pages that cost as much to remove as one session to change. */
    private static final int PARTS = 25;

    private final View view;
    private final Instant now;
    private final Policy policy;
    private final int max;
    private final List<Event> events = new ArrayList<>();
    private int spent;
    private int failed;
    private int expired;
    private int purged;
    private int documents;
    private int forgotten;

    Run(View view, Instant now, Policy policy, int max) {
      this.view = view;
      this.now = now;
      this.policy = policy;
      this.max = max;
    }

    private boolean spend(int cost) {
      boolean affordable = spent < max;
      spent += affordable ? cost : 0;
      return affordable;
    }

    private static int parts(Session session) {
      return session.questionSet().questions() / PARTS;
    }

    void fail(String id) {
      Session session = view.session(id);
      if (session != null
          && session.state() == SessionState.RUNNING
          && session.removedAt() == null
          && Book.isSilent(session, now.minus(policy.externalSilence()))
          && spend(1)) {
        Failure error =
            new Failure(
                "worker-lost", "No report for " + policy.externalSilence().toHours() + " hours.");
        events.add(
            new Event.SessionFailed(
                id, error, now.plus(policy.retention().of(SessionState.FAILED))));
        failed++;
      }
    }

    void expire(String id) {
      Session session = view.session(id);
      if (session == null
          || session.removedAt() != null
          || session.pinned()
          || session.expiresAt() == null
          || session.expiresAt().isAfter(now)) {
        return;
      }
      boolean atOnce = policy.grace().isZero();
      if (spend(atOnce ? 1 + parts(session) : 1)) {
        events.add(new Event.SessionRemoved(id, "expired", null));
        expired++;
        if (atOnce) {
          events.add(new Event.SessionPurged(id, "expired", null));
          purged++;
        }
      }
    }

    void purge(String id) {
      Session session = view.session(id);
      if (session != null && session.removedAt() != null && spend(1 + parts(session))) {
        events.add(new Event.SessionPurged(id, "expired", null));
        purged++;
      }
    }

    void dropDocument(String id) {
      DocumentUse use = view.documentUse(id);
      if (use != null
          && use.isIdleSince(now.minus(policy.documentIdle()))
          && spend(1 + use.document().pages() / PARTS)) {
        events.add(new Event.DocumentPurged(id));
        documents++;
      }
    }

    void forget(String id) {
      if (view.tombstone(id) != null && spend(1)) {
        events.add(new Event.TombstoneForgotten(id));
        forgotten++;
      }
    }
  }
}
