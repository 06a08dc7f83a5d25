package dev.holdfast.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
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

  static void mount(Router router) {
    StaticHandler files =
        StaticHandler.create(ROOT)
            .setIncludeHidden(false)
            .setDirectoryListing(false)
            .setMaxAgeSeconds(0);
    router.route("/pdfjs/*").handler(context -> file(context, files));
  }

  private static void file(RoutingContext context, StaticHandler files) {
    String path = context.normalizedPath();
    if (!SERVED.matcher(path).matches()) {
      context.fail(404);
      return;
    }
    if (path.endsWith(".mjs")) {
      context.response().putHeader("Content-Type", "text/javascript; charset=utf-8");
    }
    if (path.equals(WORKER)) {
      SecurityHeaders.allowWebAssembly(context.response());
    }
    context.addHeadersEndHandler(v -> context.response().putHeader("Cache-Control", "no-cache"));
    files.handle(context);
  }
}
