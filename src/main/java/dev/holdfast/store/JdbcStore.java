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

  private JdbcStore(
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
    try {
      return openOn(vertx, url, DataDirectory.take(root));
    } catch (StoreInUse e) {
      throw e;
    } catch (IOException e) {
      throw new Unavailable(
          "The data directory "
              + root
              + " cannot be used ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "). Check its rights and the space on its disk, then start again.",
          e);
    } catch (SQLException e) {
      throw new Unavailable(e);
    }
  }

  private static JdbcStore openOn(Vertx vertx, String url, DataDirectory directory)
      throws IOException, SQLException, StoreUnusable, Unavailable, Broken {
    Journal journal = null;
    try {
      JdbcStore store =
          isEmbedded(url)
              ? sqlite(vertx, directory)
              : postgresql(vertx, PostgresConnections.of(url), directory);
      journal = store.journal;
      journal.open();
      return store;
    } catch (Exception e) {
      if (journal != null) {
        journal.close();
      }
      directory.close();
      throw e;
    }
  }

  private static JdbcStore sqlite(Vertx vertx, DataDirectory directory) {
    SqliteJournal journal = new SqliteJournal(directory.database());
    return new JdbcStore(
        vertx,
        directory,
        journal,
        new FileContents(directory, journal),
        Dialect.SQLITE,
        () -> SqliteConnections.reader(directory.database()));
  }

  private static JdbcStore postgresql(
      Vertx vertx, PostgresConnections connections, DataDirectory directory) {
    return new JdbcStore(
        vertx,
        directory,
        new PostgresJournal(connections),
        new ChunkContents(connections, directory),
        Dialect.POSTGRESQL,
        connections::openReader);
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
            removeLeftFiles(loaded.book());
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

  private void removeLeftFiles(Book book) throws IOException {
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
    return writer
        .executeBlocking(() -> journal.compact(before))
        .compose(more -> more ? compact(before) : Future.succeededFuture());
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
              connections.close();
              journal.close();
              directory.close();
              return null;
            })
        .eventually(() -> writer.close())
        .eventually(() -> readers.close());
  }
}
