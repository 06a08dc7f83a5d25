package dev.holdfast.http.live;

import dev.holdfast.http.EncodedSessions;
import dev.holdfast.http.PublicJson;
import dev.holdfast.http.ResultsView;
import dev.holdfast.session.Change;
import dev.holdfast.session.ChangeSet;
import dev.holdfast.session.Counts;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Encodes frames, resets and snapshots, each once for all streams that want the same. */
final class Frames {
  private final EncodedSessions sessions;
  private final String journal;

  /**
   * @param journal names the journal in every snapshot
   */
  Frames(EncodedSessions sessions, String journal) {
    this.sessions = sessions;
    this.journal = journal;
  }

  /** Frees what is kept of the sessions that left with that step. */
  void forgetRemoved(ChangeSet step) {
    for (Change change : step.changes()) {
      if (change.session() == null) {
        sessions.forget(change.sessionId());
      }
    }
  }

  record Removed(String id, String reason) {}

  record RowEvent(String sessionId, ResultsView.RowView row) {}

  record FrameEvent(long revision, long previous, Counts counts) {}

  record Reason(String reason) {}

  /**
   * A frame from {@code previous} to the revision of the step.
   *
   * @param tables the named sessions whose rows belong into it
   */
  Buffer frame(long previous, ChangeSet step, Map<String, RowTexts> tables) {
    Buffer frame = Buffer.buffer();
    for (Change change : step.changes()) {
      if (change.session() == null) {
        Removed removed = new Removed(change.sessionId(), change.cause());
        Sse.event(frame, "removed", PublicJson.encode(removed).getBytes());
      } else {
        Sse.event(frame, "session", wrapped(sessions.json(change.session())));
        appendRows(frame, change, tables.get(change.sessionId()));
      }
    }
    FrameEvent end = new FrameEvent(step.revision(), previous, step.counts());
    Sse.event(frame, "frame", step.revision(), PublicJson.encode(end).getBytes());
    return frame;
  }

  /** A frame that says that nothing changed since that revision. */
  Buffer unchanged(long revision, Counts counts) {
    Buffer frame = Buffer.buffer();
    FrameEvent end = new FrameEvent(revision, revision, counts);
    Sse.event(frame, "frame", revision, PublicJson.encode(end).getBytes());
    return frame;
  }

  private static byte[] wrapped(byte[] session) {
    return Buffer.buffer(session.length + 12)
        .appendString("{\"session\":")
        .appendBytes(session)
        .appendString("}")
        .getBytes();
  }

  private static void appendRows(Buffer frame, Change change, RowTexts texts) {
    if (texts != null) {
      change
          .rows()
          .forEach(
              row -> {
                RowEvent event = new RowEvent(change.sessionId(), texts.view(row));
                Sse.event(frame, "row", PublicJson.encode(event).getBytes());
              });
    }
  }

  Buffer reset(String reason) {
    Buffer reset = Buffer.buffer();
    Sse.event(reset, "reset", PublicJson.encode(new Reason(reason)).getBytes());
    return reset;
  }

  Buffer goodbye(String reason) {
    Buffer goodbye = Buffer.buffer();
    Sse.event(goodbye, "goodbye", PublicJson.encode(new Reason(reason)).getBytes());
    return goodbye;
  }

  Buffer snapshot(Done<Query.Snapshot> done) {
    Buffer snapshot = Buffer.buffer();
    Sse.event(snapshot, "snapshot", done.revision(), snapshotJson(done).getBytes());
    return snapshot;
  }

  /** The snapshot as a JSON object. */
  Buffer snapshotJson(Done<Query.Snapshot> done) {
    Query.Snapshot snapshot = done.value();
    Map<String, ResultsView> results = new LinkedHashMap<>();
    snapshot.results().forEach(r -> results.put(r.session().id(), ResultsView.of(r)));
    return Buffer.buffer("{\"journal\":\"" + journal + "\",\"revision\":" + done.revision())
        .appendString(",\"counts\":")
        .appendBuffer(PublicJson.encode(snapshot.counts()))
        .appendString(",\"items\":")
        .appendBytes(sessions.json(snapshot.items()))
        .appendString(",\"results\":")
        .appendBuffer(PublicJson.encode(results))
        .appendString("}");
  }

  /** A step for a client that polls. */
  Buffer changesJson(long previous, ChangeSet step) {
    List<Removed> removed =
        step.changes().stream()
            .filter(change -> change.session() == null)
            .map(change -> new Removed(change.sessionId(), change.cause()))
            .toList();
    byte[] changed =
        sessions.json(
            step.changes().stream()
                .filter(change -> change.session() != null)
                .map(Change::session)
                .toList());
    return Buffer.buffer("{\"revision\":" + step.revision() + ",\"previous\":" + previous)
        .appendString(",\"sessions\":")
        .appendBytes(changed)
        .appendString(",\"removed\":")
        .appendBuffer(PublicJson.encode(removed))
        .appendString(",\"counts\":")
        .appendBuffer(PublicJson.encode(step.counts()))
        .appendString("}");
  }
}
