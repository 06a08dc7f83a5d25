package dev.holdfast.session;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The life of sessions once more, written from the table of transitions and in no other way like
 * the product, so that a fault in the one does not hide in the other.
 */
final class SimModel {
  static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "none", Set.of("queued"),
          "queued", Set.of("running", "partial", "failed", "removed"),
          "running", Set.of("completed", "partial", "failed", "queued", "removed"),
          "completed", Set.of("removed"),
          "partial", Set.of("queued", "removed"),
          "failed", Set.of("queued", "removed"),
          "removed", Set.of("gone"));

  private final Policy policy;
  private final SimCoverage coverage;
  private final SimAccess access = new SimAccess();
  private final Map<String, Life> lives = new TreeMap<>();

  /** What is known of one session. */
  private static final class Life {
    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<String, String> reviews = new TreeMap<>();
    private String state = "none";
    private String title;
    private Map<String, String> labels;
    private String retryOf;
    private int attempt;
    private boolean pinned;
    private Instant expiresAt;
    private Instant removedAt;
  }

  SimModel(Policy policy, SimCoverage coverage) {
    this.policy = policy;
    this.coverage = coverage;
  }

  SimAccess access() {
    return access;
  }

  void apply(Recorded recorded) {
    Event event = recorded.event();
    if (event instanceof AccessEvent change) {
      access.apply(change, recorded.at());
    } else if (event.sessionId() != null) {
      apply(event, lives.computeIfAbsent(event.sessionId(), id -> new Life()), recorded.at());
    }
  }

  private void apply(Event event, Life life, Instant at) {
    if (event instanceof Event.RowsAnswered answered) {
      answer(answered, life);
    } else if (event instanceof Event.RowReviewed reviewed) {
      Laws.require(
          !Set.of("none", "removed", "gone").contains(life.state),
          "a row of a session that is %s was reviewed",
          life.state);
      life.reviews.put(
          reviewed.questionId(), reviewed.verdict() + " " + reviewed.correctedAnswer());
    } else if (event instanceof Event.SessionEdited edited) {
      edit(edited, life);
    } else if (event instanceof Event.TombstoneForgotten) {
      Laws.require("gone".equals(life.state), "a living session was forgotten");
      Laws.require(
          at.isAfter(life.removedAt.plus(policy.tombstones())), "a tombstone went too early");
      lives.remove(event.sessionId());
    } else {
      move(event, life, at);
    }
  }

  private static void answer(Event.RowsAnswered answered, Life life) {
    Laws.require("running".equals(life.state), "rows for a session that is %s", life.state);
    for (Row row : answered.rows()) {
      Laws.require(row.attempt() == life.attempt, "a row of attempt %d counts", row.attempt());
      life.rows.put(row.questionId(), row);
    }
  }

  private static void edit(Event.SessionEdited edited, Life life) {
    Laws.require(
        !Set.of("none", "removed", "gone").contains(life.state),
        "a session that is %s was edited",
        life.state);
    life.title = edited.title() == null ? life.title : edited.title();
    life.labels = edited.labels() == null ? life.labels : edited.labels();
    life.pinned = edited.pinned() == null ? life.pinned : edited.pinned();
    life.expiresAt = edited.expiresAt() == null ? life.expiresAt : edited.expiresAt();
  }

  private void move(Event event, Life life, Instant at) {
    String to = event.becomes();
    Laws.require(
        ALLOWED.getOrDefault(life.state, Set.of()).contains(to), "%s moved to %s", life.state, to);
    coverage.moved(life.state, to);
    if (event instanceof Event.SessionCreated created) {
      create(created, life);
    } else if (event instanceof Event.SessionRequeued requeued) {
      begin(requeued.attempt(), life);
    } else if (event instanceof Event.SessionResumed resumed) {
      Laws.require(!"running".equals(life.state), "a running session was resumed");
      begin(resumed.attempt(), life);
      life.expiresAt = null;
    } else if (event instanceof Event.SessionRemoved removed) {
      remove(removed, life, at);
    } else if (event instanceof Event.SessionPurged purged) {
      Laws.require(
          !"expired".equals(purged.cause()) || !at.isBefore(life.removedAt.plus(policy.grace())),
          "%s was purged within its grace",
          purged.sessionId());
    } else {
      life.expiresAt = expiry(event, at);
    }
    life.state = to;
  }

  private void create(Event.SessionCreated created, Life life) {
    life.attempt = 1;
    life.title = created.title();
    life.labels = created.labels();
    life.retryOf = created.retryOf();
    Life old = created.retryOf() == null ? null : lives.get(created.retryOf());
    Laws.require(
        old == null || (old.title.equals(life.title) && old.labels.equals(life.labels)),
        "a retry differs from its original");
  }

  private static void begin(int attempt, Life life) {
    Laws.require(attempt == life.attempt + 1, "an attempt was skipped or repeated");
    life.attempt = attempt;
  }

  private static void remove(Event.SessionRemoved removed, Life life, Instant at) {
    life.removedAt = at;
    Laws.require(
        !"expired".equals(removed.cause())
            || (!life.pinned && life.expiresAt != null && !life.expiresAt.isAfter(at)),
        "%s expired too early",
        removed.sessionId());
  }

  private Instant expiry(Event event, Instant at) {
    return switch (event.becomes()) {
      case "completed" -> at.plus(policy.retention().completed());
      case "partial" -> at.plus(policy.retention().partial());
      case "failed" -> at.plus(policy.retention().failed());
      default -> null;
    };
  }

  /** The state of a session in one word. */
  static String stateOf(Book book, String id) {
    Session session = book.session(id);
    return session == null
        ? book.tombstone(id) == null ? "none" : "gone"
        : session.removedAt() != null ? "removed" : session.state().label();
  }

  /** The book agrees on every state, attempt and, while they are held, every row. */
  void check(Book book) {
    lives.forEach(
        (id, life) -> {
          String shown = stateOf(book, id);
          Laws.require(shown.equals(life.state), "%s is %s, not %s", id, shown, life.state);
          if (!"gone".equals(shown)) {
            checkSummary(book.session(id), life);
            checkRows(book.session(id), book.table(id), life);
          }
        });
  }

  private static void checkSummary(Session session, Life life) {
    Laws.require(session.attempt() == life.attempt, "the attempt differs");
    Laws.require(
        session.title().equals(life.title)
            && session.labels().equals(life.labels)
            && session.pinned() == life.pinned
            && Objects.equals(session.retryOf(), life.retryOf),
        "what people wrote on %s was changed by something else",
        session.id());
    Laws.require(
        Objects.equals(session.expiresAt(), life.expiresAt),
        "%s expires at %s, not at %s",
        session.id(),
        session.expiresAt(),
        life.expiresAt);
    long answered =
        life.rows.values().stream().filter(row -> row.status() == RowStatus.ANSWERED).count();
    Laws.require(
        session.progress().answered() == answered
            && session.progress().notFound() == life.rows.size() - answered,
        "the progress of %s is not that of its rows",
        session.id());
  }

  private static void checkRows(Session session, Table table, Life life) {
    if (table == null) {
      return;
    }
    Map<String, Row> held = new TreeMap<>();
    Map<String, String> verdicts = new HashMap<>();
    for (Row row : table.recordedRows()) {
      if (row.status() != RowStatus.PENDING) {
        held.put(row.questionId(), row.recorded(0, null));
      }
      if (row.review() != null) {
        Review review = row.review();
        verdicts.put(row.questionId(), review.verdict() + " " + review.correctedAnswer());
      }
    }
    Laws.require(held.equals(life.rows), "a row of %s was lost or changed", session.id());
    Laws.require(verdicts.equals(life.reviews), "a review of %s was lost or changed", session.id());
  }
}
