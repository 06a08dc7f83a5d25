package dev.holdfast.http;

import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The document of the API, for programs and for people; it holds no data, so all may read it. */
final class ContractRoutes {
  static final String DOCUMENT = "/api/openapi.json";
  private static final String RESOURCE = "/openapi.json";
  private static final StaticFile FILE = read();

  private final StaticFiles page;

  ContractRoutes(StaticFiles page) {
    this.page = page;
  }

  private static StaticFile read() {
    try (InputStream in = ContractRoutes.class.getResourceAsStream(RESOURCE)) {
      return StaticFile.of("application/json", in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void mount(Router router) {
    Requests.read(router, DOCUMENT).handler(FILE::send);
    Requests.read(router, "/docs").handler(context -> page.send(context, "/docs/index.html"));
  }
}
