package dev.holdfast.http.live;

import dev.holdfast.bus.SessionClient;
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
  private final dev.holdfast.http.SharedReads<Snapshot> reads =
      new dev.holdfast.http.SharedReads<>();

  /** An encoded snapshot, and what is needed to show the rows of the named sessions later. */
  record Snapshot(long revision, Buffer bytes, Map<String, RowTexts> tables) {}

  Snapshots(SessionClient client, Frames frames) {
    this.client = client;
    this.frames = frames;
  }

  Future<Snapshot> get(List<String> sessionIds) {
    return reads.get(
        sessionIds,
        () -> client.ask(new Query.GetSnapshot(LiveHub.SNAPSHOT_NEWEST, sessionIds)).map(this::of));
  }

  private Snapshot of(Done<Query.Snapshot> done) {
    return new Snapshot(done.revision(), frames.snapshot(done), tables(done.value()));
  }

  /** The questions of the named sessions; also brings the hub up to what the client has seen. */
  Future<Map<String, RowTexts>> named(List<String> sessionIds) {
    return client.ask(new Query.GetSnapshot(0, sessionIds)).map(done -> tables(done.value()));
  }

  private static Map<String, RowTexts> tables(Query.Snapshot snapshot) {
    Map<String, RowTexts> tables = new HashMap<>();
    snapshot
        .results()
        .forEach(r -> tables.put(r.session().id(), new RowTexts(r.table().questions())));
    return tables;
  }
}
