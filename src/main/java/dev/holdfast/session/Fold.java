package dev.holdfast.session;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Adds a journal up again from its beginning, batch by batch, as its owners did. */
public final class Fold {
  private static final int ROWS_AT_HAND_MAX = 64;

  private final Function<String, List<Row>> rowsOf;
  private final Book book = new Book();
  private long batches;

  /**
   * @param rowsOf the rows of an ended session as the batches so far have left them
   */
  public Fold(Function<String, List<Row>> rowsOf) {
    this.rowsOf = rowsOf;
  }

  /** The revision up to which the journal is added up. */
  public long revision() {
    return book.revision();
  }

  /** Passes over events whose content is gone, since nothing is left of what they were about. */
  public void skip(long revision, Instant at) {
    book.restored(revision, at);
  }

  /** The next events as a batch, which is merged already. */
  public Batch next(List<Recorded> events) {
    Batch batch = new Batch(++batches, book.revision(), book);
    for (Recorded recorded : events) {
      String id = recorded.event().rowsNeeded();
      if (id != null && batch.view().table(id) == null) {
        QuestionSetRef set = batch.view().session(id).questionSet();
        Table.Shape shape = book.questionSet(set.name(), set.version());
        book.lend(id, Table.empty(shape).with(rowsOf.apply(id)));
      }
      batch.record(recorded);
    }
    events.forEach(book::apply);
    book.giveBack(ROWS_AT_HAND_MAX, id -> false);
    return batch;
  }

  /**
   * A session and its rows as some of its events leave them.
   *
   * @param events all of that session, in order, from its creation on
   */
  public static Query.Results past(QuestionSet set, Document document, List<Recorded> events) {
    Book book = new Book();
    book.put(new Table.Shape(set));
    if (document != null) {
      book.put(new DocumentUse(document, 0, events.get(0).at()));
    }
    events.forEach(recorded -> recorded.applyTo(book));
    String id = events.get(0).event().sessionId();
    return new Query.Results(book.session(id), book.table(id));
  }
}
