package dev.holdfast.store;

import dev.holdfast.session.Batch;
import dev.holdfast.session.Book;
import dev.holdfast.session.Document;
import dev.holdfast.session.Event;
import dev.holdfast.session.Loaded;
import dev.holdfast.session.Query;
import dev.holdfast.session.Recorded;
import dev.holdfast.session.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store on a database: one named thread writes, a few named threads read. */
public final class JdbcStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);
  static final String SQLITE = "sqlite:";
  private static final int SQLITE_READERS = 2;
  private static final long NEVER = Long.MIN_VALUE;
  private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int POSTGRES_READERS = 4;

  private final DataDirectory directory;
  private final Journal journal;
  private final Contents contents;
  private final Lists lists;
  private final ReadConnections connections;
  private final WorkerExecutor writer;
  private final WorkerExecutor readers;
  private boolean loadedBefore;
  private volatile long refusedAt = NEVER;

  JdbcStore(
      Vertx vertx,
      DataDirectory directory,
      Journal journal,
      Contents contents,
      Dialect dialect,
      ReadConnections.Source source) {
    this.directory = directory;
    this.journal = journal;
    this.contents = contents;
    this.lists = new Lists(dialect);
    this.connections = new ReadConnections(source);
    this.writer = vertx.createSharedWorkerExecutor("journal-writer", 1, Long.MAX_VALUE);
    boolean sqlite = dialect == Dialect.SQLITE;
    this.readers =
        vertx.createSharedWorkerExecutor(
            "journal-readers", sqlite ? SQLITE_READERS : POSTGRES_READERS, Long.MAX_VALUE);
  }

  /**
   * Takes the data directory and becomes the one who may append.
   *
   * @param url {@code sqlite:} for a file in the data directory, or {@code postgresql://...}
   * @throws StoreInUse when another process has it
   * @throws StoreUnusable when it is damaged or of a newer version
   * @throws Unavailable when the disk is full or the database is away, and the like
   * @throws Broken when the disk failed
   * @throws IllegalArgumentException for another URL
   */
  public static JdbcStore open(Vertx vertx, String url, Path root)
      throws StoreInUse, StoreUnusable, Unavailable, Broken {
    return StoreOpening.open(vertx, url, root);
  }

  /** Whether that URL means files in the data directory. */
  public static boolean isEmbedded(String url) {
    return SQLITE.equals(url);
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the URL
   */
  public static void checkUrl(String url) {
    if (!isEmbedded(url)) {
      PostgresConnections.of(url);
    }
  }

  /** Becomes the owner of the journal, or lets go of everything. */
  void openJournal() throws IOException, SQLException, StoreUnusable, Unavailable, Broken {
    try {
      journal.open();
    } catch (Exception e) {
      try {
        letGo();
      } catch (IOException | SQLException left) {
        e.addSuppressed(left);
      }
      // Nothing has run on these, so that there is nothing to wait for.
      writer.close();
      readers.close();
      throw e;
    }
  }

  private void letGo() throws IOException, SQLException {
    try {
      connections.close();
      journal.close();
    } finally {
      directory.close();
    }
  }

  private <T> Future<T> read(ReadConnections.Read<T> read) {
    return readers.executeBlocking(() -> connections.read(read), false);
  }

  @Override
  public String journalId() {
    return journal.journalId();
  }

  @Override
  public long tenure() {
    return journal.tenure();
  }

  @Override
  public Future<Loaded> load() {
    return writer.executeBlocking(
        () -> {
          if (loadedBefore) {
            journal.reopen();
          }
          Loaded loaded = journal.load();
          if (!loadedBefore) {
            removeLeftDocuments(loaded.book());
          }
          loadedBefore = true;
          return loaded;
        });
  }

  @Override
  public Future<Appended> append(Batch batch) {
    return writer
        .executeBlocking(
            () -> {
              Appended appended = journal.append(Projection.of(batch));
              if (appended == Appended.DURABLE) {
                batch.events().forEach(this::dropPurged);
              }
              return appended;
            })
        .onComplete(done -> refusedAt = done.succeeded() ? NEVER : System.nanoTime());
  }

  @Override
  public boolean isWritable() {
    return refusedAt == NEVER || System.nanoTime() - refusedAt > DOUBT_NANOS;
  }

  private void removeLeftDocuments(Book book) throws IOException, SQLException {
    journal.dropUnknownDocuments();
    Set<String> known = new HashSet<>();
    book.everyDocument().forEach(use -> known.add(use.document().id()));
    directory.keepOnly(known);
  }

  /** A file that is left behind goes with the next start. */
  private void dropPurged(Recorded recorded) {
    if (recorded.event() instanceof Event.DocumentPurged purged) {
      try {
        contents.drop(purged.documentId());
      } catch (IOException e) {
        LOG.warn("the file of document {} cannot be removed", purged.documentId(), e);
      }
    }
  }

  @Override
  public Future<StoredRows> rows(String sessionId) {
    return read(connection -> Reads.rows(connection, sessionId));
  }

  @Override
  public Future<Reply.Done<Query.Page>> search(Search search) {
    return read(connection -> lists.search(connection, search));
  }

  @Override
  public Future<Reply.Done<Query.Ids>> ids(Search search) {
    return read(connection -> lists.ids(connection, search));
  }

  @Override
  public Future<List<StoredEvent>> events(String sessionId, long after, int limit) {
    return read(connection -> Reads.events(connection, sessionId, after, limit));
  }

  @Override
  public Future<List<StoredEvent>> accessEvents(long after, int limit) {
    return read(connection -> Reads.accessEvents(connection, after, limit));
  }

  @Override
  public Future<Long> revisionAt(Instant at) {
    return read(connection -> History.revisionAt(connection, at));
  }

  @Override
  public Future<Long> compacted() {
    return read(History::compacted);
  }

  @Override
  public Future<Query.Results> resultsAt(String sessionId, long revision) {
    return read(connection -> History.results(connection, sessionId, revision));
  }

  @Override
  public Future<Void> compact(Instant before) {
    Promise<Void> compacted = Promise.promise();
    compactSome(before, compacted);
    return compacted.future();
  }

  /** Another step, or the end; a future composed of all steps would overflow the stack. */
  private void compactSome(Instant before, Promise<Void> compacted) {
    writer
        .executeBlocking(() -> journal.compact(before))
        .onSuccess(
            more -> {
              if (more) {
                compactSome(before, compacted);
              } else {
                compacted.complete();
              }
            })
        .onFailure(compacted::fail);
  }

  @Override
  public Future<Void> keep(Document document, Path uploaded, List<String> pages) {
    WorkerExecutor executor = contents.keepsBesideAppends() ? readers : writer;
    return executor.executeBlocking(
        () -> {
          try {
            contents.keep(document, uploaded, pages);
            return null;
          } catch (IOException | SQLException e) {
            throw new Unavailable(e);
          }
        });
  }

  @Override
  public Future<String> page(String documentId, int page) {
    return read(connection -> Reads.page(connection, documentId, page));
  }

  @Override
  public Future<List<String>> pages(String documentId) {
    return read(connection -> Reads.pages(connection, documentId));
  }

  @Override
  public Future<Path> content(Document document) {
    return readers.executeBlocking(
        () -> {
          try {
            return contents.content(document);
          } catch (IOException | SQLException e) {
            throw new Unavailable(e);
          }
        },
        false);
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
              letGo();
              return null;
            })
        .eventually(() -> writer.close())
        .eventually(() -> readers.close());
  }
}
