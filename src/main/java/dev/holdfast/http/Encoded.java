package dev.holdfast.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
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
    if (isRead(context) && isKnown(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
      context.response().setStatusCode(304).end();
    } else {
      context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(body);
    }
  }

  /** A change has an answer of its own, whatever the client held before it. */
  private static boolean isRead(RoutingContext context) {
    HttpMethod method = context.request().method();
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  /** Whether the tags that a client knows, if it names any, have that one among them. */
  static boolean isKnown(String known, String tag) {
    return known != null && (known.equals("*") || known.contains(tag));
  }
}
