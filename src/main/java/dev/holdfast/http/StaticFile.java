package dev.holdfast.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/**
 * A file that is the same for everybody, in memory.
 *
 * @param gzip the body compressed, or null where that saves nothing
 * @param etag without quotes: of the body as it is; compressed it has another
 */
record StaticFile(String contentType, Buffer body, Buffer gzip, String etag) {

  static StaticFile of(String contentType, byte[] body) {
    byte[] gzip = compressed(body);
    return new StaticFile(
        contentType,
        Buffer.buffer(body),
        // why: fonts and PDFs are compressed already
        gzip.length < body.length * 9 / 10 ? Buffer.buffer(gzip) : null,
        Requests.sha256(body).substring(0, 16));
  }

  private static byte[] compressed(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Answers a GET or HEAD with the whole file, or with 304 to who has it: a new version of the
   * server has new files, so a browser asks each time.
   */
  void send(RoutingContext context) {
    boolean compress = gzip != null && takesGzip(context);
    String tag = "\"" + etag + (compress ? "-gzip\"" : "\"");
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.ETAG, tag)
            .putHeader(HttpHeaders.VARY, "Accept-Encoding")
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (Encoded.isKnown(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
    if (compress) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    Buffer sent = compress ? gzip : body;
    // why: without it a reply to HEAD would not say how long the file is
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(sent.length())).end(sent);
  }

  private static boolean takesGzip(RoutingContext context) {
    return context.parsedHeaders().acceptEncoding().stream()
        .anyMatch(coding -> coding.value().equalsIgnoreCase("gzip") && coding.weight() > 0);
  }
}
