package dev.holdfast.store;

import dev.holdfast.session.Loaded;
import dev.holdfast.store.Store.Appended;
import dev.holdfast.store.Store.NotWritten;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The journal in an SQLite file; the lock on its directory keeps other processes away. */
final class SqliteJournal implements Journal {
  private static final String INSERT_EVENT = Sql.insert("event", Projection.EVENT_COLUMNS);

  /**
   * How much of the log is copied into the database at once, the same as SQLite's own default:
   * every change waits for it, but fewer pages are copied more often.
   */
  static final int CHECKPOINT_PAGES = 1_000;

  private final Path database;
  private Connection connection;
  private Statements statements;
  private String journalId;
  private long epoch;
  private int copiedUpTo;

  /** Of a write beside the journal; null while there was none. */
  private Exception diskFailure;

  SqliteJournal(Path database) {
    this.database = database;
  }

  @Override
  public void open() throws SQLException, StoreUnusable, Store.Unavailable, Store.Broken {
    try {
      connect();
      own();
    } catch (SQLException e) {
      requireDisk(e);
      requireSpace(e);
      throw SqliteConnections.orDamage(database, e);
    }
  }

  private void connect() throws SQLException, StoreUnusable {
    connection = SqliteConnections.writer(database);
    statements = new Statements(connection);
  }

  private void requireSpace(SQLException e) throws Store.Unavailable {
    if (SqliteConnections.isFull(e)) {
      throw new Store.Unavailable(
          "There is no space on the disk of " + database + ". Make some, then start again.", e);
    }
  }

  @Override
  public Loaded load() throws SQLException, StoreUnusable {
    try {
      return Reads.load(connection, Instant.now());
    } catch (SQLException e) {
      throw SqliteConnections.orDamage(database, e);
    }
  }

  private void own() throws SQLException {
    begin();
    Sql.run(
        connection,
        "UPDATE ownership SET epoch = epoch + 1, incarnation = ?",
        UUID.randomUUID().toString());
    epoch = storedEpoch();
    journalId = JournalName.of(connection);
    statements.run("COMMIT");
  }

  private void begin() throws SQLException {
    statements.run("BEGIN IMMEDIATE");
  }

  /** Also after SQLite has rolled back by itself, which it does on some errors. */
  private void rollback() throws SQLException {
    try {
      statements.run("ROLLBACK");
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        throw e;
      }
    }
  }

  @Override
  public void reopen() throws SQLException, StoreInUse, StoreUnusable {
    connection.close();
    connect();
    if (storedEpoch() != epoch) {
      throw new StoreInUse(database);
    }
  }

  private long storedEpoch() throws SQLException {
    return Sql.one(
        connection, "SELECT epoch FROM ownership WHERE name = 'owner'", r -> r.getLong(1));
  }

  @Override
  public String journalId() {
    return journalId;
  }

  @Override
  public long tenure() {
    return 0;
  }

  @Override
  public Appended append(Projection projection) throws SQLException, NotWritten, Store.Broken {
    if (diskFailure != null) {
      throw new Store.Broken(diskFailure);
    }
    try {
      begin();
      if (!advance(projection)) {
        rollback();
        return Appended.FENCED;
      }
      statements.runEach(INSERT_EVENT, projection.events());
      Projections.write(statements, projection);
    } catch (SQLException | RuntimeException e) {
      requireDisk(e);
      rollback();
      throw new NotWritten(e);
    }
    commit();
    checkpoint();
    return Appended.DURABLE;
  }

  /** The fence: nobody else has become owner, and the journal stands where the batch begins. */
  private boolean advance(Projection projection) throws SQLException {
    return statements.run(
            "UPDATE ownership SET last_revision = ?"
                + " WHERE name = 'owner' AND epoch = ? AND last_revision = ?",
            projection.revision(),
            epoch,
            projection.previous())
        == 1;
  }

  /** A commit that found the disk full or the database busy was rolled back as a whole. */
  private void commit() throws SQLException, NotWritten, Store.Broken {
    try {
      statements.run("COMMIT");
    } catch (SQLiteException e) {
      requireDisk(e);
      SQLiteErrorCode code = e.getResultCode();
      if (code == SQLiteErrorCode.SQLITE_FULL || code == SQLiteErrorCode.SQLITE_BUSY) {
        rollback();
        throw new NotWritten(e);
      }
      throw e;
    }
  }

  /**
   * After a failed write or sync the kernel may have dropped what it could not write, and the next
   * sync would succeed without it: only a new process can find out what is on the disk.
   */
  private static void requireDisk(Exception e) throws Store.Broken {
    if (isDiskFailure(e)) {
      throw new Store.Broken(e);
    }
  }

  private static boolean isDiskFailure(Exception e) {
    return SqliteConnections.isKind(e, SQLiteErrorCode.SQLITE_IOERR)
        && !SqliteConnections.isFull(e);
  }

  /**
   * Copies the log into the database from time to time. SQLite would do it by itself, and would try
   * again after a failed sync without a word.
   */
  private void checkpoint() throws SQLException, Store.Broken {
    try {
      int pages = statements.one("PRAGMA wal_checkpoint(NOOP)", r -> r.getInt("log"));
      if (pages < copiedUpTo) {
        // It begins anew when all of it was copied and nobody reads it.
        copiedUpTo = 0;
      }
      if (pages - copiedUpTo >= CHECKPOINT_PAGES) {
        copiedUpTo = pages;
        SqliteConnections.execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
      }
    } catch (SQLiteException e) {
      requireDisk(e);
      // A full disk leaves the log as it is; there is another try later.
      if (e.getResultCode() != SQLiteErrorCode.SQLITE_FULL) {
        throw e;
      }
    }
  }

  /** Keeps the text of a document; again is harmless. */
  void insertPages(String documentId, List<String> pages) throws SQLException {
    transaction(
        () -> {
          DocumentPages.insert(connection, documentId, pages);
          return null;
        });
  }

  @Override
  public void dropUnknownDocuments() throws SQLException {
    transaction(
        () -> {
          for (String id : UnknownDocuments.in(connection, "document_page")) {
            UnknownDocuments.dropText(connection, id);
          }
          return null;
        });
  }

  @Override
  public boolean compact(Instant before) throws SQLException {
    return transaction(() -> History.compact(connection, before));
  }

  /** What is done in a transaction. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Of what is no part of the journal: whoever asked is told of a failure, and the next append. */
  <T> T transaction(Work<T> work) throws SQLException {
    begin();
    try {
      T done = work.run();
      statements.run("COMMIT");
      return done;
    } catch (SQLException | RuntimeException e) {
      if (isDiskFailure(e)) {
        diskFailure = e;
      }
      rollback();
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }
}
