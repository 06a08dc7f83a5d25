package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ssl.PGjdbcHostnameVerifier;

/** What the tests of the store lean on: a server that keeps its word and can be disturbed. */
@Timeout(30)
class PostgresServerTest {
  /** Says aloud that a name does not match, which a test wants it to find. */
  private static final Logger NAMES = Logger.getLogger(PGjdbcHostnameVerifier.class.getName());

  private static PostgresServer own;
  private static PostgresServer encrypted;

  @BeforeAll
  static void startServers() {
    NAMES.setLevel(Level.OFF);
    own = PostgresServer.ownInstance();
    encrypted = PostgresServer.ownEncryptedInstance();
  }

  @AfterAll
  static void stopServers() {
    own.close();
    encrypted.close();
  }

  @AfterEach
  void letItGoOn() {
    own.resume();
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String url, String sql) throws SQLException {
    try (Connection connection = PostgresServer.connect(url)) {
      return ask(connection, sql);
    }
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = PostgresServer.connect(url)) {
      execute(connection, sql);
    }
  }

  @Test
  void whatIsCommittedIsOnDisk() throws SQLException {
    String url = PostgresServer.shared().newDatabase();
    assertThat(ask(url, "SHOW fsync")).isEqualTo("on");
    assertThat(ask(url, "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(ask(url, "SHOW full_page_writes")).isEqualTo("on");
  }

  @Test
  void eachDatabaseIsNewAndClosedToTheUserOfAnother() throws SQLException {
    String one = PostgresServer.shared().newDatabase();
    String two = PostgresServer.shared().newDatabase();
    execute(one, "CREATE TABLE t (x int)");
    assertThat(ask(two, "SELECT count(*) FROM pg_tables WHERE tablename = 't'")).isEqualTo("0");
    String password = one.substring(0, one.indexOf('@'));
    assertThatThrownBy(() -> PostgresServer.connect(password + two.substring(two.indexOf('@'))))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> PostgresServer.connect(one.replaceFirst(":[^:]*@", ":wrong@")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void theSharedServerIsNotDisturbed() {
    assertThatThrownBy(() -> PostgresServer.shared().pause())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> PostgresServer.shared().restartHard())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPausedServerIsSilentAndThenGoesOn() throws Exception {
    try (Connection connection = PostgresServer.connect(own.newDatabase())) {
      own.pause();
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ask(connection, "SELECT 7");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      own.resume();
      assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("7");
    }
  }

  @Test
  void aHardRestartKeepsWhatWasCommittedAndNothingElse() throws Exception {
    String url = own.newDatabase();
    execute(url, "CREATE TABLE t (x int)");
    execute(url, "INSERT INTO t VALUES (1)");
    try (Connection open = PostgresServer.connect(url)) {
      open.setAutoCommit(false);
      execute(open, "INSERT INTO t VALUES (2)");
      own.restartHard();
      assertThatThrownBy(open::commit).isInstanceOf(SQLException.class);
    }
    assertThat(ask(url, "SELECT string_agg(x::text, ',') FROM t")).isEqualTo("1");
    assertThat(ask(url, "SHOW fsync")).isEqualTo("on");
  }

  @Test
  void aHardRestartOfAPausedServerDoesNothingThatItWasSent() throws Exception {
    String url = own.newDatabase();
    execute(url, "CREATE TABLE t (x int)");
    try (Connection connection = PostgresServer.connect(url)) {
      own.pause();
      CompletableFuture<Void> insert =
          CompletableFuture.runAsync(
              () -> {
                try {
                  execute(connection, "INSERT INTO t VALUES (1)");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThatThrownBy(() -> insert.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      own.restartHard();
      assertThatThrownBy(() -> insert.get(10, TimeUnit.SECONDS))
          .hasStackTraceContaining("PSQLException");
    }
    assertThat(ask(url, "SELECT count(*) FROM t")).isEqualTo("0");
  }

  @Test
  void anEncryptedServerIsTrustedByItsAuthorityOnly() throws Exception {
    String url = encrypted.newDatabase();
    String verified = url + "?sslmode=verify-full&sslrootcert=";
    assertThat(
            ask(
                verified + encrypted.certificateAuthority(),
                "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
        .startsWith("TLSv1.");
    Path other = encrypted.otherCertificateAuthority();
    assertThatThrownBy(() -> PostgresServer.connect(verified + other))
        .isInstanceOf(SQLException.class)
        .hasStackTraceContaining("PKIX path");
    String unnamed = verified.replace("127.0.0.1", PostgresServer.UNNAMED_HOST);
    assertThatThrownBy(() -> PostgresServer.connect(unnamed + encrypted.certificateAuthority()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("could not be verified");
    assertThatThrownBy(() -> PostgresServer.connect(url + "?sslmode=disable"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("no encryption");
  }

  @Test
  void anEncryptedConnectionPassesTheProxyAndIsCutWithAll() throws Exception {
    try (CuttingProxy proxy = CuttingProxy.before(encrypted.port())) {
      String url =
          proxy.through(encrypted.newDatabase())
              + "?sslmode=verify-full&sslrootcert="
              + encrypted.certificateAuthority();
      try (Connection connection = PostgresServer.connect(url)) {
        assertThat(ask(connection, "SELECT 7")).isEqualTo("7");
        proxy.cutAll();
        assertThatThrownBy(() -> ask(connection, "SELECT 7")).isInstanceOf(SQLException.class);
      }
    }
  }
}
