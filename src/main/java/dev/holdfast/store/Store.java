package dev.holdfast.store;

import dev.holdfast.session.Batch;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Document;
import dev.holdfast.session.Loaded;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Row;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The durable side of Holdfast. Every method returns at once; its future completes on the context
 * of the caller.
 */
public interface Store {

  /** How an append ended, when it is known. */
  enum Appended {
    /** The batch is in the journal and survives a loss of power. */
    DURABLE,
    /** Nothing was written: another owner may have taken over, and {@link #load} finds out. */
    FENCED
  }

  /** Names the journal: a UUID that a restore renews. */
  String journalId();

  /** The {@link #tenure()} of one who cannot be sure to be the owner. */
  long NOT_SURE = -1;

  /**
   * Numbers the times since when nobody else can have been the owner. A state that was loaded under
   * this number is the latest one; under another one, or while this is {@link #NOT_SURE}, nothing
   * may be answered before {@link #load} has given it anew.
   */
  long tenure();

  /**
   * Whether the journal took what it was last given. After a refusal it counts as writable again
   * when some time has passed, since only another attempt can tell.
   */
  boolean isWritable();

  /**
   * The durable state and what is remembered for repetitions; the ownership is made sure of.
   *
   * @return fails with {@link StoreInUse} when another process is the owner
   */
  Future<Loaded> load();

  /**
   * Writes a batch in one transaction.
   *
   * @return fails with {@link NotWritten} when it is sure that nothing was written, with {@link
   *     Broken} when the process must end; any other failure leaves open what happened
   */
  Future<Appended> append(Batch batch);

  /** Reported rows of one session as of its revision. */
  record StoredRows(long sessionRevision, List<Row> rows) {}

  /** The rows of an ended session in one read transaction; null when it is not there. */
  Future<StoredRows> rows(String sessionId);

  /** A page of the sessions that match, in one read transaction. */
  Future<Reply.Done<Query.Page>> search(Search search);

  /**
   * An event as it lies in the journal.
   *
   * @param type with its version, for example {@code rows-answered.v1}
   * @param body a JSON object
   */
  record StoredEvent(
      long revision, Instant at, String type, Caller caller, String reason, String body) {}

  /** At most {@code limit} events of a session with revisions above {@code after}, in order. */
  Future<List<StoredEvent>> events(String sessionId, long after, int limit);

  /**
   * At most {@code limit} events of users, keys and logins with revisions above {@code after}, in
   * order.
   */
  Future<List<StoredEvent>> accessEvents(long after, int limit);

  /** Ids of the sessions that match, in the order of their creation, at most the limit. */
  Future<Reply.Done<Query.Ids>> ids(Search search);

  /** The last revision that was there at that time; 0 before the first. */
  Future<Long> revisionAt(Instant at);

  /** The first revision whose state can still be shown. */
  Future<Long> compacted();

  /** A session and its rows as they were; null when it did not exist at that revision. */
  Future<Query.Results> resultsAt(String sessionId, long revision);

  /** Forgets the past before that time, in steps that nobody has to wait for. */
  Future<Void> compact(Instant before);

  /**
   * Keeps a PDF and its text, before the event that makes the document known.
   *
   * @param uploaded a file of this store's {@link #uploads()} that is moved away
   * @param pages text of each page, the first page first
   */
  Future<Void> keep(Document document, Path uploaded, List<String> pages);

  /** Text of one page, from 1; null when there is none. */
  Future<String> page(String documentId, int page);

  /** Text of all pages, the first page first. */
  Future<List<String>> pages(String documentId);

  /** A file with the PDF of a known document. */
  Future<Path> content(Document document);

  /** The directory for uploads under way; empty after a start. */
  Path uploads();

  /** Ends after what is being written. */
  Future<Void> close();

  /** Nothing was written. */
  final class NotWritten extends Exception {
    private static final long serialVersionUID = 1L;

    public NotWritten(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** The disk failed: what it says now is not to be trusted, and this process must end. */
  final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    public Broken(Throwable cause) {
      super(
          "The disk of the store failed ("
              + cause.getMessage()
              + "). Check it, then start again: everything acknowledged is there.",
          cause);
    }
  }

  /** The store cannot be opened, be read, or take a document, now; the message says why. */
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(String message, Throwable cause) {
      super(message, cause);
    }

    public Unavailable(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }
}
