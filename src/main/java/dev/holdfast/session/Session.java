package dev.holdfast.session;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The summary of one analysis, as of {@code revision}; immutable.
 *
 * @param revision of the last event of this session
 * @param createdRevision of its first event; breaks ties wherever sessions are ordered
 * @param attempt the current run, from 1; reports of another attempt are refused
 * @param document null for an external analysis without one
 * @param questionSet what it answers
 * @param reason what the person said who stopped or removed it, or null
 * @param error why it failed, or null
 * @param removedAt when it left the lists, or null
 */
public record Session(
    String id,
    String title,
    SessionState state,
    long revision,
    long createdRevision,
    int attempt,
    String analyzer,
    Document document,
    QuestionSetRef questionSet,
    Progress progress,
    Statistics statistics,
    Map<String, String> labels,
    String createdBy,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt,
    Instant expiresAt,
    boolean pinned,
    Instant removedAt,
    String retryOf,
    String reason,
    Failure error) {

  public static final String EXTERNAL = "external";

  public Session {
    labels =
        labels == null || labels.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** External analyses run at once and are never queued, started or re-queued by the server. */
  public boolean isExternal() {
    return EXTERNAL.equals(analyzer);
  }

  /** Milliseconds from the start to the end, or to the last report while active; 0 before both. */
  public long durationMillis() {
    Instant until = endedAt != null ? endedAt : progress.lastAt();
    return startedAt == null || until == null ? 0 : until.toEpochMilli() - startedAt.toEpochMilli();
  }

  /** The same session, sharing what thousands of sessions have in common. */
  public Session sharing(Document sharedDocument, QuestionSetRef sharedQuestionSet) {
    return new Session(
        id,
        title,
        state,
        revision,
        createdRevision,
        attempt,
        analyzer.intern(),
        sharedDocument,
        sharedQuestionSet,
        progress,
        statistics.equals(Statistics.NONE) ? Statistics.NONE : statistics,
        labels,
        createdBy.intern(),
        createdAt,
        startedAt,
        endedAt,
        expiresAt,
        pinned,
        removedAt,
        retryOf,
        reason,
        error);
  }

  Builder change(long atRevision) {
    return new Builder(this, atRevision);
  }

  /** A session that differs from another in what an event changed. */
  static final class Builder {
    private final Session from;
    private final long revision;
    private SessionState state;
    private int attempt;
    private Progress progress;
    private Statistics statistics;
    private Instant startedAt;
    private Instant endedAt;
    private Instant expiresAt;
    private Instant removedAt;
    private String reason;
    private Failure error;

    private Builder(Session from, long revision) {
      this.from = from;
      this.revision = revision;
      this.state = from.state;
      this.attempt = from.attempt;
      this.progress = from.progress;
      this.statistics = from.statistics;
      this.startedAt = from.startedAt;
      this.endedAt = from.endedAt;
      this.expiresAt = from.expiresAt;
      this.removedAt = from.removedAt;
      this.reason = from.reason;
      this.error = from.error;
    }

    Builder started(Instant at) {
      state = SessionState.RUNNING;
      startedAt = startedAt == null ? at : startedAt;
      return this;
    }

    Builder requeued(int nextAttempt) {
      state = SessionState.QUEUED;
      attempt = nextAttempt;
      return this;
    }

    Builder progress(Progress value) {
      progress = value;
      return this;
    }

    Builder statistics(Statistics value) {
      statistics = value;
      return this;
    }

    Builder ended(SessionState how, Instant at, Instant expiry) {
      state = how;
      endedAt = at;
      expiresAt = expiry;
      return this;
    }

    Builder reason(String value) {
      reason = value;
      return this;
    }

    Builder error(Failure value) {
      error = value;
      return this;
    }

    Builder removed(Instant at) {
      removedAt = at;
      return this;
    }

    Session build() {
      return new Session(
          from.id,
          from.title,
          state,
          revision,
          from.createdRevision,
          attempt,
          from.analyzer,
          from.document,
          from.questionSet,
          progress,
          statistics,
          from.labels,
          from.createdBy,
          from.createdAt,
          startedAt,
          endedAt,
          expiresAt,
          from.pinned,
          removedAt,
          from.retryOf,
          reason,
          error);
    }
  }
}
