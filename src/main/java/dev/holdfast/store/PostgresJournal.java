package dev.holdfast.store;

import dev.holdfast.session.Loaded;
import dev.holdfast.store.Store.Appended;
import dev.holdfast.store.Store.NotWritten;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.postgresql.util.PSQLException;

/** The journal in a PostgreSQL database; a lease says which process may write it. */
final class PostgresJournal implements Journal {
  private final PostgresConnections connections;
  private final Lease lease;
  private Connection connection;
  private String journalId;

  PostgresJournal(PostgresConnections connections) {
    this.connections = connections;
    this.lease = new Lease(connections::open);
  }

  @Override
  public void open() throws StoreInUse, StoreUnusable, Store.Unavailable {
    try {
      become();
    } catch (SQLException e) {
      throw connections.unavailable(e);
    }
  }

  /** The tables are looked at again as the owner: the owner before may have changed them. */
  private void become() throws SQLException, StoreInUse, StoreUnusable {
    connection = connections.open();
    connections.makeTables(connection);
    if (!lease.acquirePatiently(connection)) {
      throw new StoreInUse(connections);
    }
    connections.updateTables(connection);
    journalId = JournalName.of(connection);
  }

  /**
   * The row of the ownership is locked by an append that may still be under way on the server, so
   * that whoever has become owner anew knows how that ended.
   */
  @Override
  public void reopen() throws SQLException, StoreInUse {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is given up because it is broken.
    }
    connection = connections.open();
    if (!lease.acquire(connection)) {
      throw new StoreInUse(connections);
    }
  }

  @Override
  public String journalId() {
    return journalId;
  }

  @Override
  public long tenure() {
    return lease.tenure();
  }

  @Override
  public Loaded load() throws SQLException {
    try (Connection patient = connections.openPatient()) {
      patient.setAutoCommit(false);
      patient.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return Reads.load(patient, Instant.now());
    }
  }

  @Override
  public Appended append(Projection projection) throws SQLException, NotWritten {
    try {
      return PostgresAppend.run(connection, projection, lease.epoch())
          ? Appended.DURABLE
          : Appended.FENCED;
    } catch (PSQLException e) {
      if (isRefusal(e)) {
        throw new NotWritten(e);
      }
      throw e;
    }
  }

  /** The server itself said that the statement failed, and goes on: nothing of it was kept. */
  private static boolean isRefusal(PSQLException e) {
    return e.getServerErrorMessage() != null
        && "ERROR".equals(e.getServerErrorMessage().getSeverity());
  }

  /** In steps under the lease, since another owner may just be given what this one would remove. */
  @Override
  public void dropUnknownDocuments() throws SQLException {
    try (Connection own = connections.openPatient()) {
      own.setAutoCommit(false);
      for (String id : UnknownDocuments.in(own, "document_chunk")) {
        while (lease.hold(own) && UnknownDocuments.dropSomeContent(own, id)) {
          own.commit();
        }
        own.commit();
      }
      for (String id : UnknownDocuments.in(own, "document_page")) {
        if (lease.hold(own)) {
          UnknownDocuments.dropText(own, id);
        }
        own.commit();
      }
    }
  }

  @Override
  public boolean compact(Instant before) throws SQLException {
    try (Connection own = connections.open()) {
      own.setAutoCommit(false);
      boolean more = lease.hold(own) && History.compact(own, before);
      own.commit();
      return more;
    }
  }

  @Override
  public void close() throws SQLException {
    lease.resign(connection);
    if (connection != null) {
      connection.close();
    }
  }
}
