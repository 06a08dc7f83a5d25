package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.bus.Address;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Refusal;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.Reply.Refused;
import dev.holdfast.session.SweepReport;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cleanup that goes on for longer than a connection may be silent. */
@Timeout(60)
class LongCleanupTest {
  private static final int IDLE_MILLIS = 600;
  private static final Duration SILENT_MAX = Duration.ofMillis(100);
  private static final long REVISION = 7;

  /** So many take longer than the connection may be idle. */
  private static final int SPACES = 15;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Semaphore steps = new Semaphore(0);
  private volatile Envelope<?> last;
  private volatile Object end;
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    vertx
        .eventBus()
        .<Envelope<?>>consumer(Address.COMMAND)
        .handler(
            command -> {
              last = command.body();
              steps.release();
              command.reply(end == null ? new Done<>(REVISION, true, report(true)) : end);
            });
    Router router = Router.router(vertx);
    router.route().failureHandler(Problems::handle);
    router.route().handler(BodyHandler.create(false));
    router
        .route()
        .handler(
            context -> {
              Who.LOCAL.remember(context);
              context.next();
            });
    SessionClient client = new SessionClient(vertx, new Caller("http", "http", null));
    new CleanupRoutes(vertx, client, SILENT_MAX).mount(router);
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setIdleTimeout(IDLE_MILLIS)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    server =
        vertx.createHttpServer(options).requestHandler(router).listen().await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static SweepReport report(boolean more) {
    return new SweepReport(Instant.EPOCH, false, 0, 3, 2, 1, 0, more);
  }

  private void finish() {
    end = new Done<>(REVISION, true, report(false));
  }

  private void refuse() {
    end = new Refused<>(REVISION, Refusal.JOURNAL_UNAVAILABLE, "The disk is full.");
  }

  private HttpResponse<InputStream> post() throws IOException, InterruptedException {
    return post(HttpClient.Version.HTTP_1_1);
  }

  private HttpResponse<InputStream> post(HttpClient.Version version)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + "/api/v1/cleanup");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .version(version)
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private static String read(InputStream body, int bytes) throws IOException {
    return new String(body.readNBytes(bytes), StandardCharsets.UTF_8);
  }

  private static String readTo(InputStream in, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      String next = read(in, 1);
      assertThat(next).as("after %s", read).isNotEmpty();
      read.append(next);
    }
    return read.toString();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void itIsAnsweredAfterSpacesThatKeepTheConnection(HttpClient.Version version) throws Exception {
    HttpResponse<InputStream> answer = post(version);
    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(read(answer.body(), SPACES)).isBlank().hasSize(SPACES);
    finish();

    JsonNode report = Reply.parse(read(answer.body(), Integer.MAX_VALUE));
    assertThat(report.get("expired").asInt()).isEqualTo(3);
    assertThat(report.get("running").asBoolean()).isFalse();
    assertThat(report.get("revision").asLong()).isEqualTo(REVISION);
  }

  @Test
  void itsRevisionComesBehindIt() throws Exception {
    try (RawClient raw = new RawClient(server.actualPort())) {
      raw.lines("POST /api/v1/cleanup HTTP/1.1\nHost: HOST\nContent-Length: 0\n\n");
      steps.acquire();
      String head = readTo(raw.in(), "\r\n\r\n1\r\n ");
      finish();
      readTo(raw.in(), "\r\n0\r\n");

      assertThat(head).containsIgnoringCase("\r\nTrailer: Holdfast-Revision\r\n");
      assertThat(readTo(raw.in(), "\r\n\r\n"))
          .isEqualToIgnoringCase("Holdfast-Revision: " + REVISION + "\r\n\r\n");
    }
  }

  @Test
  void whatIsDoneSoonHasNoSpaces() throws Exception {
    finish();

    HttpResponse<InputStream> answer = post();

    assertThat(answer.headers().firstValue("Holdfast-Revision")).hasValue("" + REVISION);
    assertThat(read(answer.body(), Integer.MAX_VALUE)).startsWith("{\"revision\":7,");
  }

  @Test
  void whatFailsSoonIsAProblem() throws Exception {
    refuse();

    assertThat(post().statusCode()).isEqualTo(503);
  }

  /** The status is said by then, and half an answer must not look like one. */
  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void whatFailsLateIsCutShort(HttpClient.Version version) throws Exception {
    HttpResponse<InputStream> answer = post(version);
    read(answer.body(), 1);
    refuse();

    assertThatThrownBy(() -> read(answer.body(), Integer.MAX_VALUE))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whoeverLeavesDoesNotEndIt() throws Exception {
    try (RawClient raw = new RawClient(server.actualPort())) {
      raw.lines("POST /api/v1/cleanup HTTP/1.1\nHost: HOST\nContent-Length: 0\n\n");
      steps.acquire();
      raw.vanish();
    }
    Envelope<?> before = last;
    steps.drainPermits();

    assertThat(steps.tryAcquire(100, 30, TimeUnit.SECONDS)).isTrue();

    assertThat(last.commandId()).isNotEqualTo(before.commandId());
    finish();
  }
}
