package dev.holdfast.store;

import dev.holdfast.session.Loaded;
import dev.holdfast.store.Store.Appended;
import dev.holdfast.store.Store.NotWritten;
import java.sql.SQLException;
import java.time.Instant;

/** The writer's side of a database. Blocking; all calls come from the one writer thread. */
interface Journal {

  /**
   * Connects, brings the tables up to date and becomes the owner: appends of earlier owners are
   * refused from now on.
   *
   * @throws StoreInUse when another process is the owner
   * @throws StoreUnusable when there is something that this version cannot work with
   * @throws Store.Unavailable saying what to do, when it could work later
   */
  void open() throws SQLException, StoreInUse, StoreUnusable, Store.Unavailable, Store.Broken;

  /**
   * Connects anew and makes sure of the ownership, after an outcome that nobody knows.
   *
   * @throws StoreInUse when another process has become the owner
   */
  void reopen() throws SQLException, StoreInUse, StoreUnusable;

  /** Names the journal; a restored one has another name. */
  String journalId();

  /** See {@link Store#tenure()}. May be asked by any thread. */
  long tenure();

  /**
   * The durable state.
   *
   * @throws StoreUnusable when it cannot be read
   */
  Loaded load() throws SQLException, StoreUnusable;

  /**
   * Writes in one transaction that fails when another owner has taken over.
   *
   * @throws NotWritten when it is sure that nothing was written
   * @throws Store.Broken when the disk failed, so that nothing it says can be trusted
   * @throws SQLException when nobody knows
   */
  Appended append(Projection projection) throws SQLException, NotWritten, Store.Broken;

  /** Removes what uploads left behind that were cut off; while there are none. */
  void dropUnknownDocuments() throws SQLException;

  /**
   * Forgets some of the past before that time.
   *
   * @return whether there is more to forget
   */
  boolean compact(Instant before) throws SQLException;

  void close() throws SQLException;
}
