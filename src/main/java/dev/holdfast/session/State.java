package dev.holdfast.session;

import java.util.function.UnaryOperator;

/** A view that events can be applied to. */
public interface State extends View {
  void put(DocumentUse document);

  /** Removes a document. */
  void drop(String documentId);

  void put(Table.Shape questionSet);

  /** Sets who may do what. */
  void put(Accounts accounts);

  /** Sets the summary of a session. */
  void put(Session session);

  /** Sets the rows of a session. */
  void put(String sessionId, Table table);

  /** The rows of a session that has ended need not be at hand any more: the store has them. */
  void release(String sessionId);

  /** Puts a tombstone in place of the session. */
  void bury(Tombstone tombstone);

  /** Removes the tombstone. */
  void forget(String id);

  /** Changes the summary and keeps the rows. */
  default void change(
      String id, Recorded.Position position, UnaryOperator<Session.Builder> change) {
    put(change.apply(session(id).change(position.revision())).build());
  }

  /** Changes the summary and lets go of the rows. */
  default void end(String id, Recorded.Position position, UnaryOperator<Session.Builder> change) {
    change(id, position, change);
    release(id);
  }
}
