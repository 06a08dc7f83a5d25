package dev.holdfast.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections for reads, opened when needed and thrown away when they break. */
final class ReadConnections {
  private static final Logger LOG = LoggerFactory.getLogger(ReadConnections.class);
  private final Source source;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  /** Opens a connection on which each read is one transaction that sees one moment. */
  interface Source {
    Connection open() throws SQLException;
  }

  /** A read of one connection. */
  interface Read<T> {
    T on(Connection connection) throws SQLException;
  }

  ReadConnections(Source source) {
    this.source = source;
  }

  /** A connection that lay idle may have been cut meanwhile; then the read has a fresh one. */
  <T> T read(Read<T> read) throws Store.Unavailable {
    try {
      Connection idleOne = takeIdle();
      if (idleOne != null) {
        try {
          return read(idleOne, read);
        } catch (SQLException e) {
          LOG.debug("an idle connection is broken; reading on another one", e);
        }
      }
      return read(source.open(), read);
    } catch (SQLException e) {
      throw new Store.Unavailable(e);
    }
  }

  private <T> T read(Connection connection, Read<T> read) throws SQLException {
    try {
      T found = read.on(connection);
      connection.rollback();
      giveBack(connection);
      return found;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private Connection takeIdle() {
    synchronized (idle) {
      return idle.poll();
    }
  }

  private void giveBack(Connection connection) throws SQLException {
    synchronized (idle) {
      if (!closed) {
        idle.push(connection);
        return;
      }
    }
    connection.close();
  }

  void close() throws SQLException {
    synchronized (idle) {
      closed = true;
      for (Connection connection : idle) {
        connection.close();
      }
      idle.clear();
    }
  }
}
