package dev.holdfast.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The document of the API, for programs and for people; it holds no data, so all may read it. */
final class ContractRoutes {
  static final String DOCUMENT = "/api/openapi.json";
  private static final String RESOURCE = "/openapi.json";
  private final Buffer document = read();
  private final String etag = "\"" + Requests.sha256(document.toString()).substring(0, 16) + "\"";

  private static Buffer read() {
    try (InputStream in = ContractRoutes.class.getResourceAsStream(RESOURCE)) {
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void mount(Router router) {
    Requests.read(router, DOCUMENT).handler(this::document);
    Requests.read(router, "/docs").handler(ContractRoutes::page);
  }

  private void document(RoutingContext context) {
    context.response().putHeader("ETag", etag).putHeader("Cache-Control", "no-cache");
    if (etag.equals(context.request().getHeader("If-None-Match"))) {
      context.response().setStatusCode(304).end();
    } else {
      context.response().putHeader("Content-Type", "application/json").end(document);
    }
  }

  private static void page(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Type", "text/html;charset=UTF-8")
        .putHeader("Cache-Control", "no-cache")
        .sendFile("webroot/docs/index.html")
        .onFailure(context::fail);
  }
}
