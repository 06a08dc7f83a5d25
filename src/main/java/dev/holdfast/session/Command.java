package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What somebody wants. Deciding is pure: the same command on the same view at the same time gives
 * the same decision.
 *
 * @param <T> what it leaves behind
 */
public sealed interface Command<T> {

  Decision decide(View view, Instant now, Policy policy);

  /** What the command was about, once it is done. */
  T subject(View view);

  /** Takes note of a document whose pages are stored; a known one stays as it is. */
  record StoreDocument(Document document) implements Command<Document> {
    @Override
    public Decision decide(View view, Instant now, Policy policy) {
      return view.document(document.id()) != null
          ? Accepted.unchanged()
          : Accepted.of(new Event.DocumentStored(document));
    }

    @Override
    public Document subject(View view) {
      return view.document(document.id());
    }
  }

  /** Stores a new version of a question set, unless it equals the latest one. */
  record StoreQuestionSet(QuestionSet questionSet) implements Command<QuestionSet> {
    @Override
    public Decision decide(View view, Instant now, Policy policy) {
      int latest = view.latestVersion(questionSet.name());
      if (latest > 0) {
        QuestionSet known = view.questionSet(questionSet.name(), latest).questions();
        if (known.equals(questionSet.withVersion(latest))) {
          return Accepted.unchanged();
        }
      }
      if (view.questionsStored() + questionSet.questions().size() > policy.questionsMax()) {
        return new Refused(
            Refusal.LIMIT_REACHED,
            "All stored question sets together may have " + policy.questionsMax() + " questions.");
      }
      return Accepted.of(new Event.QuestionSetStored(questionSet.withVersion(latest + 1)));
    }

    @Override
    public QuestionSet subject(View view) {
      return view.questionSet(questionSet.name(), view.latestVersion(questionSet.name()))
          .questions();
    }
  }

  /** A command about one session that must exist. */
  sealed interface OnSession extends Command<Session> {
    String sessionId();

    /** The decision when the session is there, listed or within its grace. */
    Decision decide(Session session, View view, Instant now, Policy policy);

    @Override
    default Decision decide(View view, Instant now, Policy policy) {
      Session session = view.session(sessionId());
      return session == null
          ? Missing.session(sessionId(), view.tombstone(sessionId()))
          : decide(session, view, now, policy);
    }

    @Override
    default Session subject(View view) {
      return view.session(sessionId());
    }
  }

  /** A report or end of an attempt that must be the current one of an active session. */
  sealed interface OnAttempt extends OnSession {
    int attempt();

    Decision decideCurrent(Session session, View view, Instant now, Policy policy);

    /** True when the session ended by just this command before: repeating it is harmless. */
    default boolean repeats(Session session) {
      return false;
    }

    @Override
    default Decision decide(Session session, View view, Instant now, Policy policy) {
      if (session.attempt() != attempt()) {
        return new Refused(
            Refusal.STALE_ATTEMPT,
            "The current attempt is "
                + session.attempt()
                + "; stop reporting for "
                + attempt()
                + ".");
      }
      if (!session.state().isActive() || session.removedAt() != null) {
        return repeats(session)
            ? Accepted.unchanged()
            : new Refused(
                Refusal.SESSION_ENDED,
                "The session is " + session.state().label() + "; stop reporting.");
      }
      return decideCurrent(session, view, now, policy);
    }
  }

  /**
   * Creates a session: an external one runs at once, any other is queued.
   *
   * @param documentId may be null for an external one
   * @param version of the question set; 0 takes the latest
   * @param retryOf the session that this one repeats, or null
   */
  record CreateSession(
      String sessionId,
      String title,
      String analyzer,
      String documentId,
      String questionSet,
      int version,
      Map<String, String> labels,
      String retryOf)
      implements Command<Session> {
    public static final int TITLE_MAX = 200;
    public static final int LABELS_MAX = 20;
    public static final int LABEL_MAX = 100;

    /** The analyzers of this server. */
    public static final List<String> ANALYZERS = List.of("retrieval", Session.EXTERNAL);

    public CreateSession {
      Check.optionalText("title", title, TITLE_MAX);
      labels = labels == null ? Map.of() : labels;
      Check.count("labels", labels.size(), 0, LABELS_MAX);
      labels.forEach(
          (key, value) -> {
            Check.text("labels", key, 1, LABEL_MAX);
            Check.text("labels." + key, value, 0, LABEL_MAX);
          });
    }

    @Override
    public Decision decide(View view, Instant now, Policy policy) {
      if (!ANALYZERS.contains(analyzer)) {
        return new Refused(
            Refusal.UNKNOWN_ANALYZER, "analyzer must be one of " + String.join(", ", ANALYZERS));
      }
      int wanted = version == 0 ? view.latestVersion(questionSet) : version;
      if (view.questionSet(questionSet, wanted) == null) {
        return new Refused(
            Refusal.UNKNOWN_QUESTION_SET,
            "No question set of that name and version is stored; PUT it first, or choose one of"
                + " GET /api/v1/question-sets.");
      }
      boolean external = analyzer.equals(Session.EXTERNAL);
      if (documentId == null ? !external : view.document(documentId) == null) {
        return new Refused(
            Refusal.UNKNOWN_DOCUMENT,
            documentId == null
                ? "documentId is missing: upload the PDF with POST /api/v1/documents first."
                : "No document of that id is stored; upload the PDF with POST /api/v1/documents.");
      }
      Event created =
          new Event.SessionCreated(
              sessionId, titleOr(view), analyzer, documentId, questionSet, wanted, labels, retryOf);
      return external
          ? Accepted.of(created, new Event.SessionStarted(sessionId, 1))
          : Accepted.of(created);
    }

    private String titleOr(View view) {
      if (title != null && !title.isBlank()) {
        return title;
      }
      if (documentId == null) {
        return questionSet;
      }
      String filename = view.document(documentId).filename();
      return filename.length() <= TITLE_MAX ? filename : filename.substring(0, TITLE_MAX);
    }

    @Override
    public Session subject(View view) {
      return view.session(sessionId);
    }
  }

  /** Begins the attempt of a queued session. */
  record StartSession(String sessionId, int attempt) implements OnAttempt {
    @Override
    public Decision decideCurrent(Session session, View view, Instant now, Policy policy) {
      return session.state() == SessionState.QUEUED
          ? Accepted.of(new Event.SessionStarted(sessionId, attempt))
          : new Refused(Refusal.NOT_QUEUED, "The session is running already.");
    }
  }

  /** Adds rows to the table, all or none; a row again in the same attempt replaces the former. */
  record ReportRows(String sessionId, int attempt, List<Row> rows) implements OnAttempt {
    public ReportRows {
      rows = List.copyOf(rows);
      Check.count("rows", rows.size(), 1, QuestionSet.QUESTIONS_MAX);
    }

    @Override
    public Decision decideCurrent(Session session, View view, Instant now, Policy policy) {
      if (session.state() != SessionState.RUNNING) {
        return new Refused(
            Refusal.STALE_ATTEMPT, "Attempt " + attempt + " has not begun; stop reporting.");
      }
      Table table = view.table(sessionId);
      Document document = session.document();
      List<Row> reported = new ArrayList<>(rows.size());
      for (Row row : rows) {
        if (!table.has(row.questionId())) {
          return new Refused(
              Refusal.UNKNOWN_QUESTION,
              "The question set has no question with the id " + row.questionId() + ".");
        }
        if (document != null && row.highestPage() > document.pages()) {
          return new Refused(
              Refusal.INVALID_VALUE,
              "The row of "
                  + row.questionId()
                  + " names page "
                  + row.highestPage()
                  + ", the document has "
                  + document.pages()
                  + ".");
        }
        reported.add(row.withAttempt(attempt));
      }
      return Accepted.of(new Event.RowsAnswered(sessionId, List.copyOf(reported)));
    }
  }

  /** Ends the attempt well; open rows stay pending. */
  record CompleteSession(String sessionId, int attempt, Statistics statistics)
      implements OnAttempt {
    @Override
    public boolean repeats(Session session) {
      return session.state() == SessionState.COMPLETED;
    }

    @Override
    public Decision decideCurrent(Session session, View view, Instant now, Policy policy) {
      return Accepted.of(
          new Event.SessionCompleted(sessionId, attempt, statistics, now.plus(policy.retention())));
    }
  }

  /** Ends the attempt with an error; the rows are kept. */
  record FailSession(String sessionId, int attempt, Failure error) implements OnAttempt {
    @Override
    public boolean repeats(Session session) {
      return session.state() == SessionState.FAILED;
    }

    @Override
    public Decision decideCurrent(Session session, View view, Instant now, Policy policy) {
      return Accepted.of(new Event.SessionFailed(sessionId, error, now.plus(policy.retention())));
    }
  }

  /** Gives a lost run back to the queue, or fails the session after too many of them. */
  record RequeueSession(String sessionId, int attempt, String reason) implements OnAttempt {
    @Override
    public Decision decideCurrent(Session session, View view, Instant now, Policy policy) {
      if (session.state() == SessionState.QUEUED) {
        return Accepted.unchanged();
      }
      return attempt < policy.attemptsMax()
          ? Accepted.of(new Event.SessionRequeued(sessionId, attempt + 1, reason))
          : Accepted.of(
              new Event.SessionFailed(
                  sessionId,
                  new Failure("worker-lost", attempt + " runs were lost: " + reason),
                  now.plus(policy.retention())));
    }
  }

  /** Ends an active session and keeps its rows; an ended one stays as it is. */
  record StopSession(String sessionId, String reason, OptionalLong ifMatch) implements OnSession {
    public StopSession {
      Check.optionalText("reason", reason, REASON_MAX);
    }

    @Override
    public Decision decide(Session session, View view, Instant now, Policy policy) {
      if (!session.state().isActive() || session.removedAt() != null) {
        return Accepted.unchanged();
      }
      return changedSince(session, ifMatch)
          ? Missing.changedSince(session)
          : Accepted.of(new Event.SessionStopped(sessionId, reason, now.plus(policy.retention())));
    }
  }

  /** Removes a session and its rows; a tombstone stays. */
  record DeleteSession(String sessionId, boolean force, String reason, OptionalLong ifMatch)
      implements OnSession {
    public DeleteSession {
      Check.optionalText("reason", reason, REASON_MAX);
    }

    @Override
    public Decision decide(Session session, View view, Instant now, Policy policy) {
      if (session.state().isActive() && session.removedAt() == null && !force) {
        return new Refused(
            Refusal.SESSION_ACTIVE,
            "The session is "
                + session.state().label()
                + "; stop it first, or delete it with force=true.");
      }
      if (changedSince(session, ifMatch)) {
        return Missing.changedSince(session);
      }
      Event purged = new Event.SessionPurged(sessionId, "deleted", reason);
      return session.removedAt() != null
          ? Accepted.of(purged)
          : Accepted.of(new Event.SessionRemoved(sessionId, "deleted", reason), purged);
    }
  }

  /**
   * Carries out what the clock has brought about, at most {@code sweepMax} of each kind; when it
   * changed something, another sweep may find more.
   */
  record Sweep() implements Command<Void> {
    @Override
    public Decision decide(View view, Instant now, Policy policy) {
      View.Due due = view.due(now, policy, policy.sweepMax());
      List<Event> events = new ArrayList<>();
      due.silent().forEach(id -> fail(view.session(id), now, policy, events));
      due.expired().forEach(id -> expire(view.session(id), now, policy, events));
      due.pastGrace().forEach(id -> purge(view.session(id), events));
      due.forgotten().stream()
          .filter(id -> view.tombstone(id) != null)
          .forEach(id -> events.add(new Event.TombstoneForgotten(id)));
      return new Accepted(events);
    }

    private static void fail(Session session, Instant now, Policy policy, List<Event> events) {
      if (session != null
          && session.state() == SessionState.RUNNING
          && Book.isSilent(session, now.minus(policy.externalSilence()))) {
        Failure error =
            new Failure(
                "worker-lost", "No report for " + policy.externalSilence().toHours() + " hours.");
        events.add(new Event.SessionFailed(session.id(), error, now.plus(policy.retention())));
      }
    }

    private static void expire(Session session, Instant now, Policy policy, List<Event> events) {
      boolean listed = session != null && session.removedAt() == null;
      if (listed && session.expiresAt() != null && !session.expiresAt().isAfter(now)) {
        events.add(new Event.SessionRemoved(session.id(), "expired", null));
        if (policy.grace().isZero()) {
          events.add(new Event.SessionPurged(session.id(), "expired", null));
        }
      }
    }

    private static void purge(Session session, List<Event> events) {
      if (session != null && session.removedAt() != null) {
        events.add(new Event.SessionPurged(session.id(), "expired", null));
      }
    }

    @Override
    public Void subject(View view) {
      return null;
    }
  }

  int REASON_MAX = 1_000;

  private static boolean changedSince(Session session, OptionalLong ifMatch) {
    return ifMatch.isPresent() && session.revision() != ifMatch.getAsLong();
  }

  /** The refusals that several commands and queries share. */
  final class Missing {
    private Missing() {}

    static Refused session(String id, Tombstone tombstone) {
      return tombstone == null
          ? new Refused(Refusal.NOT_FOUND, "No session ever had the id " + id + ".")
          : new Refused(Refusal.GONE, gone(tombstone));
    }

    private static String gone(Tombstone tombstone) {
      String how =
          tombstone.cause().equals("deleted")
              ? "was deleted by " + tombstone.by()
              : "expired and was removed";
      String why = tombstone.reason() == null ? "" : ", because: " + tombstone.reason();
      return "The session \u201c"
          + tombstone.title()
          + "\u201d "
          + how
          + " at "
          + tombstone.removedAt()
          + why
          + ".";
    }

    static Refused changedSince(Session session) {
      return new Refused(
          Refusal.CHANGED_SINCE,
          "The session changed at revision "
              + session.revision()
              + "; read it again and decide anew.");
    }
  }
}
