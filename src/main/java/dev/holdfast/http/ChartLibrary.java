package dev.holdfast.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** The library that draws the charts, out of its archive. */
final class ChartLibrary {
  private static final String ROOT = "META-INF/resources/webjars/uplot/1.6.30/dist";

  private ChartLibrary() {}

  static void mount(Vertx vertx, Router router) {
    router.route("/uplot/*").handler(new StaticFiles(vertx, ROOT, "/uplot"));
  }
}
