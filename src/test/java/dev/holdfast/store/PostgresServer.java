package dev.holdfast.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server for tests: a real one, unpacked from an archive, on a free port of loopback.
 *
 * <p>Tests share one and take a database of their own from it. A test that disturbs the server
 * takes an instance of its own. Data lies in a temporary directory that goes with the server.
 */
public final class PostgresServer implements AutoCloseable {
  /** Leads to the server as well, but its certificate does not say so. */
  public static final String UNNAMED_HOST = "127.0.0.2";

  private static final String ADMIN = "postgres";
  private static final int CONNECTIONS_MAX = 100;

  private static PostgresServer shared;

  private final EmbeddedPostgres server;
  private final Path data;
  private final PostgresProcesses processes;
  private final boolean mayBeDisturbed;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresServer(boolean mayBeDisturbed, boolean encrypted) {
    this.mayBeDisturbed = mayBeDisturbed;
    this.data = parent().resolve(UUID.randomUUID().toString());
    this.processes = new PostgresProcesses(data);
    this.server = start(encrypted);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "postgres end"));
  }

  /** The server that all tests of this JVM share; it starts on first use and ends with the JVM. */
  public static synchronized PostgresServer shared() {
    if (shared == null) {
      shared = new PostgresServer(false, false);
    }
    return shared;
  }

  /** A server that only the caller knows, so that it may be paused and restarted. */
  public static PostgresServer ownInstance() {
    return new PostgresServer(true, false);
  }

  /** Like {@link #ownInstance()}, and takes encrypted connections only. */
  public static PostgresServer ownEncryptedInstance() {
    return new PostgresServer(true, true);
  }

  /** Beside the unpacked server, where the library removes what a killed JVM left behind. */
  private static Path parent() {
    String inTemp = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg").toString();
    return Path.of(System.getProperty("ot.epg.working-dir", inTemp));
  }

  private EmbeddedPostgres start(boolean encrypted) {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setRegisterShutdownHook(false)
          .setPGStartupWait(PostgresProcesses.PATIENCE)
          .setLocaleConfig("locale", "C")
          // why: the library switches both off, and with them the durability that is tested.
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("max_connections", Integer.toString(CONNECTIONS_MAX))
          .setDataDirectoryCustomizer(directory -> configure(directory, encrypted))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void configure(File directory, boolean encrypted) {
    try {
      Path data = directory.toPath();
      List<String> settings = new ArrayList<>();
      settings.add("listen_addresses = '127.0.0.1," + UNNAMED_HOST + "'");
      settings.add("unix_socket_directories = ''");
      settings.add("logging_collector = on");
      if (encrypted) {
        TestCertificates.write(data);
        settings.add("ssl = on");
        settings.add("ssl_cert_file = '" + TestCertificates.SERVER + "'");
        settings.add("ssl_key_file = '" + TestCertificates.SERVER_KEY + "'");
      }
      Files.write(data.resolve("postgresql.conf"), settings, StandardOpenOption.APPEND);
      Files.write(
          data.resolve("pg_hba.conf"),
          List.of(
              "host all " + ADMIN + " 127.0.0.0/8 trust",
              (encrypted ? "hostssl" : "host") + " all all 127.0.0.0/8 scram-sha-256"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getPort();
  }

  /**
   * Makes an empty database, owned by a user of its own who may do nothing else.
   *
   * @return {@code postgresql://user:password@127.0.0.1:port/database}
   */
  public String newDatabase() {
    String name = "test_" + databases.incrementAndGet();
    String password = UUID.randomUUID().toString();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + password + "'");
      // why: a store that leans on the order of bytes fails here as it would in production.
      statement.execute(
          "CREATE DATABASE "
              + name
              + " OWNER "
              + name
              + " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
      statement.execute("REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
    } catch (SQLException e) {
      throw new IllegalStateException("no new database", e);
    }
    return "postgresql://" + name + ":" + password + "@127.0.0.1:" + port() + "/" + name;
  }

  /**
   * A plain connection to the database of such a URL, whose query is passed on to the driver; it
   * gives up on a server that is silent for ten seconds.
   */
  public static Connection connect(String url) throws SQLException {
    URI uri = URI.create(url);
    String[] user = uri.getUserInfo().split(":", 2);
    Properties properties = new Properties();
    properties.setProperty("user", user[0]);
    properties.setProperty("password", user[1]);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "10");
    properties.setProperty("socketTimeout", "10");
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return DriverManager.getConnection(
        "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath() + query,
        properties);
  }

  /** The certificate authority that signed the certificate of an encrypted server, as PEM. */
  public Path certificateAuthority() {
    return data.resolve(TestCertificates.AUTHORITY);
  }

  /** An authority that signed nothing, as PEM. */
  public Path otherCertificateAuthority() {
    return data.resolve(TestCertificates.OTHER_AUTHORITY);
  }

  /** Stops every process of the server where it stands; connections stay open and are silent. */
  public void pause() {
    requireOwn();
    processes.pause();
  }

  /** Lets a paused server go on; does nothing to one that runs. */
  public void resume() {
    requireOwn();
    processes.resume();
  }

  /**
   * Ends the server as a crash would, without writing what is in memory, and starts it again on the
   * same port and data; when this returns, it takes connections. A paused server does nothing more
   * of what it was sent.
   */
  public void restartHard() {
    stopHard();
    startAgain();
  }

  /** The first half of {@link #restartHard()}. */
  public void stopHard() {
    requireOwn();
    processes.stopHard();
  }

  /** The second half of {@link #restartHard()}. */
  public void startAgain() {
    requireOwn();
    processes.startAgain();
  }

  /** Ends the server and removes its data; does nothing the second time. */
  @Override
  public synchronized void close() {
    if (processes.running()) {
      processes.resume();
    }
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireOwn() {
    if (!mayBeDisturbed) {
      throw new IllegalStateException("other tests use this server: take ownInstance()");
    }
  }
}
