package dev.holdfast.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a batch changes: made before it is merged into the book, read afterwards. */
final class Merge {
  private final Book book;
  private final Batch batch;
  private final Map<String, Session> before = new LinkedHashMap<>();

  Merge(Book book, Batch batch) {
    this.book = book;
    this.batch = batch;
    batch.sessions().keySet().forEach(id -> before.put(id, book.session(id)));
  }

  /** The step that everybody is told about. */
  ChangeSet step() {
    Map<String, String> causes = new LinkedHashMap<>();
    for (Recorded recorded : batch.events()) {
      if (recorded.event() instanceof Event.SessionRemoved removed) {
        causes.put(removed.sessionId(), removed.cause());
      }
    }
    List<Change> changes = new ArrayList<>();
    before.forEach(
        (id, former) -> {
          Session session = book.session(id);
          if (isListed(session)) {
            List<Row> touched = List.copyOf(batch.rows().getOrDefault(id, Map.of()).values());
            changes.add(new Change(id, session, null, touched));
          } else if (isListed(former)) {
            changes.add(new Change(id, null, causes.get(id), List.of()));
          }
        });
    return new ChangeSet(
        batch.previous(), batch.revision(), book.lastAt(), List.copyOf(changes), book.counts());
  }

  /** The runs of built-in analyzers to begin and to end. */
  List<Effect> analyses() {
    List<Effect> effects = new ArrayList<>();
    before.forEach(
        (id, former) -> {
          Session session = book.session(id);
          int was = runningAttempt(former);
          int is = runningAttempt(session);
          if (was != is && was > 0) {
            effects.add(new Effect.CancelAnalysis(id, was));
          }
          if (was != is && is > 0) {
            effects.add(new Effect.StartAnalysis(id, is));
          }
        });
    return effects;
  }

  private static boolean isListed(Session session) {
    return session != null && session.removedAt() == null;
  }

  private static int runningAttempt(Session session) {
    return isListed(session) && session.state() == SessionState.RUNNING && !session.isExternal()
        ? session.attempt()
        : 0;
  }
}
