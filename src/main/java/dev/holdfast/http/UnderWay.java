package dev.holdfast.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** The requests of one verticle that have no answer yet, for whoever waits until they have. */
final class UnderWay {
  private static final long WAIT_MILLIS = 3_000;
  private int requests;
  private Promise<Void> none;

  /** Streams and waiting polls are told by themselves that the server ends. */
  void count(RoutingContext context) {
    if (!isLive(context)) {
      requests++;
      context.addEndHandler(ended -> end());
    }
    context.next();
  }

  static boolean isLive(RoutingContext context) {
    String path = context.request().path();
    return path.equals("/api/v1/stream") || path.equals("/api/v1/changes");
  }

  private void end() {
    requests--;
    if (requests == 0 && none != null) {
      none.tryComplete();
    }
  }

  /** Done when no request is left, or when one takes too long. */
  Future<Void> end(Vertx vertx) {
    none = Promise.promise();
    if (requests == 0) {
      none.complete();
    }
    long timer = vertx.setTimer(WAIT_MILLIS, late -> none.tryComplete());
    return none.future().onComplete(done -> vertx.cancelTimer(timer));
  }
}
