package dev.holdfast.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file (RFC 9110, section 14).
 *
 * @param first offset of the first byte
 * @param last offset of the last byte
 */
record ByteRange(long first, long last) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** The range that the header asks for; null for the whole: also for what is not understood. */
  static ByteRange of(String header, long length) {
    Matcher range = SINGLE.matcher(header == null ? "" : header.trim());
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return null;
    }
    if (range.group(1).isEmpty()) {
      long suffix = Math.min(Long.parseLong(range.group(2)), length);
      return new ByteRange(length - suffix, length - 1);
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? length - 1 : Long.parseLong(range.group(2));
    return new ByteRange(first, Math.min(last, length - 1));
  }

  private boolean isSatisfiable(long length) {
    return first < length && first <= last;
  }

  /** Answers with the PDF, or the part of it that was asked for. */
  static Future<Void> send(RoutingContext context, Path pdf, long length) {
    HttpServerResponse response = context.response();
    response
        .putHeader("Accept-Ranges", "bytes")
        .putHeader("Content-Type", "application/pdf")
        .putHeader("Content-Disposition", "inline")
        .putHeader("Cache-Control", "private, max-age=86400");
    ByteRange range = of(context.request().getHeader("Range"), length);
    if (context.request().method() == HttpMethod.HEAD) {
      return response.putHeader("Content-Length", Long.toString(length)).end();
    }
    if (range == null) {
      return response.sendFile(pdf.toString());
    }
    if (!range.isSatisfiable(length)) {
      response.putHeader("Content-Range", "bytes */" + length);
      return Future.failedFuture(
          new ProblemException(
              Problem.Type.RANGE, "The document has " + length + " bytes; ask within them."));
    }
    response
        .setStatusCode(206)
        .putHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + length);
    return response.sendFile(pdf.toString(), range.first(), range.last() - range.first() + 1);
  }
}
