package dev.holdfast.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** What every reply tells the browser not to do. */
final class SecurityHeaders {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types holdfast";

  private SecurityHeaders() {}

  /**
   * For the worker that decodes PDFs, and no page: its decoder of JPEG 2000 is WebAssembly, and a
   * worker keeps to the policy that its own script came with.
   */
  static void allowWebAssembly(HttpServerResponse response) {
    response.putHeader(
        "Content-Security-Policy",
        POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"));
  }

  static void add(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (request.isSSL()) {
      response.putHeader("Strict-Transport-Security", "max-age=31536000");
    }
    response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
  }
}
