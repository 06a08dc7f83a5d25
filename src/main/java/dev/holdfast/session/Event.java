package dev.holdfast.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened, as stored in the journal. Applying an event is total: it never refuses. */
public sealed interface Event
    permits AccessEvent,
        Event.DocumentStored,
        Event.DocumentPurged,
        Event.QuestionSetStored,
        Event.SessionCreated,
        Event.SessionStarted,
        Event.SessionRequeued,
        Event.SessionResumed,
        Event.SessionEdited,
        Event.RowsAnswered,
        Event.RowReviewed,
        Event.SessionCompleted,
        Event.SessionStopped,
        Event.SessionFailed,
        Event.SessionRemoved,
        Event.SessionPurged,
        Event.TombstoneForgotten {

  /** The session it belongs to; null for documents, question sets and who may do what. */
  String sessionId();

  /** Carries the event out on the state. */
  void apply(State state, Recorded.Position position);

  /** What the person said who caused it, or null. */
  default String reason() {
    return null;
  }

  /** The questions whose rows it changes. */
  default List<String> questionIds() {
    return List.of();
  }

  /** The session whose rows it builds on, also after its end; null for none. */
  default String rowsNeeded() {
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
      DocumentUse known = state.documentUse(document.id());
      state.put(
          known == null
              ? new DocumentUse(document, 0, position.at())
              : known.uploaded(position.at()));
    }
  }

  /** Nobody needs the document any more: its content and text are gone. */
  record DocumentPurged(String documentId) implements Event {
    @Override
    public String sessionId() {
      return null;
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      state.drop(documentId);
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
      String retryOf,
      String reason)
      implements Event {
    @Override
    public String becomes() {
      return "queued";
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      Table.Shape shape = state.questionSet(questionSet, questionSetVersion);
      if (documentId != null) {
        state.put(state.documentUse(documentId).taken());
      }
      state.put(
          new Session(
              sessionId,
              title,
              SessionState.QUEUED,
              position.revision(),
              position.revision(),
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
              null,
              null));
      state.put(sessionId, Table.empty(shape));
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

  /** Somebody resumed the session: the next attempt answers what is open. */
  record SessionResumed(String sessionId, int attempt, Resumption.Scope scope, String reason)
      implements Event {
    @Override
    public String rowsNeeded() {
      return sessionId;
    }

    @Override
    public String becomes() {
      return "queued";
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      Resumption resumption = new Resumption(attempt, scope);
      state.change(sessionId, position, session -> session.resumed(resumption));
    }
  }

  /**
   * Somebody changed what people may change; null stands for what stayed as it was.
   *
   * @param labels all that the session has now
   */
  record SessionEdited(
      String sessionId,
      String title,
      Map<String, String> labels,
      Boolean pinned,
      Instant expiresAt,
      String reason)
      implements Event {
    boolean changesNothing() {
      return title == null && labels == null && pinned == null && expiresAt == null;
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      state.change(
          sessionId, position, session -> session.edited(title, labels, pinned, expiresAt));
    }
  }

  /** An attempt reported rows. */
  record RowsAnswered(String sessionId, List<Row> rows) implements Event {
    @Override
    public List<String> questionIds() {
      return rows.stream().map(Row::questionId).toList();
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      Table table = state.table(sessionId);
      Progress progress = state.session(sessionId).progress();
      Map<String, Row> latest = new LinkedHashMap<>();
      for (Row row : rows) {
        String question = row.questionId();
        Row former = latest.containsKey(question) ? latest.get(question) : table.row(question);
        progress = progress.replace(former, row, position.at());
        latest.put(question, row.recorded(position.revision(), former.review()));
      }
      Progress after = progress;
      state.change(sessionId, position, session -> session.progress(after));
      state.put(sessionId, table.with(latest.values()));
    }
  }

  /** A person gave a verdict on a row. */
  record RowReviewed(
      String sessionId,
      String questionId,
      Verdict verdict,
      String correctedAnswer,
      List<Integer> correctedPages,
      String reason)
      implements Event {
    @Override
    public String rowsNeeded() {
      return sessionId;
    }

    @Override
    public List<String> questionIds() {
      return List.of(questionId);
    }

    @Override
    public void apply(State state, Recorded.Position position) {
      Review review =
          new Review(
              verdict,
              correctedAnswer,
              correctedPages,
              reason,
              position.actor(),
              position.at(),
              position.revision());
      Table table = state.table(sessionId);
      Row reviewed = table.row(questionId).recorded(position.revision(), review);
      state.change(sessionId, position, session -> session);
      state.put(sessionId, table.with(List.of(reviewed)));
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
      if (session.document() != null) {
        DocumentUse use = state.documentUse(session.document().id());
        state.put(use.released(position.at()));
      }
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
