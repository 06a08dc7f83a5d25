package dev.holdfast.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

/** A listener for the measurements alone, which asks for no credential. */
public final class MetricsVerticle extends VerticleBase {
  private static final int IDLE_SECONDS = 30;
  private final String host;
  private final int port;
  private final Measurements measurements;
  private HttpServer server;

  public MetricsVerticle(String host, int port, Measurements measurements) {
    this.host = host;
    this.port = port;
    this.measurements = measurements;
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    router.route().failureHandler(Problems::handle);
    Unmatched.mount(router);
    new MetricsRoute(measurements).mount(router);
    HttpServerOptions options =
        new HttpServerOptions().setHost(host).setPort(port).setIdleTimeout(IDLE_SECONDS);
    return vertx
        .createHttpServer(options)
        .requestHandler(router)
        .listen()
        .onSuccess(listening -> server = listening);
  }

  /** The bound port. */
  public int port() {
    return server.actualPort();
  }
}
