package dev.holdfast.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What happened, as stored in the journal. Applying an event is total: it never refuses. */
public sealed interface Event {

  /** The session it belongs to; null for documents and question sets. */
  String sessionId();

  /** Carries the event out on the state. */
  void apply(State state, Recorded.Position position);

  /** What the person said who caused it, or null. */
  default String reason() {
    return null;
  }

  /** What the session becomes, in one word; null when it stays what it is. */
  default String becomes() {
    return null;
  }

  /** A document can be analysed from now on. */
  record DocumentStored(Document document) implements Event {
    @Override
    public String sessionId() {
      return null;
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      state.put(document);
    }
  }

  /** A version of a question set can be used from now on. */
  record QuestionSetStored(QuestionSet questionSet) implements Event {
    @Override
    public String sessionId() {
      return null;
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      state.put(new Table.Shape(questionSet));
    }
  }

  /** A session exists and is queued. */
  record SessionCreated(
      String sessionId,
      String title,
      String analyzer,
      String documentId,
      String questionSet,
      int questionSetVersion,
      Map<String, String> labels,
      String retryOf)
      implements Event {
    @Override
    public String becomes() {
      return "queued";
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      Table.Shape shape = state.questionSet(questionSet, questionSetVersion);
      state.put(
          new Session(
              sessionId,
              title,
              SessionState.QUEUED,
              position.revision(),
              position.revision(),
              1,
              analyzer,
              documentId == null ? null : state.document(documentId),
              shape.ref(),
              Progress.NONE,
              Statistics.NONE,
              labels,
              position.actor(),
              position.at(),
              null,
              null,
              null,
              false,
              null,
              retryOf,
              null,
              null),
          Table.empty(shape));
    }
  }

  /** An attempt has begun. */
  record SessionStarted(String sessionId, int attempt) implements Event {
    @Override
    public String becomes() {
      return "running";
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      state.change(sessionId, position, session -> session.started(position.at()));
    }
  }

  /** The run was lost; another attempt will answer what is open. */
  record SessionRequeued(String sessionId, int attempt, String reason) implements Event {
    @Override
    public String becomes() {
      return "queued";
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      state.change(sessionId, position, session -> session.requeued(attempt));
    }
  }

  /** An attempt reported rows. */
  record RowsAnswered(String sessionId, List<Row> rows) implements Event {
    @Override
    public void apply(State state, Recorded.Position position) {
      Table table = state.table(sessionId);
      Progress progress = state.session(sessionId).progress();
      for (Row row : rows) {
        progress = progress.replace(table.reported(row.questionId()), row, position.at());
      }
      Progress after = progress;
      state.put(
          state.session(sessionId).change(position.revision()).progress(after).build(),
          table.with(rows));
    }
  }

  /** The analyzer is done. */
  record SessionCompleted(String sessionId, int attempt, Statistics statistics, Instant expiresAt)
      implements Event {
    @Override
    public String becomes() {
      return "completed";
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      state.end(
          sessionId,
          position,
          session ->
              session
                  .statistics(statistics)
                  .ended(SessionState.COMPLETED, position.at(), expiresAt));
    }
  }

  /** Somebody stopped the session; its rows are kept. */
  record SessionStopped(String sessionId, String reason, Instant expiresAt) implements Event {
    @Override
    public String becomes() {
      return "partial";
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      state.end(
          sessionId,
          position,
          session -> session.reason(reason).ended(SessionState.PARTIAL, position.at(), expiresAt));
    }
  }

  /** The session cannot go on; its rows are kept. */
  record SessionFailed(String sessionId, Failure error, Instant expiresAt) implements Event {
    @Override
    public String becomes() {
      return "failed";
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      state.end(
          sessionId,
          position,
          session -> session.error(error).ended(SessionState.FAILED, position.at(), expiresAt));
    }
  }

  /**
   * The session left the lists; it can still be viewed.
   *
   * @param cause {@code expired} or {@code deleted}
   */
  record SessionRemoved(String sessionId, String cause, String reason) implements Event {
    @Override
    public String becomes() {
      return "removed";
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      state.end(sessionId, position, session -> session.reason(reason).removed(position.at()));
    }
  }

  /** The rows are gone; a tombstone is left that explains it. */
  record SessionPurged(String sessionId, String cause, String reason) implements Event {
    @Override
    public String becomes() {
      return "gone";
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      Session session = state.session(sessionId);
      state.bury(
          new Tombstone(
              sessionId,
              session.title(),
              position.revision(),
              session.removedAt(),
              position.actor(),
              cause,
              reason));
    }
  }

  /** The tombstone is gone too. */
  record TombstoneForgotten(String sessionId) implements Event {
    @Override
    public void apply(State state, Recorded.Position position) {
      state.forget(sessionId);
    }
  }
}
