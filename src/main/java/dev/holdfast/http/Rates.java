package dev.holdfast.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Requests a second of each credential, over all verticles of the server. The header fields are
 * those of the IETF draft "RateLimit header fields for HTTP".
 */
final class Rates {
  private static final int CREDENTIALS_MAX = 10_000;

  private final int perSecondMax;
  private final Map<String, Window> windows = new ConcurrentHashMap<>();

  /** What was taken in one second. */
  private record Window(long second, int taken) {}

  Rates(int perSecondMax) {
    this.perSecondMax = perSecondMax;
  }

  /**
   * Counts a request, where a limit holds.
   *
   * @throws ProblemException 429 when there were too many within this second
   */
  void count(RoutingContext context, Who who) {
    if (!who.isLimited()) {
      return;
    }
    long second = System.currentTimeMillis() / 1_000;
    if (windows.size() > CREDENTIALS_MAX) {
      windows.values().removeIf(window -> window.second() < second);
    }
    int taken =
        windows
            .merge(
                who.scope(),
                new Window(second, 1),
                (former, one) ->
                    former.second() == second ? new Window(second, former.taken() + 1) : one)
            .taken();
    context
        .response()
        .putHeader("RateLimit-Policy", "\"requests\";q=" + perSecondMax + ";w=1")
        .putHeader("RateLimit", "\"requests\";r=" + Math.max(0, perSecondMax - taken) + ";t=1");
    if (taken > perSecondMax) {
      throw new ProblemException(
          Problem.Type.TOO_MANY,
          "Send at most " + perSecondMax + " requests a second; wait for Retry-After.");
    }
  }
}
