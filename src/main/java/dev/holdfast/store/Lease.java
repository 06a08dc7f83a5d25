package dev.holdfast.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ownership of a journal in PostgreSQL: it lasts for a while and is renewed before that. A
 * write needs no clock, since it fails under another's epoch; a read trusts the lease for less than
 * it lasts, counted from when the renewal was sent.
 */
final class Lease {
  static final Duration TTL = Duration.ofSeconds(6);
  private static final Duration RENEW = Duration.ofSeconds(2);
  private static final Duration MARGIN = Duration.ofMillis(1_500);
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private static final String UNTIL =
      "expires_at = clock_timestamp() + interval '" + TTL.toSeconds() + " seconds'";
  private static final String ACQUIRE =
      "UPDATE ownership SET epoch = epoch + 1, incarnation = ?, "
          + UNTIL
          + " WHERE name = 'owner' AND (expires_at <= clock_timestamp() OR incarnation = ?)"
          + " RETURNING epoch";
  private static final String RENEWAL =
      "UPDATE ownership SET "
          + UNTIL
          + " WHERE name = 'owner' AND epoch = ? AND incarnation = ?"
          + " AND expires_at > clock_timestamp()";
  private static final String RESIGN =
      "UPDATE ownership SET expires_at = clock_timestamp()"
          + " WHERE name = 'owner' AND epoch = ? AND incarnation = ?";

  /** Opens a connection for renewals, which must not wait behind an append. */
  interface Connections {
    Connection open() throws SQLException;
  }

  private final Connections connections;
  private final String incarnation = UUID.randomUUID().toString();
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "journal-lease");
            thread.setDaemon(true);
            return thread;
          });
  private Connection connection;
  private volatile long epoch = -1;
  private volatile long trustedUntil = System.nanoTime();

  Lease(Connections connections) {
    this.connections = connections;
    long every = RENEW.toMillis();
    renewals.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
  }

  /** The number of this ownership; each append carries it. */
  long epoch() {
    return epoch;
  }

  boolean isTrusted() {
    return epoch >= 0 && System.nanoTime() - trustedUntil < 0;
  }

  /**
   * Becomes the owner, or owner anew; waits for the lease of one that does not renew it.
   *
   * @return false when another owner is alive
   */
  boolean acquire(Connection writer) throws SQLException {
    long giveUp = System.nanoTime() + TTL.plus(RENEW).toNanos();
    boolean waiting = false;
    while (true) {
      long sent = System.nanoTime();
      Long won = Sql.one(writer, ACQUIRE, r -> r.getLong(1), incarnation, incarnation);
      if (won != null) {
        epoch = won;
        trust(sent);
        return true;
      }
      if (System.nanoTime() - giveUp > 0) {
        return false;
      }
      if (!waiting) {
        LOG.info("waiting until the lease of the owner before this one ends");
        waiting = true;
      }
      pause();
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for the ownership", e);
    }
  }

  private void trust(long sent) {
    trustedUntil = sent + TTL.minus(MARGIN).toNanos();
  }

  private void renew() {
    long mine = epoch;
    if (mine < 0) {
      return;
    }
    try {
      if (connection == null) {
        connection = connections.open();
      }
      long sent = System.nanoTime();
      if (Sql.run(connection, RENEWAL, mine, incarnation) == 1 && mine == epoch) {
        trust(sent);
      } else {
        LOG.warn("the ownership was not renewed: another owner may take over");
      }
    } catch (SQLException e) {
      LOG.warn("the ownership cannot be renewed: {}", e.getMessage());
      closeConnection();
    }
  }

  private void closeConnection() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.debug("the connection for renewals is broken", e);
    }
    connection = null;
  }

  /** Gives the ownership back, so that the next owner need not wait. */
  void resign(Connection writer) {
    renewals.shutdownNow();
    try {
      Sql.run(writer, RESIGN, epoch, incarnation);
    } catch (SQLException e) {
      LOG.warn("the ownership could not be given back and ends by itself: {}", e.getMessage());
    }
    epoch = -1;
    closeConnection();
  }
}
