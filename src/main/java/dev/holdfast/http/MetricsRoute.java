package dev.holdfast.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The measurements in the format of Prometheus. */
final class MetricsRoute {
  static final String PATH = "/metrics";
  private final Measurements measurements;

  MetricsRoute(Measurements measurements) {
    this.measurements = measurements;
  }

  void mount(Router router) {
    Requests.read(router, PATH).handler(this::send);
  }

  private void send(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .end(measurements.scrape());
  }
}
