package dev.holdfast.store;

import static dev.holdfast.store.Sql.list;
import static dev.holdfast.store.Sql.one;

import dev.holdfast.session.Caller;
import dev.holdfast.session.Fold;
import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Recorded;
import dev.holdfast.session.Session;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What was. */
final class History {
  static final String RECORDED =
      "SELECT revision, at, actor, client, request_id, command_id, type, body, progress FROM event";

  /** Lines that one step forgets, so that nobody waits for it. */
  private static final int COMPACT_LINES_MAX = 500;

  private History() {}

  /** An event of {@link #RECORDED}. */
  static Recorded recorded(ResultSet result) throws SQLException {
    return new Recorded(
        result.getLong(1),
        Instant.ofEpochMilli(result.getLong(2)),
        new Caller(result.getString(3), result.getString(4), result.getString(5)),
        result.getString(6),
        EventCodec.read(result.getString(7), result.getString(8)));
  }

  /** The revision before which the past is not kept. */
  static long compacted(Connection connection) throws SQLException {
    return one(connection, "SELECT compacted FROM journal", r -> r.getLong(1));
  }

  /** The last revision that was there at that time; 0 before the first. */
  static long revisionAt(Connection connection, Instant at) throws SQLException {
    long low = 0;
    long high = Reads.lastRevision(connection);
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      long millis =
          one(connection, "SELECT at FROM event WHERE revision = ?", r -> r.getLong(1), middle);
      if (millis <= at.toEpochMilli()) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** A session as it was with its rows; null when it did not exist then. */
  static Query.Results results(Connection connection, String sessionId, long revision)
      throws SQLException {
    Session version =
        one(
            connection,
            "SELECT body FROM session_version WHERE id = ? AND revision <= ? AND to_revision > ?",
            r -> StoreJson.read(r.getString(1), Session.class),
            sessionId,
            revision,
            revision);
    if (version == null) {
      return null;
    }
    QuestionSet set =
        one(
            connection,
            "SELECT body FROM question_set WHERE name = ? AND version = ?",
            r -> StoreJson.read(r.getString(1), QuestionSet.class),
            version.questionSet().name(),
            version.questionSet().version());
    List<Recorded> events =
        list(
            connection,
            RECORDED + " WHERE session_id = ? AND revision <= ? ORDER BY revision",
            History::recorded,
            sessionId,
            revision);
    return Fold.past(set, version.document(), events);
  }

  /**
   * Forgets some of the past before that time.
   *
   * @return whether there is more to forget
   */
  static boolean compact(Connection connection, Instant before) throws SQLException {
    long horizon = revisionAt(connection, before.minusMillis(1));
    Sql.run(connection, "UPDATE journal SET compacted = ? WHERE compacted < ?", horizon, horizon);
    List<Object[]> old =
        list(
            connection,
            "SELECT id, revision FROM session_version WHERE to_revision <= ? LIMIT ?",
            r -> new Object[] {r.getString(1), r.getLong(2)},
            horizon,
            COMPACT_LINES_MAX);
    Sql.runEach(connection, "DELETE FROM session_version WHERE id = ? AND revision = ?", old);
    return old.size() == COMPACT_LINES_MAX;
  }
}
