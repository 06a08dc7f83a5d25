package dev.holdfast.session;

import java.util.function.UnaryOperator;

/** A view that events can be applied to. */
public interface State extends View {
  void put(Document document);

  void put(Table.Shape questionSet);

  /** Sets a session and its rows; no rows (null) once it has ended. */
  void put(Session session, Table table);

  /** Puts a tombstone in place of the session. */
  void bury(Tombstone tombstone);

  /** Removes the tombstone. */
  void forget(String id);

  /** Changes the summary and keeps the rows. */
  default void change(
      String id, Recorded.Position position, UnaryOperator<Session.Builder> change) {
    put(change.apply(session(id).change(position.revision())).build(), table(id));
  }

  /** Changes the summary and lets go of the rows, which the store has. */
  default void end(String id, Recorded.Position position, UnaryOperator<Session.Builder> change) {
    put(change.apply(session(id).change(position.revision())).build(), null);
  }
}
