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
 * @param stateRevision of the event that made it what it is: its state, or removed
 * @param editedRevision of the last change by a person of title, labels, pin or expiry
 * @param attempt the current run, from 1; reports of another attempt are refused
 * @param document null for an external analysis without one
 * @param questionSet what it answers
 * @param resumed since when and for what it runs again, or null when it was never resumed
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
    long stateRevision,
    long editedRevision,
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
    Resumption resumed,
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

  /** The first attempt since the session was created or resumed. */
  int firstAttempt() {
    return resumed == null ? 1 : resumed.attempt();
  }

  /** Whether the current attempt has to answer the question of that row. */
  boolean asks(Row row) {
    boolean again =
        resumed != null
            && resumed.scope() == Resumption.Scope.NOT_FOUND
            && row.status() == RowStatus.NOT_FOUND
            && row.attempt() < attempt;
    return row.status() == RowStatus.PENDING || again;
  }

  /** The same session after later reports that changed nothing but its progress. */
  public Session reported(long atRevision, Progress later) {
    return change(atRevision).progress(later).build();
  }

  /** The same session, sharing what thousands of sessions have in common. */
  public Session sharing(Document sharedDocument, QuestionSetRef sharedQuestionSet) {
    Builder shared = change(revision);
    shared.analyzer = analyzer.intern();
    shared.document = sharedDocument;
    shared.questionSet = sharedQuestionSet;
    shared.createdBy = createdBy.intern();
    shared.statistics = statistics.equals(Statistics.NONE) ? Statistics.NONE : statistics;
    return shared.build();
  }

  Builder change(long atRevision) {
    return new Builder(this, atRevision);
  }

  /** A session that differs from another in what an event changed. */
  static final class Builder {
    private final Session from;
    private final long revision;
    private String title;
    private SessionState state;
    private long stateRevision;
    private long editedRevision;
    private int attempt;
    private String analyzer;
    private Document document;
    private QuestionSetRef questionSet;
    private Progress progress;
    private Statistics statistics;
    private Map<String, String> labels;
    private String createdBy;
    private Instant startedAt;
    private Instant endedAt;
    private Instant expiresAt;
    private boolean pinned;
    private Instant removedAt;
    private Resumption resumed;
    private String reason;
    private Failure error;

    private Builder(Session from, long revision) {
      this.from = from;
      this.revision = revision;
      this.title = from.title;
      this.state = from.state;
      this.stateRevision = from.stateRevision;
      this.editedRevision = from.editedRevision;
      this.attempt = from.attempt;
      this.analyzer = from.analyzer;
      this.document = from.document;
      this.questionSet = from.questionSet;
      this.progress = from.progress;
      this.statistics = from.statistics;
      this.labels = from.labels;
      this.createdBy = from.createdBy;
      this.startedAt = from.startedAt;
      this.endedAt = from.endedAt;
      this.expiresAt = from.expiresAt;
      this.pinned = from.pinned;
      this.removedAt = from.removedAt;
      this.resumed = from.resumed;
      this.reason = from.reason;
      this.error = from.error;
    }

    private Builder become(SessionState next) {
      state = next;
      stateRevision = revision;
      return this;
    }

    Builder started(Instant at) {
      startedAt = startedAt == null ? at : startedAt;
      return become(SessionState.RUNNING);
    }

    Builder requeued(int nextAttempt) {
      attempt = nextAttempt;
      return become(SessionState.QUEUED);
    }

    /** Begins a life of its own: what the end has set is taken back. */
    Builder resumed(Resumption resumption) {
      attempt = resumption.attempt();
      resumed = resumption;
      startedAt = null;
      endedAt = null;
      expiresAt = null;
      reason = null;
      error = null;
      statistics = Statistics.NONE;
      return become(SessionState.QUEUED);
    }

    Builder ended(SessionState how, Instant at, Instant expiry) {
      endedAt = at;
      expiresAt = expiry;
      return become(how);
    }

    Builder removed(Instant at) {
      removedAt = at;
      return become(state);
    }

    /** Null leaves a value as it is. */
    Builder edited(String newTitle, Map<String, String> all, Boolean pin, Instant expiry) {
      title = newTitle == null ? title : newTitle;
      labels = all == null ? labels : all;
      pinned = pin == null ? pinned : pin;
      expiresAt = expiry == null ? expiresAt : expiry;
      editedRevision = revision;
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

    Builder reason(String value) {
      reason = value;
      return this;
    }

    Builder error(Failure value) {
      error = value;
      return this;
    }

    Session build() {
      return new Session(
          from.id,
          title,
          state,
          revision,
          from.createdRevision,
          stateRevision,
          editedRevision,
          attempt,
          analyzer,
          document,
          questionSet,
          progress,
          statistics,
          labels,
          createdBy,
          from.createdAt,
          startedAt,
          endedAt,
          expiresAt,
          pinned,
          removedAt,
          from.retryOf,
          resumed,
          reason,
          error);
    }
  }
}
