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
  public void open() throws SQLException, StoreInUse, StoreUnusable {
    connections.migrate();
    connect();
    journalId = JournalName.of(connection);
  }

  /**
   * The row of the ownership is locked by an append that may still be under way on the server, so
   * that whoever has become owner anew knows how that ended.
   */
  private void connect() throws SQLException, StoreInUse {
    connection = connections.open();
    if (!lease.acquire(connection)) {
      throw new StoreInUse(connections);
    }
  }

  @Override
  public void reopen() throws SQLException, StoreInUse {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is given up because it is broken.
    }
    connect();
  }

  @Override
  public String journalId() {
    return journalId;
  }

  @Override
  public boolean isOwner() {
    return lease.isTrusted();
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

  @Override
  public boolean compact(Instant before) throws SQLException {
    try (Connection own = connections.open()) {
      own.setAutoCommit(false);
      boolean more = History.compact(own, before);
      own.commit();
      return more;
    }
  }

  @Override
  public void close() throws SQLException {
    lease.resign(connection);
    connection.close();
  }
}
