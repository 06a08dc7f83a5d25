package dev.holdfast.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * An answer as bytes.
 *
 * @param etag without quotes: changes whenever the body does
 * @param revision of the read
 * @param next a relative link to the page behind this one, or null
 */
record Encoded(String etag, long revision, Buffer body, String next) {

  Encoded(String etag, long revision, Buffer body) {
    this(etag, revision, body, null);
  }

  /** Answers the request, without the body when the client has it. */
  void send(RoutingContext context) {
    String tag = "\"" + etag + "\"";
    context
        .response()
        .putHeader(HttpHeaders.ETAG, tag)
        .putHeader("Holdfast-Revision", Long.toString(revision))
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (next != null) {
      context.response().putHeader("Link", "<" + next + ">; rel=\"next\"");
    }
    String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && (known.equals("*") || known.contains(tag))) {
      context.response().setStatusCode(304).end();
    } else {
      context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(body);
    }
  }
}
