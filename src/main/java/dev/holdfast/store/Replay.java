package dev.holdfast.store;

import dev.holdfast.session.Fold;
import dev.holdfast.session.Recorded;
import dev.holdfast.session.Row;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes the projections anew, from the first event to the last. */
final class Replay {
  private static final int CHUNK = 1_000;

  private final Connection journal;
  private final Sink sink;
  private final Fold fold;

  /** Takes the projection of the next events, with the progress that is stored beside each. */
  interface Sink {
    void take(Projection projection, List<String> storedProgress) throws SQLException;
  }

  /**
   * An event as it is stored.
   *
   * @param recorded null when its content is gone
   */
  private record Line(long revision, Instant at, Recorded recorded, String progress) {}

  private Replay(Connection journal, Connection projections, Sink sink) {
    this.journal = journal;
    this.sink = sink;
    this.fold = new Fold(id -> rows(projections, id));
  }

  /**
   * Hands over the projections of the whole journal in batches.
   *
   * @param projections where the sink writes them
   * @return the last revision
   */
  static long run(Connection journal, Connection projections, Sink sink) throws SQLException {
    Replay replay = new Replay(journal, projections, sink);
    List<Line> lines = replay.chunk(0);
    while (!lines.isEmpty()) {
      replay.take(lines);
      lines = replay.chunk(replay.fold.revision());
    }
    return replay.fold.revision();
  }

  private static List<Row> rows(Connection projections, String sessionId) {
    try {
      return Reads.answers(projections, sessionId);
    } catch (SQLException e) {
      throw new UncheckedIOException(new java.io.IOException(e));
    }
  }

  private List<Line> chunk(long after) throws SQLException {
    return Sql.list(
        journal,
        History.RECORDED + " WHERE revision > ? ORDER BY revision LIMIT " + CHUNK,
        r ->
            new Line(
                r.getLong(1),
                Instant.ofEpochMilli(r.getLong(2)),
                r.getString(8).isEmpty() ? null : History.recorded(r),
                r.getString(9)),
        after);
  }

  private void take(List<Line> lines) throws SQLException {
    List<Line> run = new ArrayList<>();
    for (Line line : lines) {
      if (line.recorded() == null) {
        fold(run);
        run.clear();
        fold.skip(line.revision(), line.at());
      } else {
        run.add(line);
      }
    }
    fold(run);
  }

  private void fold(List<Line> run) throws SQLException {
    if (!run.isEmpty()) {
      Projection projection = Projection.of(fold.next(run.stream().map(Line::recorded).toList()));
      sink.take(projection, run.stream().map(Line::progress).toList());
    }
  }
}
