package dev.holdfast.http.live;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.http.SharedReads;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Snapshots for streams that begin; those without named sessions share one read. */
final class Snapshots {
  private final SessionClient client;
  private final Frames frames;
  private final SharedReads<Snapshot> reads = new SharedReads<>();

  /** An encoded snapshot, and what is needed to show the rows of the named sessions later. */
  record Snapshot(long revision, Buffer bytes, Map<String, RowTexts> tables) {}

  Snapshots(SessionClient client, Frames frames) {
    this.client = client;
    this.frames = frames;
  }

  /** A snapshot for a stream that begins. */
  Future<Snapshot> get(List<String> sessionIds) {
    return reads.get(sessionIds, () -> of(LiveHub.SNAPSHOT_NEWEST, sessionIds).map(this::encoded));
  }

  /** The state of now, not older than anything that a client can have seen. */
  Future<Done<Query.Snapshot>> of(int newest, List<String> sessionIds) {
    return client.ask(new Query.GetSnapshot(newest, sessionIds));
  }

  private Snapshot encoded(Done<Query.Snapshot> done) {
    return new Snapshot(done.revision(), frames.snapshot(done), tables(done.value()));
  }

  static Map<String, RowTexts> tables(Query.Snapshot snapshot) {
    Map<String, RowTexts> tables = new HashMap<>();
    snapshot
        .results()
        .forEach(r -> tables.put(r.session().id(), new RowTexts(r.table().questions())));
    return tables;
  }
}
