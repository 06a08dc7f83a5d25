package dev.holdfast.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;

/** The library that draws the charts, out of its archive. */
final class ChartLibrary {
  private static final String ROOT = "META-INF/resources/webjars/uplot/1.6.30/dist";

  private ChartLibrary() {}

  static void mount(Router router) {
    router
        .route("/uplot/*")
        .handler(StaticHandler.create(ROOT).setIncludeHidden(false).setDirectoryListing(false));
  }
}
