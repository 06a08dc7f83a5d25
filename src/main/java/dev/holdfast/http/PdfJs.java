package dev.holdfast.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * The library that draws PDFs in the browser, out of its WebJar: the parts that draw, none of those
 * that would run scripts of a document.
 */
final class PdfJs {
  private static final String ROOT = "META-INF/resources/webjars/pdfjs-dist/4.10.38";
  private static final Pattern SERVED =
      Pattern.compile(
          "/pdfjs/(build/pdf(\\.worker)?\\.min\\.mjs|cmaps/[\\w-]+\\.bcmap"
              + "|standard_fonts/\\w+(-\\w+)?\\.(pfb|ttf))");
  private static final String WORKER = "/pdfjs/build/pdf.worker.min.mjs";

  private PdfJs() {}

  static void mount(Vertx vertx, Router router) {
    StaticFiles files = new StaticFiles(vertx, ROOT, "/pdfjs");
    router.route("/pdfjs/*").handler(context -> file(context, files));
  }

  private static void file(RoutingContext context, StaticFiles files) {
    String path = context.normalizedPath();
    if (!SERVED.matcher(path).matches()) {
      context.fail(404);
      return;
    }
    if (path.equals(WORKER)) {
      SecurityHeaders.allowWebAssembly(context.response());
    }
    files.handle(context);
  }
}
