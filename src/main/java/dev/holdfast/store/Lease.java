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
 * write needs no clock, since it fails under another epoch; a read trusts the lease for less than
 * it lasts, counted from when the renewal was sent.
 *
 * <p>Whose the lease is says the incarnation, which is of one process alone. The epoch rises with
 * each acquisition, also with one of this process whose answer was lost, and which the server may
 * carry out long after.
 */
final class Lease {
  static final Duration TTL = Duration.ofSeconds(6);
  private static final Duration RENEW = Duration.ofSeconds(2);
  private static final Duration MARGIN = Duration.ofMillis(1_500);

  /** A renewal that is silent for longer leaves time for another one on a fresh connection. */
  private static final Duration SILENCE = Duration.ofMillis(1_500);

  private static final long NEVER = -1;
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
          + " WHERE name = 'owner' AND incarnation = ? AND expires_at > clock_timestamp()";
  private static final String RESIGN =
      "UPDATE ownership SET expires_at = clock_timestamp()"
          + " WHERE name = 'owner' AND incarnation = ?";
  private static final String HOLD =
      "SELECT 1 FROM ownership WHERE name = 'owner' AND incarnation = ? FOR SHARE";

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
  private boolean failing;
  private volatile long epoch = NEVER;
  private volatile long tenure;
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

  /**
   * Numbers the times since when nobody else can have been the owner; {@link Store#NOT_SURE} while
   * somebody else may be.
   */
  long tenure() {
    // why in this order: a number must not be read before the acquisition that brings its trust.
    boolean trusted = epoch != NEVER && System.nanoTime() - trustedUntil < 0;
    return trusted ? tenure : Store.NOT_SURE;
  }

  /** Becomes the owner; waits for the lease of one that does not renew it, which may be dead. */
  boolean acquirePatiently(Connection writer) throws SQLException {
    long giveUp = System.nanoTime() + TTL.plus(RENEW).toNanos();
    boolean won = acquire(writer);
    if (!won) {
      LOG.info("waiting until the lease of the owner before this one ends");
    }
    while (!won && System.nanoTime() - giveUp < 0) {
      pause();
      won = acquire(writer);
    }
    return won;
  }

  /**
   * Becomes the owner, or owner anew.
   *
   * @return false while the lease is another owner's
   */
  boolean acquire(Connection writer) throws SQLException {
    long sent = System.nanoTime();
    Long won = Sql.one(writer, ACQUIRE, r -> r.getLong(1), incarnation, incarnation);
    if (won == null) {
      return false;
    }
    if (won != epoch + 1) {
      // why: an epoch in between was another owner's, or an acquisition of our own that was lost.
      tenure++;
    }
    epoch = won;
    trust(sent);
    return true;
  }

  /** Keeps others from becoming the owner until the transaction ends; false when one has. */
  boolean hold(Connection connection) throws SQLException {
    return Sql.one(connection, HOLD, r -> r.getInt(1), incarnation) != null;
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

  /** Whatever breaks: a task that throws would not be run again, and the lease would end. */
  private void renew() {
    if (epoch == NEVER) {
      return;
    }
    try {
      if (!renewOnOpenConnection()) {
        connection = connections.open();
        connection.setNetworkTimeout(Runnable::run, (int) SILENCE.toMillis());
        renewOn(connection);
      }
    } catch (SQLException | RuntimeException e) {
      failed(e.getMessage());
      closeConnection();
    }
  }

  /** False when there is no such connection, or it is cut or silent. */
  private boolean renewOnOpenConnection() {
    if (connection == null) {
      return false;
    }
    try {
      renewOn(connection);
      return true;
    } catch (SQLException e) {
      LOG.info("renewing the ownership on another connection: {}", e.getMessage());
      closeConnection();
      return false;
    }
  }

  private void renewOn(Connection open) throws SQLException {
    long sent = System.nanoTime();
    if (Sql.run(open, RENEWAL, incarnation) == 1) {
      trust(sent);
      if (failing) {
        LOG.warn("the ownership is renewed again");
      }
      failing = false;
    } else {
      failed("it has ended, or is another owner's");
    }
  }

  /** Said once, and not every two seconds of an outage. */
  private void failed(String why) {
    if (!failing) {
      LOG.warn("the ownership cannot be renewed: {}", why);
    }
    failing = true;
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

  /**
   * Gives the ownership back, so that the next owner need not wait.
   *
   * @param writer null when there was never one
   */
  void resign(Connection writer) {
    renewals.execute(this::closeConnection);
    renewals.shutdown();
    if (writer != null && epoch != NEVER) {
      try {
        Sql.run(writer, RESIGN, incarnation);
      } catch (SQLException e) {
        LOG.warn("the ownership could not be given back and ends by itself: {}", e.getMessage());
      }
    }
    epoch = NEVER;
  }
}
