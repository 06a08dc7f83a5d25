package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Holdfast;
import dev.holdfast.cli.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A whole server in this process, on a free port of the loopback, and a client of it. */
public final class TestServer implements AutoCloseable {
  /** A question set with the questions Q1 to Q5 in two sections. */
  public static final String SET = "small";

  /** A body that makes an external session, which needs no document and no analysis. */
  public static final Map<String, Object> EXTERNAL =
      Map.of("questionSet", SET, "analyzer", "external");

  private final Settings settings;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Vertx vertx;
  private Holdfast holdfast;

  private TestServer(Settings settings) {
    this.settings = settings;
  }

  public static TestServer start(Path data) {
    return start(settings(data, null));
  }

  /** Starts a server and stores the question set {@link #SET}. */
  public static TestServer start(Settings settings) {
    TestServer server = new TestServer(settings);
    server.open();
    String token = settings.admin().token();
    String[] credentials = token == null ? new String[0] : bearer(token);
    Reply stored = server.put("/api/v1/question-sets/" + SET, questionSet(SET), credentials);
    assertThat(stored.status()).as("%s", stored).isIn(200, 201);
    return server;
  }

  /** The defaults with small limits on uploads. */
  public static Settings settings(Path data, String token) {
    return settings(data, token, Settings.DEFAULT.store().url());
  }

  /**
   * @param store the URL of the store
   */
  public static Settings settings(Path data, String token, String store) {
    Settings open =
        Settings.DEFAULT
            .withPort(0)
            .withData(data)
            .with("store.url", store)
            .with("http.names", "holdfast.example")
            .with("http.streamsMax", 100)
            .with("documents.mebibytesMax", 1)
            .with("documents.uploadsMax", 4)
            .with("documents.uploadSeconds", 30);
    return token == null ? open : open.with("admin.token", token);
  }

  /** Like {@link #settings}, with another retention and grace. */
  public static Settings kept(Path data, int days, int graceMinutes) {
    return settings(data, null)
        .with("retention.days", days)
        .with("retention.graceMinutes", graceMinutes);
  }

  /** The header that carries the token. */
  public static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  public static Map<String, Object> questionSet(String name) {
    return Map.of(
        "name",
        name,
        "title",
        "A small set",
        "sections",
        List.of(
            section("general", question("Q1"), question("Q2")),
            section("money", question("Q3"), question("Q4"), question("Q5"))));
  }

  private static Map<String, Object> section(String id, Object... questions) {
    return Map.of("id", id, "name", "About " + id, "questions", List.of(questions));
  }

  private static Map<String, Object> question(String id) {
    return Map.of("id", id, "text", "What about " + id + "?");
  }

  /** A report of one answered row. */
  public static Map<String, Object> row(String questionId, String answer) {
    return Map.of("questionId", questionId, "status", "answered", "answer", answer);
  }

  /** The body of a report in the first attempt. */
  public static Map<String, Object> rows(Object... rows) {
    return Map.of("attempt", 1, "rows", List.of(rows));
  }

  private void open() {
    vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    try {
      holdfast = await(Holdfast.deploy(vertx, settings, reason -> {}));
    } catch (IllegalStateException e) {
      await(vertx.close());
      throw e;
    }
  }

  /** Stops the server; its data stay. */
  public void stop() {
    if (vertx != null) {
      await(holdfast.close());
      await(vertx.close());
      vertx = null;
    }
  }

  /** Stops the server and starts it anew on the same data. */
  public void restart() {
    stop();
    open();
  }

  @Override
  public void close() {
    stop();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return holdfast.port();
  }

  int metricsPort() {
    return holdfast.metricsPort();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** A connection to misbehave on. */
  public RawClient raw() throws IOException {
    return new RawClient(port());
  }

  /** The revision of the durable state. */
  public long revision() {
    return get("/health/ready").json().get("revision").asLong();
  }

  public Reply get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  public Reply post(String path, Object json, String... headers) {
    return change("POST", path, json, headers);
  }

  public Reply put(String path, Object json, String... headers) {
    return change("PUT", path, json, headers);
  }

  public Reply patch(String path, Object json, String... headers) {
    return change("PATCH", path, json, headers);
  }

  public Reply delete(String path, String... headers) {
    return change("DELETE", path, null, headers);
  }

  /** A change as this server's own clients send it; text is sent as it is, null not at all. */
  public Reply change(String method, String path, Object json, String... headers) {
    BodyPublisher body = BodyPublishers.noBody();
    String[] all = with(headers, "X-Holdfast", "1");
    if (json != null) {
      body =
          BodyPublishers.ofByteArray(
              json instanceof String text ? text.getBytes(Reply.UTF_8) : Reply.bytes(json));
      all = with(all, "Content-Type", "application/json");
    }
    return send(method, path, body, all);
  }

  /** Uploads as {@code application/pdf}. */
  public Reply upload(String query, byte[] pdf, String... headers) {
    return send(
        "POST",
        "/api/v1/documents" + query,
        BodyPublishers.ofByteArray(pdf),
        with(with(headers, "X-Holdfast", "1"), "Content-Type", "application/pdf"));
  }

  /** A header that is given overrides a default. */
  private static String[] with(String[] headers, String name, String value) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase(name)) {
        return headers;
      }
    }
    String[] more = Arrays.copyOf(headers, headers.length + 2);
    more[headers.length] = name;
    more[headers.length + 1] = value;
    return more;
  }

  /** Sends just what is given. */
  public Reply send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, body).timeout(Duration.ofSeconds(30));
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i + 1] != null) {
        request.header(headers[i], headers[i + 1]);
      }
    }
    try {
      HttpRequest sent = request.build();
      Reply reply = Reply.of(client.send(sent, BodyHandlers.ofByteArray()));
      String type = sent.headers().firstValue("Content-Type").orElse(null);
      Contract.check(method, path, type, bytes(body), reply);
      return reply;
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path + " broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A body once more, for the document of the API to be held against it. */
  private static byte[] bytes(BodyPublisher body) {
    BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    body.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            bytes.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer item) {
            bytes.onNext(List.of(item));
          }

          @Override
          public void onError(Throwable broken) {
            bytes.onError(broken);
          }

          @Override
          public void onComplete() {
            bytes.onComplete();
          }
        });
    return bytes.getBody().toCompletableFuture().join();
  }

  /** Makes a running session that somebody else reports for; its id. */
  public String create(String title) {
    Reply created =
        post(
            "/api/v1/sessions", Map.of("questionSet", SET, "analyzer", "external", "title", title));
    assertThat(created.status()).as("%s", created).isEqualTo(201);
    return created.json().get("id").asText();
  }

  /** Moves the expiry of an ended session into the past. */
  public void expire(String id) {
    patch(session(id), Map.of("expiresAt", "2020-01-01T00:00:00Z")).is(200);
  }

  /** Carries out what is due. */
  public Reply cleanUp() {
    return post("/api/v1/cleanup", null).is(200);
  }

  /** A request that must be refused so, and change nothing. */
  public void refuses(int status, String type, Supplier<Reply> request) {
    long revision = revision();
    request.get().isProblem(status, type);
    assertThat(revision()).as("revision").isEqualTo(revision);
  }

  /** The path of a session. */
  public static String session(String id) {
    return "/api/v1/sessions/" + id;
  }
}
