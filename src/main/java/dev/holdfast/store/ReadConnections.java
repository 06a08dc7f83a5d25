package dev.holdfast.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Connections for reads, opened when needed and thrown away when they break. */
final class ReadConnections {
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

  <T> T read(Read<T> read) throws Store.Unavailable {
    try {
      Connection connection = take();
      try {
        T found = read.on(connection);
        connection.rollback();
        giveBack(connection);
        return found;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new Store.Unavailable(e);
    }
  }

  private Connection take() throws SQLException {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return source.open();
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
