package dev.holdfast.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;

/** Opens connections to the database that a {@code postgresql://} URL names. */
final class PostgresConnections {
  /** Version of the newest script in {@code db/postgresql}. */
  private static final String SCHEMA = "2";

  /** Parameters of a URL by what the driver calls them. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "sslmode", "sslmode",
          "sslrootcert", "sslrootcert",
          "sslcert", "sslcert",
          "sslkey", "sslkey",
          "channel_binding", "channelBinding");

  private static final int STATEMENT_SECONDS = 3;
  private static final int SOCKET_SECONDS = 10;

  private final String jdbcUrl;
  private final Properties properties = new Properties();

  private PostgresConnections(String jdbcUrl) {
    this.jdbcUrl = jdbcUrl;
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the URL, without its password
   */
  static PostgresConnections of(String url) {
    URI uri = parse(url);
    String database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    boolean complete = uri.getHost() != null && uri.getRawUserInfo() != null && !database.isEmpty();
    if (!"postgresql".equals(uri.getScheme()) || !complete) {
      throw malformed();
    }
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    PostgresConnections connections =
        new PostgresConnections("jdbc:postgresql://" + uri.getHost() + ":" + port + "/" + database);
    connections.configure(uri);
    return connections;
  }

  private static URI parse(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "store.url must be sqlite: or postgresql://user:password@host:port/database[?sslmode=...]"
            + " with special characters in user and password percent-encoded");
  }

  private void configure(URI uri) {
    String[] user = uri.getRawUserInfo().split(":", 2);
    properties.setProperty("user", decode(user[0]));
    if (user.length == 2) {
      properties.setProperty("password", decode(user[1]));
    }
    parameters(uri.getRawQuery()).forEach(this::configure);
    boolean verifies = "verify-full".equals(properties.getProperty("sslmode"));
    if (verifies && !properties.containsKey("sslrootcert")) {
      // Without a certificate of its own the server must have one that Java trusts.
      properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    properties.setProperty("connectTimeout", Integer.toString(SOCKET_SECONDS));
    properties.setProperty("loginTimeout", Integer.toString(SOCKET_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(SOCKET_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "holdfast");
  }

  private void configure(String name, String value) {
    String property = PARAMETERS.get(name);
    if (property == null) {
      throw new IllegalArgumentException(
          "store.url has an unknown parameter "
              + name
              + "; there are "
              + String.join(", ", new TreeMap<>(PARAMETERS).keySet()));
    }
    properties.setProperty(property, value);
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    if (query != null) {
      for (String parameter : query.split("&")) {
        String[] parts = parameter.split("=", 2);
        parameters.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** A connection whose statements end in time, on the server's side, too. */
  Connection open() throws SQLException {
    Connection connection = DriverManager.getConnection(jdbcUrl, properties);
    try {
      SqliteConnections.execute(
          connection,
          "SET statement_timeout = '"
              + STATEMENT_SECONDS
              + "s'; SET lock_timeout = '1s';"
              + " SET idle_in_transaction_session_timeout = '2s'");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A connection for long reads and big documents. */
  Connection openPatient() throws SQLException {
    Connection connection = open();
    SqliteConnections.execute(
        connection,
        "SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s'");
    return connection;
  }

  /**
   * A connection on which each read is one transaction that sees one moment. It takes one core: to
   * start more for a search takes longer than they save, and takes them from the writer.
   */
  Connection openReader() throws SQLException {
    Connection connection = open();
    SqliteConnections.execute(connection, "SET max_parallel_workers_per_gather = 0");
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return connection;
  }

  /**
   * Makes the tables where there are none; two processes at once are kept apart by Flyway.
   *
   * @throws StoreUnusable when a newer version made them
   */
  void makeTables(Connection connection) throws SQLException, StoreUnusable {
    if (version(connection) == null) {
      migrate();
    }
    requireNotNewer(connection);
  }

  /**
   * Brings the tables up to date; Flyway is not woken when they are. Only the owner may: an older
   * process that still owns them would not know what it writes to.
   *
   * @throws StoreUnusable when a newer version made them
   */
  void updateTables(Connection connection) throws SQLException, StoreUnusable {
    requireNotNewer(connection);
    if (!SCHEMA.equals(version(connection))) {
      migrate();
    }
  }

  private static void requireNotNewer(Connection connection) throws SQLException, StoreUnusable {
    if (Integer.parseInt(version(connection)) > Integer.parseInt(SCHEMA)) {
      throw StoreUnusable.newer();
    }
  }

  /** However long the server is silent: an index on a long journal would be begun anew for ever. */
  private void migrate() throws SQLException {
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    settings.remove("socketTimeout");
    Migration.run(
        Flyway.configure()
            .dataSource(jdbcUrl, properties.getProperty("user"), properties.getProperty("password"))
            .jdbcProperties(settings)
            .locations("classpath:db/postgresql"));
  }

  /**
   * @throws StoreUnusable when the tables are not there or of another version
   */
  static void requireCurrent(Connection connection) throws SQLException, StoreUnusable {
    String version = version(connection);
    if (version == null || Integer.parseInt(version) < Integer.parseInt(SCHEMA)) {
      throw StoreUnusable.older();
    }
    requireNotNewer(connection);
  }

  /** Null when there are no tables. */
  private static String version(Connection connection) throws SQLException {
    Boolean exists =
        Sql.one(
            connection,
            "SELECT to_regclass('flyway_schema_history') IS NOT NULL",
            r -> r.getBoolean(1));
    return !exists
        ? null
        : Sql.one(
            connection,
            "SELECT version FROM flyway_schema_history WHERE success"
                + " ORDER BY installed_rank DESC LIMIT 1",
            r -> r.getString(1));
  }

  /** What to tell who starts Holdfast on a database that it cannot use. */
  Store.Unavailable unavailable(SQLException e) {
    return new Store.Unavailable(
        "The database "
            + jdbcUrl
            + " cannot be used ("
            + String.valueOf(e.getMessage()).replaceAll("\\s+", " ")
            + "). Check host, port, user, password and certificates in store.url, and that the"
            + " database runs; docs/OPERATIONS.md says more.",
        e);
  }

  @Override
  public String toString() {
    return jdbcUrl;
  }
}
