package dev.holdfast.owner;

import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionOwner;
import dev.holdfast.session.Table;
import dev.holdfast.store.Store;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds the rows of ended sessions, which only the store has, to the owner's answers. Rows and
 * summary must carry the same revision; where a change came in between, the owner is asked again.
 */
final class StoredResults {
  private static final int TRIES = 5;
  private final Store store;
  private final SessionOwner owner;

  StoredResults(Store store, SessionOwner owner) {
    this.store = store;
    this.owner = owner;
  }

  /** The reply with every table filled in. */
  Future<Reply<?>> complete(Query<?> query, Reply<?> reply) {
    return complete(query, reply, TRIES);
  }

  private Future<Reply<?>> complete(Query<?> query, Reply<?> reply, int tries) {
    List<Query.Results> missing = missing(reply);
    if (missing.isEmpty()) {
      return Future.succeededFuture(reply);
    }
    List<Future<Query.Results>> reads = missing.stream().map(this::read).toList();
    return Future.all(reads)
        .compose(
            all -> {
              List<Query.Results> read = all.list();
              if (read.stream().noneMatch(results -> results.table() == null)) {
                return Future.succeededFuture(with(reply, read));
              }
              return tries > 1
                  ? complete(query, owner.query(query), tries - 1)
                  : Future.failedFuture("the rows of a session changed faster than they are read");
            });
  }

  private static List<Query.Results> missing(Reply<?> reply) {
    List<Query.Results> missing = new ArrayList<>();
    if (reply instanceof Done<?> done) {
      if (done.value() instanceof Query.Results results) {
        missing.add(results);
      } else if (done.value() instanceof Query.Snapshot snapshot) {
        missing.addAll(snapshot.results());
      }
    }
    missing.removeIf(results -> results.table() != null);
    return missing;
  }

  /** The results with the rows of the store; still without a table when those are not as old. */
  private Future<Query.Results> read(Query.Results results) {
    Session session = results.session();
    return store
        .rows(session.id())
        .map(
            stored ->
                stored == null || stored.sessionRevision() != session.revision()
                    ? results
                    : new Query.Results(session, table(session, stored)));
  }

  private Table table(Session session, Store.StoredRows stored) {
    Query.GetQuestionSet query =
        new Query.GetQuestionSet(session.questionSet().name(), session.questionSet().version());
    if (owner.query(query) instanceof Done<QuestionSet> done) {
      return Table.of(done.value(), stored.rows());
    }
    throw new IllegalStateException("session " + session.id() + " has lost its question set");
  }

  private static Reply<?> with(Reply<?> reply, List<Query.Results> read) {
    Done<?> done = (Done<?>) reply;
    if (done.value() instanceof Query.Snapshot snapshot) {
      List<Query.Results> all = new ArrayList<>(snapshot.results());
      all.removeIf(results -> results.table() == null);
      all.addAll(read);
      return new Done<>(
          done.revision(),
          false,
          new Query.Snapshot(snapshot.counts(), snapshot.items(), List.copyOf(all)));
    }
    return new Done<>(done.revision(), false, read.get(0));
  }
}
