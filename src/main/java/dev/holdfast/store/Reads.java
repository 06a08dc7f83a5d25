package dev.holdfast.store;

import static dev.holdfast.store.Sql.list;
import static dev.holdfast.store.Sql.one;

import dev.holdfast.session.Book;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Document;
import dev.holdfast.session.DocumentUse;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Loaded;
import dev.holdfast.session.Progress;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Row;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionOwner;
import dev.holdfast.session.Table;
import dev.holdfast.session.Tombstone;
import dev.holdfast.store.Store.StoredEvent;
import dev.holdfast.store.Store.StoredRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads, each in one transaction of the given connection, so that all of it is of one moment. */
final class Reads {
  /** The store hands over as much as an owner remembers. */
  static final SessionOwner.Limits KEPT = SessionOwner.Limits.DEFAULT;

  private Reads() {}

  /** The durable state out of the projections. */
  static Loaded load(Connection connection, Instant now) throws SQLException {
    Book book = new Book();
    list(
            connection,
            "SELECT body FROM question_set ORDER BY name, version",
            r -> StoreJson.read(r.getString(1), QuestionSet.class))
        .forEach(set -> book.put(new Table.Shape(set)));
    Map<String, Document> documents = new HashMap<>();
    Sql.each(
        connection,
        "SELECT id, body FROM document",
        r -> documents.put(r.getString(1), StoreJson.read(r.getString(2), Document.class)));
    loadSessions(connection, book, documents);
    loadUses(connection, book, documents);
    list(
            connection,
            "SELECT body FROM tombstone ORDER BY revision",
            r -> StoreJson.read(r.getString(1), Tombstone.class))
        .forEach(book::bury);
    book.put(AccountLines.read(connection));
    Long last =
        one(connection, "SELECT at FROM event ORDER BY revision DESC LIMIT 1", r -> r.getLong(1));
    book.restored(lastRevision(connection), Instant.ofEpochMilli(last == null ? 0 : last));
    return new Loaded(book, commands(connection, now), keys(connection, now));
  }

  private static void loadSessions(
      Connection connection, Book book, Map<String, Document> documents) throws SQLException {
    Map<String, List<Row>> rows = activeRows(connection);
    List<Session> sessions = new ArrayList<>();
    for (Session stored :
        list(
            connection,
            "SELECT body FROM session",
            r -> StoreJson.read(r.getString(1), Session.class))) {
      Table.Shape shape =
          book.questionSet(stored.questionSet().name(), stored.questionSet().version());
      Document document = stored.document() == null ? null : documents.get(stored.document().id());
      Session session = current(connection, stored).sharing(document, shape.ref());
      sessions.add(session);
      if (session.state().isActive() && session.removedAt() == null) {
        List<Row> reported = rows.getOrDefault(session.id(), List.of());
        book.put(session.id(), Table.empty(shape).with(reported));
      }
    }
    book.restore(sessions);
  }

  private static void loadUses(Connection connection, Book book, Map<String, Document> documents)
      throws SQLException {
    Map<String, Integer> sessions = new HashMap<>();
    for (Session session : book.everySession()) {
      if (session.document() != null) {
        sessions.merge(session.document().id(), 1, Integer::sum);
      }
    }
    Sql.each(
        connection,
        "SELECT id, idle_since FROM document ORDER BY idle_since",
        r -> {
          String id = r.getString(1);
          int uses = sessions.getOrDefault(id, 0);
          Instant idle = uses > 0 ? null : Instant.ofEpochMilli(r.getLong(2));
          book.put(new DocumentUse(documents.get(id), uses, idle));
        });
  }

  private static Map<String, List<Row>> activeRows(Connection connection) throws SQLException {
    Map<String, List<Row>> rows = new HashMap<>();
    Sql.each(
        connection,
        "SELECT r.session_id, r.body FROM session s JOIN answer_row r ON r.session_id = s.id"
            + " WHERE s.state IN ('queued', 'running') AND s.removed_at IS NULL",
        r ->
            rows.computeIfAbsent(r.getString(1), id -> new ArrayList<>())
                .add(StoreJson.read(r.getString(2), Row.class)));
    return rows;
  }

  /** The session with the reports that came after its line was written. */
  static Session current(Connection connection, Session stored) throws SQLException {
    return at(connection, stored, Projection.OPEN);
  }

  /** The session as of a revision at which its line was the one. */
  static Session at(Connection connection, Session stored, long revision) throws SQLException {
    if (!Projection.mayHaveReports(stored)) {
      return stored;
    }
    Session reported =
        one(
            connection,
            "SELECT revision, progress FROM event WHERE session_id = ? AND revision > ?"
                + " AND revision <= ? AND progress IS NOT NULL ORDER BY revision DESC LIMIT 1",
            r -> stored.reported(r.getLong(1), StoreJson.read(r.getString(2), Progress.class)),
            stored.id(),
            stored.revision(),
            revision);
    return reported == null ? stored : reported;
  }

  private static List<Loaded.CommandDone> commands(Connection connection, Instant now)
      throws SQLException {
    List<Loaded.CommandDone> newestFirst =
        list(
            connection,
            "SELECT command_id, at FROM event WHERE at >= ? AND revision > ?"
                + " ORDER BY revision DESC LIMIT "
                + KEPT.rememberedMax(),
            r -> new Loaded.CommandDone(r.getString(1), Instant.ofEpochMilli(r.getLong(2))),
            now.minus(KEPT.commandsKept()).toEpochMilli(),
            lastRevision(connection) - KEPT.rememberedMax());
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  private static List<Loaded.KeyDone> keys(Connection connection, Instant now) throws SQLException {
    return list(
        connection,
        "SELECT scope, fingerprint, at, reply FROM (SELECT * FROM idempotency WHERE at >= ?"
            + " ORDER BY at DESC LIMIT "
            + KEPT.rememberedMax()
            + ") kept ORDER BY at",
        r ->
            new Loaded.KeyDone(
                new Envelope.Key(r.getString(1), r.getString(2)),
                Instant.ofEpochMilli(r.getLong(3)),
                StoreJson.readReply(r.getString(4))),
        now.minus(KEPT.keysKept()).toEpochMilli());
  }

  static long lastRevision(Connection connection) throws SQLException {
    return one(
        connection, "SELECT last_revision FROM ownership WHERE name = 'owner'", r -> r.getLong(1));
  }

  /** The rows of a session that is not running, and its revision. */
  static StoredRows rows(Connection connection, String sessionId) throws SQLException {
    Long revision =
        one(connection, "SELECT revision FROM session WHERE id = ?", r -> r.getLong(1), sessionId);
    return revision == null ? null : new StoredRows(revision, answers(connection, sessionId));
  }

  static List<Row> answers(Connection connection, String sessionId) throws SQLException {
    return list(
        connection,
        "SELECT body FROM answer_row WHERE session_id = ?",
        r -> StoreJson.read(r.getString(1), Row.class),
        sessionId);
  }

  static List<StoredEvent> events(Connection connection, String sessionId, long after, int limit)
      throws SQLException {
    return list(
        connection,
        "SELECT revision, at, type, actor, client, request_id, reason, body FROM event"
            + " WHERE session_id = ? AND revision > ? ORDER BY revision LIMIT ?",
        Reads::stored,
        sessionId,
        after,
        limit);
  }

  /** What happened to who may do what, oldest first. */
  static List<StoredEvent> accessEvents(Connection connection, long after, int limit)
      throws SQLException {
    return list(
        connection,
        "SELECT revision, at, type, actor, client, request_id, reason, body FROM event"
            + " WHERE session_id IS NULL AND revision > ? AND type IN ("
            + EventCodec.accessNames()
            + ") ORDER BY revision LIMIT ?",
        Reads::stored,
        after,
        limit);
  }

  private static StoredEvent stored(ResultSet r) throws SQLException {
    return new StoredEvent(
        r.getLong(1),
        Instant.ofEpochMilli(r.getLong(2)),
        r.getString(3),
        new Caller(r.getString(4), r.getString(5), r.getString(6)),
        r.getString(7),
        r.getString(8));
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
}
