package dev.holdfast.store;

import dev.holdfast.session.Book;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Counts;
import dev.holdfast.session.Document;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Loaded;
import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Row;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionOwner;
import dev.holdfast.session.Sort;
import dev.holdfast.session.Table;
import dev.holdfast.session.Tombstone;
import dev.holdfast.store.Store.StoredEvent;
import dev.holdfast.store.Store.StoredRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads, each in one transaction of the given connection, so that all of it is of one moment. */
final class SqliteReads {
  /** The store hands over as much as an owner remembers. */
  static final SessionOwner.Limits KEPT = SessionOwner.Limits.DEFAULT;

  private SqliteReads() {}

  /** Makes one thing of a line of a result. */
  private interface Line<T> {
    T read(ResultSet result) throws SQLException;
  }

  private static <T> List<T> list(Connection connection, String sql, Line<T> line, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (result.next()) {
          found.add(line.read(result));
        }
        return found;
      }
    }
  }

  private static <T> T one(Connection connection, String sql, Line<T> line, Object... values)
      throws SQLException {
    List<T> found = list(connection, sql, line, values);
    return found.isEmpty() ? null : found.get(0);
  }

  /** The durable state out of the projections. */
  static Loaded load(Connection connection, Instant now) throws SQLException {
    Book book = new Book();
    list(
            connection,
            "SELECT body FROM question_set ORDER BY name, version",
            r -> StoreJson.read(r.getString(1), QuestionSet.class))
        .forEach(set -> book.put(new Table.Shape(set)));
    list(
            connection,
            "SELECT body FROM document",
            r -> StoreJson.read(r.getString(1), Document.class))
        .forEach(book::put);
    loadSessions(connection, book);
    list(
            connection,
            "SELECT body FROM tombstone ORDER BY revision",
            r -> StoreJson.read(r.getString(1), Tombstone.class))
        .forEach(book::bury);
    Long last =
        one(connection, "SELECT at FROM event ORDER BY revision DESC LIMIT 1", r -> r.getLong(1));
    book.restored(lastRevision(connection), Instant.ofEpochMilli(last == null ? 0 : last));
    return new Loaded(book, commands(connection, now), keys(connection, now));
  }

  private static void loadSessions(Connection connection, Book book) throws SQLException {
    Map<String, List<Row>> rows = activeRows(connection);
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT body FROM session ORDER BY removed_at IS NOT NULL,"
                    + " CASE WHEN removed_at IS NULL THEN created_revision ELSE revision END");
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        Session stored = StoreJson.read(result.getString(1), Session.class);
        Table.Shape shape =
            book.questionSet(stored.questionSet().name(), stored.questionSet().version());
        Document document =
            stored.document() == null ? null : book.document(stored.document().id());
        Session session = stored.sharing(document, shape.ref());
        boolean active = session.state().isActive() && session.removedAt() == null;
        List<Row> reported = rows.getOrDefault(session.id(), List.of());
        book.put(session, active ? Table.empty(shape).with(reported) : null);
      }
    }
  }

  private static Map<String, List<Row>> activeRows(Connection connection) throws SQLException {
    Map<String, List<Row>> rows = new HashMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT r.session_id, r.body FROM session s JOIN answer_row r"
                    + " ON r.session_id = s.id WHERE s.state IN ('queued', 'running')");
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.computeIfAbsent(result.getString(1), id -> new ArrayList<>())
            .add(StoreJson.read(result.getString(2), Row.class));
      }
    }
    return rows;
  }

  private static List<Loaded.CommandDone> commands(Connection connection, Instant now)
      throws SQLException {
    List<Loaded.CommandDone> newestFirst =
        list(
            connection,
            "SELECT command_id, at FROM event ORDER BY revision DESC LIMIT " + KEPT.rememberedMax(),
            r -> new Loaded.CommandDone(r.getString(1), Instant.ofEpochMilli(r.getLong(2))));
    newestFirst.removeIf(done -> done.at().isBefore(now.minus(KEPT.commandsKept())));
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  private static List<Loaded.KeyDone> keys(Connection connection, Instant now) throws SQLException {
    return list(
        connection,
        "SELECT scope, fingerprint, at, reply FROM (SELECT * FROM idempotency WHERE at >= ?"
            + " ORDER BY at DESC LIMIT "
            + KEPT.rememberedMax()
            + ") ORDER BY at",
        r ->
            new Loaded.KeyDone(
                new Envelope.Key(r.getString(1), r.getString(2)),
                Instant.ofEpochMilli(r.getLong(3)),
                StoreJson.readSessionReply(r.getString(4))),
        now.minus(KEPT.keysKept()).toEpochMilli());
  }

  private static long lastRevision(Connection connection) throws SQLException {
    return one(
        connection, "SELECT last_revision FROM ownership WHERE name = 'owner'", r -> r.getLong(1));
  }

  static StoredRows rows(Connection connection, String sessionId) throws SQLException {
    Long revision =
        one(connection, "SELECT revision FROM session WHERE id = ?", r -> r.getLong(1), sessionId);
    return revision == null
        ? null
        : new StoredRows(
            revision,
            list(
                connection,
                "SELECT body FROM answer_row WHERE session_id = ?",
                r -> StoreJson.read(r.getString(1), Row.class),
                sessionId));
  }

  static List<StoredEvent> events(Connection connection, String sessionId, long after, int limit)
      throws SQLException {
    return list(
        connection,
        "SELECT revision, at, type, actor, client, request_id, reason, body FROM event"
            + " WHERE session_id = ? AND revision > ? ORDER BY revision LIMIT ?",
        r ->
            new StoredEvent(
                r.getLong(1),
                Instant.ofEpochMilli(r.getLong(2)),
                r.getString(3),
                new Caller(r.getString(4), r.getString(5), r.getString(6)),
                r.getString(7),
                r.getString(8)),
        sessionId,
        after,
        limit);
  }

  static String page(Connection connection, String documentId, int page) throws SQLException {
    return one(
        connection,
        "SELECT text FROM document_page WHERE document_id = ? AND page = ?",
        r -> r.getString(1),
        documentId,
        page);
  }

  static List<String> pages(Connection connection, String documentId) throws SQLException {
    return list(
        connection,
        "SELECT text FROM document_page WHERE document_id = ? ORDER BY page",
        r -> r.getString(1),
        documentId);
  }

  static Reply.Done<Query.Page> search(Connection connection, Search search) throws SQLException {
    List<Object> values = new ArrayList<>();
    String where = where(search, values);
    int matching =
        one(
            connection,
            "SELECT count(*) FROM session s WHERE " + where,
            r -> r.getInt(1),
            values.toArray());
    String order = order(search.sort());
    String behind = behind(search, values);
    values.add(search.limit() + 1);
    List<Session> oneMore =
        list(
            connection,
            "SELECT body FROM session s WHERE "
                + where
                + behind
                + " ORDER BY "
                + order
                + " LIMIT ?",
            r -> StoreJson.read(r.getString(1), Session.class),
            values.toArray());
    Query.Page page =
        Query.Page.of(counts(connection), matching, oneMore, search.sort(), search.limit());
    return new Reply.Done<>(lastRevision(connection), false, page);
  }

  private static String where(Search search, List<Object> values) {
    StringBuilder where = new StringBuilder("s.removed_at IS NULL");
    if (!search.states().isEmpty()) {
      String marks = String.join(", ", Collections.nCopies(search.states().size(), "?"));
      where.append(" AND s.state IN (").append(marks).append(")");
      search.states().forEach(state -> values.add(state.label()));
    }
    if (search.text() != null) {
      where.append(" AND instr(s.search, ?) > 0");
      values.add(search.text().toLowerCase(Locale.ROOT));
    }
    if (search.labelKey() != null) {
      where.append(" AND EXISTS (SELECT 1 FROM json_each(s.labels) l WHERE l.key = ?");
      values.add(search.labelKey());
      if (search.labelValue() != null) {
        where.append(" AND l.value = ?");
        values.add(search.labelValue());
      }
      where.append(")");
    }
    return where.toString();
  }

  /** The column of an order, with the value that a missing time is sorted by. */
  private static String column(Sort sort) {
    return switch (sort.field()) {
      case CREATED_AT -> "s.created_at";
      case ENDED_AT -> "ifnull(s.ended_at, " + Long.MAX_VALUE + ")";
      case EXPIRES_AT -> "ifnull(s.expires_at, " + Long.MAX_VALUE + ")";
      case TITLE -> "s.title";
    };
  }

  private static String order(Sort sort) {
    String direction = sort.descending() ? " DESC" : " ASC";
    return column(sort) + direction + ", s.created_revision" + direction;
  }

  private static String behind(Search search, List<Object> values) {
    if (search.after() == null) {
      return "";
    }
    String key = search.after().key();
    values.add(search.sort().field() == Sort.Field.TITLE ? key : (Object) Long.valueOf(key));
    values.add(search.after().createdRevision());
    String compare = search.sort().descending() ? "<" : ">";
    return " AND (" + column(search.sort()) + ", s.created_revision) " + compare + " (?, ?)";
  }

  private static Counts counts(Connection connection) throws SQLException {
    Map<String, Integer> byState = new HashMap<>();
    list(
            connection,
            "SELECT state, count(*) FROM session WHERE removed_at IS NULL GROUP BY state",
            r -> Map.entry(r.getString(1), r.getInt(2)))
        .forEach(entry -> byState.put(entry.getKey(), entry.getValue()));
    return new Counts(
        byState.getOrDefault("queued", 0),
        byState.getOrDefault("running", 0),
        byState.getOrDefault("completed", 0),
        byState.getOrDefault("partial", 0),
        byState.getOrDefault("failed", 0),
        byState.values().stream().mapToInt(Integer::intValue).sum());
  }
}
