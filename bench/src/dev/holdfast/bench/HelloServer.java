package dev.holdfast.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** The floor of starts: the shortest Vert.x program that answers. Argument: port. */
final class HelloServer {
  private HelloServer() {}

  public static void main(String[] args) {
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .createHttpServer()
        .requestHandler(request -> request.response().end("hello"))
        .listen(Integer.parseInt(args[0]), "127.0.0.1")
        .onFailure(Throwable::printStackTrace);
  }
}
