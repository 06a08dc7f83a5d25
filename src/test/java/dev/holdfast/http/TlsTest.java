package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.holdfast.Holdfast;
import dev.holdfast.cli.Settings;
import dev.holdfast.store.TestCertificates;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** TLS and HTTP/2 by two lines of configuration. */
class TlsTest {
  @TempDir private Path data;
  @TempDir private Path certificates;
  @TempDir private Path renewed;
  private Vertx vertx;
  private Holdfast holdfast;

  @BeforeEach
  void start() throws Exception {
    TestCertificates.write(certificates);
    TestCertificates.write(renewed);
    Settings settings =
        TestServer.settings(data, null)
            .with("http.tls.certificate", certificates.resolve(TestCertificates.SERVER))
            .with("http.tls.key", certificates.resolve(TestCertificates.SERVER_KEY));
    vertx = Vertx.vertx();
    holdfast =
        Holdfast.deploy(vertx, settings, reason -> {})
            .toCompletionStage()
            .toCompletableFuture()
            .get();
  }

  @AfterEach
  void stop() throws Exception {
    holdfast.close().toCompletionStage().toCompletableFuture().get();
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private HttpResponse<String> get(Path authorities, String path) throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(trusting(authorities.resolve(TestCertificates.AUTHORITY)))
            .build();
    return client.send(
        HttpRequest.newBuilder(URI.create(holdfast.url() + path))
            .timeout(Duration.ofSeconds(20))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static SSLContext trusting(Path authority) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    try (var in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void twoLinesOfConfigurationGiveTlsWithHttp2AndTellBrowsersToStayWithIt() throws Exception {
    HttpResponse<String> reply = get(certificates, "/api/v1/sessions");

    assertThat(holdfast.url()).startsWith("https://");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(reply.headers().firstValue("Strict-Transport-Security")).isPresent();
  }

  @Test
  void aNewCertificateIsTakenWithoutARestartAndABrokenOneIsNot() throws Exception {
    assertThatThrownBy(() -> get(renewed, "/health/live"))
        .isInstanceOf(SSLHandshakeException.class);

    replace(TestCertificates.SERVER_KEY);
    replace(TestCertificates.SERVER);

    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(SSLHandshakeException.class)
        .until(() -> get(renewed, "/health/live").statusCode() == 200);

    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(Listener.class)).addAppender(log);
    Files.writeString(certificates.resolve(TestCertificates.SERVER), "no certificate");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                List.copyOf(log.list).stream()
                    .anyMatch(line -> line.getMessage().contains("cannot be used")));
    assertThat(get(renewed, "/health/live").statusCode()).isEqualTo(200);
  }

  private void replace(String name) throws IOException {
    Files.move(
        renewed.resolve(name), certificates.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
