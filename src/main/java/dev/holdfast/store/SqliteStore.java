package dev.holdfast.store;

import dev.holdfast.session.Batch;
import dev.holdfast.session.Document;
import dev.holdfast.session.Loaded;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The embedded store: one SQLite file and a directory of documents. One named thread writes, two
 * named threads read; WAL lets them work at the same time.
 */
public final class SqliteStore implements Store {
  private static final int READERS = 2;

  private final DataDirectory directory;
  private final SqliteJournal journal;
  private final WorkerExecutor writer;
  private final WorkerExecutor readers;
  private final BlockingQueue<Connection> readConnections = new LinkedBlockingQueue<>();
  private boolean loadedBefore;

  private SqliteStore(Vertx vertx, DataDirectory directory) {
    this.directory = directory;
    this.journal = new SqliteJournal(directory.database());
    this.writer = vertx.createSharedWorkerExecutor("journal-writer", 1);
    this.readers = vertx.createSharedWorkerExecutor("journal-readers", READERS);
  }

  /**
   * Takes the data directory and becomes the one who may append.
   *
   * @throws StoreInUse when another process has it
   */
  public static SqliteStore open(Vertx vertx, Path root) throws IOException, SQLException {
    DataDirectory directory = DataDirectory.take(root);
    try {
      SqliteStore store = new SqliteStore(vertx, directory);
      store.journal.open();
      for (int i = 0; i < READERS; i++) {
        store.readConnections.add(SqliteConnections.reader(directory.database()));
      }
      return store;
    } catch (SQLException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** A read of one connection. */
  private interface Read<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> Future<T> read(Read<T> read) {
    return readers.executeBlocking(
        () -> {
          Connection connection = readConnections.take();
          try {
            return read.on(connection);
          } finally {
            connection.rollback();
            readConnections.add(connection);
          }
        },
        false);
  }

  @Override
  public String journalId() {
    return journal.journalId();
  }

  @Override
  public Future<Loaded> load() {
    return writer.executeBlocking(
        () -> {
          if (loadedBefore) {
            journal.reopen();
          }
          loadedBefore = true;
          return SqliteReads.load(journal.connection(), Instant.now());
        });
  }

  @Override
  public Future<Appended> append(Batch batch) {
    return writer.executeBlocking(() -> journal.append(batch));
  }

  @Override
  public Future<StoredRows> rows(String sessionId) {
    return read(connection -> SqliteReads.rows(connection, sessionId));
  }

  @Override
  public Future<Reply.Done<Query.Page>> search(Search search) {
    return read(connection -> SqliteReads.search(connection, search));
  }

  @Override
  public Future<List<StoredEvent>> events(String sessionId, long after, int limit) {
    return read(connection -> SqliteReads.events(connection, sessionId, after, limit));
  }

  @Override
  public Future<Void> keep(Document document, Path uploaded, List<String> pages) {
    return writer.executeBlocking(
        () -> {
          directory.keep(uploaded, document.id());
          journal.insertPages(document.id(), pages);
          return null;
        });
  }

  @Override
  public Future<String> page(String documentId, int page) {
    return read(connection -> SqliteReads.page(connection, documentId, page));
  }

  @Override
  public Future<List<String>> pages(String documentId) {
    return read(connection -> SqliteReads.pages(connection, documentId));
  }

  @Override
  public Path content(String documentId) {
    return directory.document(documentId);
  }

  @Override
  public Path uploads() {
    return directory.uploads();
  }

  @Override
  public Future<Void> close() {
    return writer
        .<Void>executeBlocking(
            () -> {
              for (Connection connection : readConnections) {
                connection.close();
              }
              journal.close();
              directory.close();
              return null;
            })
        .eventually(() -> writer.close())
        .eventually(() -> readers.close());
  }
}
