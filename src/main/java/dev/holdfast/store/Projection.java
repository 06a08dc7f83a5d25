package dev.holdfast.store;

import dev.holdfast.session.Batch;
import dev.holdfast.session.DocumentUse;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Event;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Recorded;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Row;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionState;
import dev.holdfast.session.Tombstone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a batch changes in the tables, as lines in the order of their columns; the same for every
 * database.
 *
 * @param sessions to be inserted or replaced
 * @param purged ids of sessions that go, with their rows
 * @param closed the revision that the open version of a session ends at, and its id
 * @param versions with their end
 * @param forgotten ids of sessions of which nothing is to be left
 * @param keysForgotten the parameters of {@link #KEYS_FORGOTTEN}
 */
record Projection(
    long previous,
    long revision,
    List<Object[]> events,
    List<Object[]> sessions,
    List<String> purged,
    List<Object[]> closed,
    List<Object[]> versions,
    List<Object[]> rows,
    List<Object[]> tombstones,
    List<String> forgotten,
    List<Object[]> documents,
    List<String> droppedDocuments,
    List<Object[]> questionSets,
    List<Object[]> accounts,
    List<String> droppedAccounts,
    List<Object[]> keys,
    Object[] keysForgotten) {

  /** The end of what is now. */
  static final long OPEN = Long.MAX_VALUE;

  static final String EVENT_COLUMNS =
      "revision, session_id, type, at, actor, reason, client, request_id, command_id, body,"
          + " progress";
  static final String SESSION_COLUMNS =
      "id, revision, created_revision, state, title, created_at, ended_at, expires_at, removed_at,"
          + " search, labels, body";
  static final String VERSION_COLUMNS = SESSION_COLUMNS + ", to_revision";
  static final String ROW_COLUMNS = "session_id, question_id, body";
  static final String TOMBSTONE_COLUMNS = "session_id, revision, body";
  static final String DOCUMENT_COLUMNS = "id, idle_since, body";
  static final String QUESTION_SET_COLUMNS = "name, version, body";
  static final String ACCOUNT_COLUMNS = "id, body";
  static final String KEY_COLUMNS = "scope, fingerprint, at, reply";

  /** What holds for an idempotency key that is kept no longer, in the table of keys. */
  static final String KEYS_FORGOTTEN =
      "at < ? OR (scope >= '"
          + Envelope.Key.ONCE
          + "' AND scope < '"
          + Envelope.Key.ONCE.replaceFirst("/$", "0") // what follows all that begins like that
          + "' AND at < ?)";

  static Projection of(Batch batch) {
    Maker maker = new Maker(batch);
    for (int i = 0; i < batch.events().size(); i++) {
      maker.take(batch.events().get(i), batch.after().get(i));
    }
    return maker.make();
  }

  /** Reports change only the progress of a session, which lies beside their event. */
  private static boolean changesProgressOnly(Event event) {
    return event instanceof Event.RowsAnswered;
  }

  private static final class Maker {
    private final Batch batch;
    private final List<Object[]> events = new ArrayList<>();
    private final Map<String, Object[]> sessions = new LinkedHashMap<>();
    private final Map<String, Object[]> closed = new LinkedHashMap<>();
    private final Map<String, Object[]> open = new LinkedHashMap<>();
    private final List<Object[]> versions = new ArrayList<>();
    private final List<String> purged = new ArrayList<>();
    private final List<Object[]> questionSets = new ArrayList<>();

    Maker(Batch batch) {
      this.batch = batch;
    }

    void take(Recorded recorded, Session after) {
      Event event = recorded.event();
      boolean progressOnly = changesProgressOnly(event);
      events.add(eventLine(recorded, progressOnly ? after : null));
      if (event instanceof Event.QuestionSetStored stored) {
        QuestionSet set = stored.questionSet();
        questionSets.add(new Object[] {set.name(), (long) set.version(), StoreJson.write(set)});
      } else if (event instanceof Event.SessionPurged) {
        end(event.sessionId(), recorded.revision());
        sessions.remove(event.sessionId());
        purged.add(event.sessionId());
      } else if (after != null && !progressOnly) {
        end(after.id(), recorded.revision());
        Object[] line = sessionLine(after);
        sessions.put(after.id(), line);
        open.put(after.id(), line);
      }
    }

    /** A version ends where the next one begins, in this batch or before it. */
    private void end(String id, long revision) {
      Object[] line = open.remove(id);
      if (line == null) {
        closed.putIfAbsent(id, new Object[] {revision, id});
      } else {
        versions.add(version(line, revision));
      }
    }

    private static Object[] version(Object[] sessionLine, long end) {
      Object[] version = java.util.Arrays.copyOf(sessionLine, sessionLine.length + 1);
      version[sessionLine.length] = end;
      return version;
    }

    Projection make() {
      open.values().forEach(line -> versions.add(version(line, OPEN)));
      List<Object[]> tombstones = new ArrayList<>();
      List<String> forgotten = new ArrayList<>();
      batch
          .tombstones()
          .forEach(
              (id, tombstone) -> {
                if (tombstone == null) {
                  forgotten.add(id);
                } else {
                  tombstones.add(tombstoneLine(tombstone));
                }
              });
      List<Object[]> documents = new ArrayList<>();
      List<String> dropped = new ArrayList<>();
      batch
          .documents()
          .forEach(
              (id, use) -> {
                if (use == null) {
                  dropped.add(id);
                } else {
                  documents.add(documentLine(use));
                }
              });
      AccountLines accounts = AccountLines.of(batch.accountsBefore(), batch.accounts());
      long at = batch.at().toEpochMilli();
      return new Projection(
          batch.previous(),
          batch.revision(),
          events,
          List.copyOf(sessions.values()),
          purged,
          List.copyOf(closed.values()),
          versions,
          rowLines(),
          tombstones,
          forgotten,
          documents,
          dropped,
          questionSets,
          accounts.lines(),
          accounts.dropped(),
          keyLines(at),
          keysForgotten(at));
    }

    private static Object[] keysForgotten(long at) {
      return new Object[] {
        at - Reads.KEPT.keysKept().toMillis(), at - Reads.KEPT.commandsKept().toMillis()
      };
    }

    private List<Object[]> rowLines() {
      List<Object[]> lines = new ArrayList<>();
      batch
          .rows()
          .forEach(
              (id, rows) -> {
                if (!purged.contains(id)) {
                  rows.values().forEach(row -> lines.add(rowLine(id, row)));
                }
              });
      return lines;
    }

    private List<Object[]> keyLines(long at) {
      List<Object[]> lines = new ArrayList<>();
      for (Map.Entry<Envelope.Key, Reply.Done<?>> entry : batch.keys().entrySet()) {
        Envelope.Key key = entry.getKey();
        String reply = StoreJson.writeReply(entry.getValue());
        lines.add(new Object[] {key.scope(), key.fingerprint(), at, reply});
      }
      return lines;
    }
  }

  private static Object[] eventLine(Recorded recorded, Session reported) {
    Event event = recorded.event();
    // The other events of a forgotten session lose their content in the same transaction.
    String body = event instanceof Event.TombstoneForgotten ? "" : EventCodec.write(event);
    return new Object[] {
      recorded.revision(),
      event.sessionId(),
      EventCodec.name(event),
      recorded.at().toEpochMilli(),
      recorded.caller().actor(),
      event.reason(),
      recorded.caller().client(),
      recorded.caller().requestId(),
      recorded.commandId(),
      body,
      reported == null ? null : StoreJson.write(reported.progress())
    };
  }

  private static Object[] sessionLine(Session session) {
    return new Object[] {
      session.id(),
      session.revision(),
      session.createdRevision(),
      session.state().label(),
      session.title(),
      millis(session.createdAt()),
      millis(session.endedAt()),
      millis(session.expiresAt()),
      millis(session.removedAt()),
      searchText(session),
      StoreJson.write(session.labels()),
      StoreJson.write(session)
    };
  }

  private static Long millis(Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  private static String searchText(Session session) {
    String filename = session.document() == null ? "" : session.document().filename();
    return String.join("\n", session.title(), filename, session.id(), session.createdBy())
        .toLowerCase(Locale.ROOT);
  }

  private static Object[] rowLine(String sessionId, Row row) {
    return new Object[] {sessionId, row.questionId(), StoreJson.write(row)};
  }

  private static Object[] tombstoneLine(Tombstone tombstone) {
    return new Object[] {tombstone.id(), tombstone.revision(), StoreJson.write(tombstone)};
  }

  private static Object[] documentLine(DocumentUse use) {
    return new Object[] {
      use.document().id(), millis(use.idleSince()), StoreJson.write(use.document())
    };
  }

  /** Whether a stored session may have later progress beside its events. */
  static boolean mayHaveReports(Session session) {
    return session.state() == SessionState.RUNNING;
  }
}
