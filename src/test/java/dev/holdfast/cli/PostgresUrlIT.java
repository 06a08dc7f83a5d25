package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.ServerProcess.Ended;
import dev.holdfast.store.JdbcStore;
import dev.holdfast.store.PostgresServer;
import dev.holdfast.store.Store;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The URL of a database, right and wrong; its password is never said. */
@Timeout(600)
class PostgresUrlIT {
  private static PostgresServer encrypted;
  @TempDir private Path data;

  @BeforeAll
  static void startServer() {
    encrypted = PostgresServer.ownEncryptedInstance();
  }

  @AfterAll
  static void stopServer() {
    encrypted.close();
  }

  private static List<String> on(String url) {
    return List.of("env", "HOLDFAST_LOG_LEVEL=DEBUG", "HOLDFAST_STORE_URL=" + url);
  }

  private static String verified(String url, Path authority) {
    return url + "?sslmode=verify-full&sslrootcert=" + authority;
  }

  private static String password(String url) {
    return URI.create(url).getRawUserInfo().split(":")[1];
  }

  @Test
  void aDatabaseWhoseCertificateIsVerifiedIsUsed() throws Exception {
    String url = encrypted.newDatabase();
    try (ServerProcess server =
        ServerProcess.startUnder(on(verified(url, encrypted.certificateAuthority())), data)) {
      assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
      server.stop();
      assertThat(server.output()).noneMatch(line -> line.contains(password(url)));
    }
  }

  @Test
  void aWrongPasswordIsSaidWithoutThePassword() throws Exception {
    String url = encrypted.newDatabase().replaceFirst(":[^:]*@", ":not-this-one@");
    Ended ended = ServerProcess.runUnder(on(url), data);
    assertThat(ended.code()).as(ended.output()).isEqualTo(Serve.STORE_UNAVAILABLE);
    assertThat(ended.output())
        .contains("holdfast: The database jdbc:postgresql://127.0.0.1:")
        .contains("password authentication failed", "docs/OPERATIONS.md")
        .doesNotContain(password(url));
  }

  @Test
  void aDatabaseThatIsNotThereOrNotTrustedIsSaid() throws Exception {
    String url = encrypted.newDatabase();
    refused(verified(url, encrypted.otherCertificateAuthority()), "PKIX");
    refused(url.replace("/test_", "/no_"), "no_");
    refused(url.replaceFirst(":\\d+/", ":" + closedPort() + "/"), "refused");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void refused(String url, String says) throws Exception {
    Vertx vertx = Vertx.vertx();
    assertThatThrownBy(() -> JdbcStore.open(vertx, url, data))
        .isInstanceOf(Store.Unavailable.class)
        .hasMessageContainingAll("The database jdbc:postgresql://127.0.0.1:", says)
        .hasMessageContainingAll("Check host, port, user, password", "docs/OPERATIONS.md")
        .hasMessageNotContaining(password(url));
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aUrlThatIsNoneIsAMistakeOfTheConfiguration() throws Exception {
    Ended ended = ServerProcess.runUnder(on("mysql://ana:s3cret-word@localhost/db"), data);
    assertThat(ended.code()).as(ended.output()).isEqualTo(Serve.USAGE);
    assertThat(ended.output()).contains("store.url must be").doesNotContain("s3cret-word");
    for (String url :
        List.of(
            "mysql://ana:s3cret-word@localhost/db",
            "postgresql://ana:s3cret-word@localhost",
            "postgresql://ana:s3cret-word@%@localhost/db",
            "postgresql://localhost/db")) {
      assertThatThrownBy(() -> JdbcStore.checkUrl(url))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("store.url must be")
          .hasMessageNotContaining("s3cret-word");
    }
  }
}
