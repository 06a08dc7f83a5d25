package dev.holdfast.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The floor of reads and streams: Vert.x with the options of our server and nothing on top. {@code
 * GET /bytes/n} makes one hop over the event bus and returns n cached bytes; {@code GET /stream/n}
 * gets a shared buffer of n bytes ten times a second; a POST is answered at once.
 */
final class FloorServer extends VerticleBase {
  private static final String HOP = "floor";
  private static final String FRAMES = "frames";

  /** A negative port is a free one that all instances share. */
  private static final int ONE_FREE_PORT = -1;

  private static final long FRAME_MILLIS = 100;
  private static final AtomicInteger PORT = new AtomicInteger();

  private final Map<Integer, Buffer> cached = new HashMap<>();
  private final Set<HttpServerResponse> streams = new LinkedHashSet<>();
  private int frameBytes;

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    vertx.eventBus().<String>consumer(HOP, message -> message.reply(1L));
    vertx.setPeriodic(
        FRAME_MILLIS,
        timer ->
            vertx
                .eventBus()
                .publish(FRAMES, Instant.ofEpochMilli(System.currentTimeMillis()).toString()));
    int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
    vertx
        .deployVerticle(new FloorServer())
        .compose(
            first ->
                vertx.deployVerticle(
                    FloorServer::new, new DeploymentOptions().setInstances(cores - 1)))
        .onSuccess(deployed -> System.out.println("port " + PORT.get()))
        .onFailure(Throwable::printStackTrace);
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(ONE_FREE_PORT)
            .setIdleTimeout(30)
            .setMaxHeaderSize(8 << 10)
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(true)
            .setTcpKeepAlive(true);
    options.setTcpUserTimeout(20_000);
    options.setSendBufferSize(65_536);
    vertx.eventBus().<String>consumer(FRAMES, message -> frame(message.body()));
    return vertx
        .createHttpServer(options)
        .requestHandler(this::handle)
        .listen()
        .onSuccess(server -> PORT.set(server.actualPort()));
  }

  private void handle(HttpServerRequest request) {
    int bytes = Integer.parseInt("0" + request.path().replaceAll("\\D", ""));
    if (request.path().startsWith("/bytes/")) {
      vertx.eventBus().request(HOP, "").onSuccess(reply -> send(request.response(), bytes));
    } else if (request.path().startsWith("/stream/")) {
      open(request.response(), bytes);
    } else {
      request.body().onSuccess(body -> request.response().end("{\"id\":\"none\"}"));
    }
  }

  private void send(HttpServerResponse response, int bytes) {
    Buffer body = cached.computeIfAbsent(bytes, n -> Buffer.buffer("x".repeat(n)));
    response.putHeader("Content-Type", "application/json").end(body);
  }

  private void open(HttpServerResponse response, int bytes) {
    frameBytes = bytes;
    response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    response.setWriteQueueMaxSize(65_536);
    response.closeHandler(closed -> streams.remove(response));
    response.write(Buffer.buffer("retry: 1000\n\n"));
    streams.add(response);
  }

  /** The same buffer to everybody, in the size and with the time stamp of one of our frames. */
  private void frame(String stamp) {
    if (!streams.isEmpty()) {
      String event = "data: {\"createdAt\":\"" + stamp;
      String rest = "x".repeat(Math.max(0, frameBytes - event.length() - 3));
      Buffer frame = Buffer.buffer(event + "\"" + rest + "\n\n");
      streams.forEach(stream -> stream.write(frame));
    }
  }
}
