package dev.holdfast.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Stands in for {@code wrk}. Arguments: port, seconds, connections, a file of paths, a file of bodies. */
final class LoadClient {
  private final HttpClient client;
  private final int port;
  private final int connections;
  private final List<String> paths;
  private final List<String> bodies;
  private final long end;
  private int sent;
  private long answered;

  private LoadClient(Vertx vertx, String[] args) throws IOException {
    this.port = Integer.parseInt(args[0]);
    this.connections = Integer.parseInt(args[2]);
    this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(connections));
    this.end = System.nanoTime() + Long.parseLong(args[1]) * 1_000_000_000L;
    this.paths = Files.readAllLines(Path.of(args[3]));
    this.bodies = Files.readAllLines(Path.of(args[4]));
  }

  public static void main(String[] args) throws IOException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    LoadClient client = new LoadClient(vertx, args);
    long seconds = Long.parseLong(args[1]);
    vertx.runOnContext(
        now -> {
          for (int i = 0; i < client.connections; i++) {
            client.next();
          }
          vertx.setTimer(
              seconds * 1_000,
              over -> System.out.println("per second " + (double) client.answered / seconds));
        });
  }

  private void next() {
    int number = sent++;
    RequestOptions options =
        new RequestOptions()
            .setMethod(bodies.isEmpty() ? HttpMethod.GET : HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI(paths.get(number % paths.size()))
            .putHeader("X-Holdfast", "1")
            .putHeader("Content-Type", "application/json");
    Buffer body = bodies.isEmpty() ? null : Buffer.buffer(bodies.get(number % bodies.size()));
    client
        .request(options)
        .compose(request -> body == null ? request.send() : request.send(body))
        .compose(
            response -> response.statusCode() < 300 ? response.body() : response.end().mapEmpty())
        .onSuccess(this::answered)
        .onFailure(failure -> System.err.println("no answer: " + failure));
  }

  private void answered(Buffer body) {
    if (body == null) {
      System.err.println("an answer was not 2xx");
    } else if (System.nanoTime() < end) {
      answered++;
      next();
    }
  }
}
