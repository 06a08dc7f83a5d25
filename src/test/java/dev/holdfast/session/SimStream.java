package dev.holdfast.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A browser at the end of a stream: it folds frames, and must show what a query shows then. */
final class SimStream {
  private static final long NOTHING = -1;

  private record Frame(long previous, ChangeSet step) {}

  private final SimServer server;
  private final Deque<Frame> sent = new ArrayDeque<>();
  private final Map<String, Session> listed = new TreeMap<>();
  private final Map<String, Row> rows = new TreeMap<>();
  private String watched;
  private long held = NOTHING;
  private long position = NOTHING;

  SimStream(SimServer server) {
    this.server = server;
  }

  boolean isJoined() {
    return held != NOTHING;
  }

  /** The revision that the browser holds. */
  long held() {
    return held;
  }

  /** The revision that the hub has sent it. */
  long position() {
    return position;
  }

  void leave() {
    held = NOTHING;
    sent.clear();
  }

  /** The connection is lost with all that is on it; the browser resumes from what it holds. */
  void disconnect() {
    sent.clear();
    position = held;
  }

  /** Takes a snapshot, with the rows of any session in it. */
  void join(Random random) {
    Query<Query.Snapshot> query = new Query.GetSnapshot(Integer.MAX_VALUE - 1, List.of());
    Reply.Done<Query.Snapshot> snapshot = (Reply.Done<Query.Snapshot>) server.query(query);
    held = snapshot.revision();
    position = held;
    listed.clear();
    snapshot.value().items().forEach(session -> listed.put(session.id(), session));
    List<String> ids = List.copyOf(listed.keySet());
    watched = ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
    rows.clear();
    if (watched != null) {
      keep(server.journal().at(held).tables().get(watched).recordedRows());
    }
    check(snapshot.value().counts());
  }

  private void keep(List<Row> changed) {
    changed.forEach(row -> rows.put(row.questionId(), row));
  }

  void frame(long previous, ChangeSet step) {
    sent.add(new Frame(previous, step));
    position = step.revision();
  }

  /** Reads all that has come. */
  void read() {
    while (!sent.isEmpty()) {
      fold(sent.poll());
    }
  }

  private void fold(Frame frame) {
    Laws.require(
        frame.previous() == held && frame.step().previous() <= held,
        "a frame from %d came to a stream at %d",
        frame.previous(),
        held);
    held = frame.step().revision();
    for (Change change : frame.step().changes()) {
      if (change.session() == null) {
        Laws.require(change.cause() != null, "%s left without a cause", change.sessionId());
        listed.remove(change.sessionId());
      } else {
        listed.put(change.sessionId(), change.session());
      }
      if (change.sessionId().equals(watched)) {
        keep(change.rows());
      }
    }
    check(frame.step().counts());
  }

  private void check(Counts counts) {
    SimJournal.Moment moment = server.journal().at(held);
    Laws.require(
        listed.equals(moment.listed()), "a stream shows another list than a query at %d", held);
    Laws.require(counts.equals(moment.counts()), "a stream counts otherwise at %d", held);
    if (watched != null && listed.containsKey(watched)) {
      Map<String, Row> expected = new TreeMap<>();
      moment.tables().get(watched).recordedRows().forEach(r -> expected.put(r.questionId(), r));
      Laws.require(rows.equals(expected), "a stream shows other rows of %s at %d", watched, held);
    }
  }
}
