package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.store.Store;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads of what was: a revision or a time, and what it showed. */
final class PastReads {
  private final SessionClient client;
  private final Store store;

  PastReads(SessionClient client, Store store) {
    this.client = client;
    this.store = store;
  }

  /**
   * The revision that the value of an {@code at} parameter means.
   *
   * @return fails with 400 for what is no revision or time of the past, with 410 when that past is
   *     not kept any more
   */
  Future<Long> revision(String at) {
    boolean isRevision = at.matches("\\d{1,18}");
    Instant time = isRevision ? null : time(at);
    return client
        .ask(new Query.GetRevision())
        .compose(
            head ->
                isRevision
                    ? Future.succeededFuture(notAfter(head.revision(), Long.parseLong(at)))
                    : store.revisionAt(time).map(found -> Math.min(found, head.revision())))
        .compose(revision -> store.compacted().map(compacted -> notCompacted(revision, compacted)));
  }

  private static Instant time(String at) {
    try {
      Instant time = OffsetDateTime.parse(at).toInstant();
      if (time.isAfter(Instant.now())) {
        throw bad("at lies in the future.");
      }
      // Nothing is older than the journal, and milliseconds do not reach back without end.
      return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    } catch (DateTimeParseException e) {
      throw bad("at must be a revision or a time like 2026-03-01T10:00:00Z.");
    }
  }

  private static long notAfter(long head, long revision) {
    if (revision > head) {
      throw bad("at is ahead: the journal stands at revision " + head + ".");
    }
    return revision;
  }

  private static long notCompacted(long revision, long compacted) {
    if (revision < compacted) {
      throw new ProblemException(
          Problem.Type.COMPACTED,
          "What was before revision " + compacted + " is not kept; ask for a later one.");
    }
    return revision;
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.Type.BAD_PARAMETER, detail);
  }

  /** A session with its rows as it was; the revision of the answer is the one asked for. */
  Future<Done<Query.Results>> results(String sessionId, String at) {
    return revision(at)
        .compose(
            revision ->
                stored(sessionId, revision)
                    .compose(
                        was ->
                            was == null
                                ? missing(sessionId, revision)
                                : Future.succeededFuture(new Done<>(revision, false, was))));
  }

  private Future<Query.Results> stored(String sessionId, long revision) {
    return Params.isStorable(sessionId)
        ? store.resultsAt(sessionId, revision)
        : Future.succeededFuture();
  }

  /** Never there, gone before, or not there yet. */
  private <T> Future<T> missing(String sessionId, long revision) {
    return client
        .ask(new Query.GetSession(sessionId))
        .compose(
            now ->
                Future.failedFuture(
                    new ProblemException(
                        Problem.Type.NOT_FOUND,
                        "The session did not exist at revision " + revision + " yet.")));
  }

  /** The store may know a batch that the owner has not shown yet; nobody may see it before. */
  <T> Future<Done<T>> notAhead(Done<T> found) {
    return client.shown(found.revision()).map(shown -> found);
  }
}
