package dev.holdfast.http;

import dev.holdfast.bus.RefusedException;
import dev.holdfast.store.Store;
import io.netty.channel.unix.Errors;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.SocketException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every failure with a problem; nothing of the inside shows. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final String RETRY_SECONDS = "2";
  private static final long LINGER_MILLIS = 500;

  private Problems() {}

  /** The failure handler of all routes. */
  public static void handle(RoutingContext context) {
    Throwable failure = context.failure();
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed() || isClientGone(failure)) {
      return;
    }
    if (response.headWritten()) {
      LOG.warn("answer cut short path={}", context.request().path(), failure);
      response.reset();
      return;
    }
    if (failure instanceof ProblemException known && known.retrySeconds() > 0) {
      response.putHeader("Retry-After", Long.toString(known.retrySeconds()));
    }
    send(context.request(), problem(context, failure));
  }

  private static boolean isClientGone(Throwable failure) {
    return failure instanceof HttpClosedException
        || failure instanceof SocketException
        || failure instanceof Errors.NativeIoException;
  }

  private static Problem problem(RoutingContext context, Throwable failure) {
    String path = context.request().path();
    if (failure instanceof ProblemException known) {
      return Problem.of(known.type(), known.getMessage(), path, null);
    }
    if (failure instanceof RefusedException refused) {
      Long revision = refused.revision() == 0 ? null : refused.revision();
      return Problem.of(Problem.Type.of(refused.reason()), refused.getMessage(), path, revision);
    }
    if (failure instanceof Store.Unavailable) {
      LOG.error("the store failed path={}", path, failure);
      return Problem.of(
          Problem.Type.JOURNAL_UNAVAILABLE, "The store does not answer; try again.", path, null);
    }
    int status = status(context, failure);
    if (status < 500 && status >= 400) {
      return Problem.of(Problem.Type.ofStatus(status), detail(status), path, null);
    }
    LOG.error("request broke path={}", path, failure);
    return Problem.of(
        Problem.Type.INTERNAL, "It is in the server's log; tell its operator.", path, null);
  }

  /** A close with bytes unread resets the connection, and the client may never see the answer. */
  private static void closeLater(HttpServerRequest request) {
    Vertx.currentContext().owner().setTimer(LINGER_MILLIS, timer -> request.connection().close());
  }

  /** Where a body cannot be parsed Netty fails the request with what its parser threw. */
  private static int status(RoutingContext context, Throwable failure) {
    if (failure != null && context.request().decoderResult().isFailure()
        || failure instanceof NumberFormatException) {
      return 400;
    }
    return failure == null || context.statusCode() < 500 ? context.statusCode() : 500;
  }

  private static String detail(int status) {
    return switch (status) {
      case 404 -> "No route has this path; the routes are listed in the API reference.";
      case 405 -> "Use a method that the path takes; the Allow header names them.";
      case 413 -> "Send less: JSON bodies up to 64 KiB, question sets and row reports up to 1 MiB.";
      case 414 -> "Shorten the query.";
      case 431 -> "Send fewer or shorter header fields: 8 KiB in all.";
      default -> "Send a well-formed HTTP/1.1 request.";
    };
  }

  /** Answers with the problem of a status that no failure stands behind. */
  static void handleStatus(RoutingContext context, int status) {
    String path = context.request().path();
    send(context.request(), Problem.of(Problem.Type.ofStatus(status), detail(status), path, null));
  }

  /** Answers a request that never reached a route. */
  static void handleInvalid(HttpServerRequest request, int status) {
    send(request, Problem.of(Problem.Type.ofStatus(status), detail(status), null, null));
    request.connection().close();
  }

  private static void send(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    SecurityHeaders.add(request);
    boolean again = problem.status() == 503 || problem.status() == 429;
    if (again && !response.headers().contains("Retry-After")) {
      response.putHeader("Retry-After", RETRY_SECONDS);
    }
    if (problem.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (problem.revision() != null) {
      response.putHeader("Holdfast-Revision", problem.revision().toString());
    }
    if (!request.isEnded()) {
      // The rest of the body is not worth reading, and the connection cannot be used without.
      response.putHeader("Connection", "close");
      response.endHandler(done -> closeLater(request));
    }
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .end(PublicJson.encode(problem));
  }
}
