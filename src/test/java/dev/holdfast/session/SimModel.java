package dev.holdfast.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The life of sessions once more, written from the table of transitions and in no other way like
 * the product, so that a fault in the one does not hide in the other.
 */
final class SimModel {
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "none", Set.of("queued"),
          "queued", Set.of("running", "partial", "failed", "removed"),
          "running", Set.of("completed", "partial", "failed", "queued", "removed"),
          "completed", Set.of("removed"),
          "partial", Set.of("queued", "removed"),
          "failed", Set.of("queued", "removed"),
          "removed", Set.of("gone"));

  private final Map<String, String> states = new TreeMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Map<String, Map<String, Row>> rows = new HashMap<>();
  private final Map<String, Map<String, String>> reviews = new HashMap<>();

  void apply(Recorded recorded) {
    Event event = recorded.event();
    String id = event.sessionId();
    if (event instanceof Event.RowsAnswered answered) {
      Laws.require(
          "running".equals(states.get(id)), "rows for a session that is %s", states.get(id));
      for (Row row : answered.rows()) {
        Laws.require(
            row.attempt() == attempts.get(id), "a row of attempt %d counts", row.attempt());
        rows.get(id).put(row.questionId(), row);
      }
    } else if (event instanceof Event.RowReviewed reviewed) {
      Laws.require(
          !Set.of("none", "removed", "gone").contains(states.getOrDefault(id, "none")),
          "a row of a session that is %s was reviewed",
          states.get(id));
      reviews
          .computeIfAbsent(id, session -> new TreeMap<>())
          .put(reviewed.questionId(), reviewed.verdict() + " " + reviewed.correctedAnswer());
    } else if (event instanceof Event.SessionEdited) {
      Laws.require(!"gone".equals(states.get(id)), "a session that is gone was edited");
    } else if (event instanceof Event.TombstoneForgotten) {
      Laws.require("gone".equals(states.remove(id)), "a living session was forgotten");
    } else if (event.becomes() != null) {
      move(id, event);
    }
  }

  private void move(String id, Event event) {
    String from = states.getOrDefault(id, "none");
    String to = event.becomes();
    Laws.require(ALLOWED.getOrDefault(from, Set.of()).contains(to), "%s moved to %s", from, to);
    states.put(id, to);
    if (event instanceof Event.SessionCreated) {
      attempts.put(id, 1);
      rows.put(id, new TreeMap<>());
    } else if (event instanceof Event.SessionRequeued requeued) {
      Laws.require(
          requeued.attempt() == attempts.get(id) + 1, "an attempt was skipped or repeated");
      attempts.put(id, requeued.attempt());
    } else if (event instanceof Event.SessionResumed resumed) {
      Laws.require(resumed.attempt() == attempts.get(id) + 1, "an attempt was skipped or repeated");
      Laws.require(!"running".equals(from), "a running session was resumed");
      attempts.put(id, resumed.attempt());
    } else if (event instanceof Event.SessionPurged) {
      rows.remove(id);
      reviews.remove(id);
    }
  }

  /** The book agrees on every state, attempt and, while they are held, every row. */
  void check(Book book) {
    for (Map.Entry<String, String> entry : states.entrySet()) {
      String id = entry.getKey();
      Session session = book.session(id);
      String shown =
          session == null
              ? book.tombstone(id) == null ? "none" : "gone"
              : session.removedAt() != null ? "removed" : session.state().label();
      Laws.require(shown.equals(entry.getValue()), "%s is %s, not %s", id, shown, entry.getValue());
      if (session != null) {
        checkRows(session, book.table(id));
      }
    }
  }

  private void checkRows(Session session, Table table) {
    Map<String, Row> expected = rows.get(session.id());
    Laws.require(session.attempt() == attempts.get(session.id()), "the attempt differs");
    long answered =
        expected.values().stream().filter(row -> row.status() == RowStatus.ANSWERED).count();
    Laws.require(
        session.progress().answered() == answered
            && session.progress().notFound() == expected.size() - answered,
        "the progress of %s is not that of its rows",
        session.id());
    if (table != null) {
      Map<String, Row> held = new TreeMap<>();
      Map<String, String> verdicts = new TreeMap<>();
      for (Row row : table.recordedRows()) {
        if (row.status() != RowStatus.PENDING) {
          held.put(row.questionId(), row.recorded(0, null));
        }
        if (row.review() != null) {
          Review review = row.review();
          verdicts.put(row.questionId(), review.verdict() + " " + review.correctedAnswer());
        }
      }
      Laws.require(held.equals(expected), "a row of %s was lost or changed", session.id());
      Laws.require(
          verdicts.equals(reviews.getOrDefault(session.id(), Map.of())),
          "a review of %s was lost or changed",
          session.id());
    }
  }
}
