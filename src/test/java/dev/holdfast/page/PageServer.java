package dev.holdfast.page;

import dev.holdfast.Holdfast;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.cli.Settings;
import dev.holdfast.session.Command;
import dev.holdfast.session.CompleteSession;
import dev.holdfast.session.CreateSession;
import dev.holdfast.session.FailSession;
import dev.holdfast.session.Failure;
import dev.holdfast.session.Quote;
import dev.holdfast.session.ReportRows;
import dev.holdfast.session.Row;
import dev.holdfast.session.RowStatus;
import dev.holdfast.session.Session;
import dev.holdfast.session.Statistics;
import dev.holdfast.session.StopSession;
import dev.holdfast.store.Backup;
import dev.holdfast.store.Restoration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server of its own for each test, with an empty data directory. Register it before the browser,
 * whose windows then close before it stops.
 */
final class PageServer implements BeforeEachCallback, AfterEachCallback {
  static final String BID_SPEC = "bid-spec";
  private static final int ANSWER_SECONDS = 30;

  private Path data;
  private Vertx vertx;
  private Holdfast holdfast;
  private int port;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    data = Files.createTempDirectory("holdfast-page");
    start(null);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    stop();
    port = 0;
    removeData();
  }

  private void removeData() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  void backUp(Path file) throws Exception {
    Backup.write(data, file);
  }

  /** Stops, and starts on the data of a backup and the port of before. */
  void restore(Path backup) throws Exception {
    stop();
    removeData();
    Restoration.run(backup, data);
    start(null);
  }

  /** Starts on the data and the port of before. */
  void start(String token) {
    Settings open = Settings.DEFAULT.withPort(port).withData(data);
    Settings settings = token == null ? open : open.with("admin.token", token);
    vertx = Vertx.vertx();
    holdfast = await(Holdfast.deploy(vertx, settings, reason -> {}));
    port = holdfast.port();
  }

  void stop() {
    if (holdfast != null) {
      await(holdfast.close());
      holdfast = null;
    }
    await(vertx.close());
  }

  /** Starts on the same port with another journal, as after a restore. */
  void startAnew() throws IOException {
    data = Files.createTempDirectory("holdfast-page");
    start(null);
  }

  String url() {
    return "http://127.0.0.1:" + port + "/";
  }

  String url(Session session) {
    return url() + "#/sessions/" + session.id();
  }

  SessionClient client() {
    return holdfast.client();
  }

  /** A running session without a document, whose rows come from the test. */
  Session external(String title) {
    return external(title, BID_SPEC);
  }

  Session external(String title, String questionSet) {
    return send(create(title, questionSet));
  }

  static CreateSession create(String title, String questionSet) {
    String id = SessionClient.newId();
    return new CreateSession(id, title, "external", null, questionSet, 0, Map.of());
  }

  List<Session> externals(String title, int number) {
    List<Future<Session>> created =
        Stream.iterate(1, n -> n + 1)
            .limit(number)
            .map(n -> client().send(create(title + " " + n, BID_SPEC)).map(done -> done.value()))
            .toList();
    return created.stream().map(PageServer::await).toList();
  }

  static Row answer(String questionId, String text) {
    return new Row(
        questionId,
        RowStatus.ANSWERED,
        text,
        List.of(3, 1),
        0.83,
        List.of(new Quote(3, "Quoted: " + text.substring(0, Math.min(200, text.length())))),
        null,
        0);
  }

  void report(Session session, Row... rows) {
    send(new ReportRows(session.id(), session.attempt(), List.of(rows)));
  }

  void complete(Session session) {
    send(new CompleteSession(session.id(), session.attempt(), Statistics.NONE));
  }

  void fail(Session session, String message) {
    Failure error = new Failure("broken", message);
    send(new FailSession(session.id(), session.attempt(), error));
  }

  void stop(Session session, String reason) {
    send(new StopSession(session.id(), reason, OptionalLong.empty()));
  }

  <T> T send(Command<T> command) {
    return await(client().send(command)).value();
  }

  /** What the future brings; a test that waits in vain fails here. */
  static <T> T await(Future<T> future) {
    try {
      return future.await(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within " + ANSWER_SECONDS + " s", e);
    }
  }
}
