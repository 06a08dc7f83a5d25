package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.SweepReport;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;

/** Carrying out what the clock has brought about, which may take minutes. */
final class CleanupRoutes {
  /** Whoever is silent for longer is cut off: by {@link Listener}, or by a proxy in between. */
  static final Duration SILENT_MAX = Duration.ofSeconds(Listener.IDLE_SECONDS / 2);

  private static final String CLEANUP = "/api/v1/cleanup";
  private static final String REVISION = "Holdfast-Revision";

  private final Vertx vertx;
  private final SessionClient client;
  private final Duration silentMax;

  /**
   * @param silentMax after which an answer begins with a space, and every space with another one
   */
  CleanupRoutes(Vertx vertx, SessionClient client, Duration silentMax) {
    this.vertx = vertx;
    this.client = client;
    this.silentMax = silentMax;
  }

  void mount(Router router) {
    router.post(CLEANUP).handler(this::cleanUp);
    Requests.read(router, CLEANUP).handler(this::lastCleanup);
  }

  /** Whether only to count. */
  record CleanupBody(Boolean dryRun) {}

  /**
   * What a cleanup did or would do.
   *
   * @param at when; null when there was none since the server began
   * @param running true while more is being done
   */
  record CleanupView(
      long revision,
      Instant at,
      boolean dryRun,
      boolean running,
      int expired,
      int purged,
      int failed,
      int documents,
      int forgotten) {
    static CleanupView of(Done<SweepReport> done) {
      SweepReport report = done.value();
      return report == null
          ? new CleanupView(done.revision(), null, false, false, 0, 0, 0, 0, 0)
          : new CleanupView(
              done.revision(),
              report.at(),
              report.dryRun(),
              report.more(),
              report.expired(),
              report.purged(),
              report.failed(),
              report.documents(),
              report.forgotten());
    }
  }

  private void cleanUp(RoutingContext context) {
    Params.only(context);
    CleanupBody body = PublicJson.read(context.body().buffer(), CleanupBody.class);
    long timer = vertx.setPeriodic(silentMax.toMillis(), tick -> sendSpace(context.response()));
    client
        .cleanUp(Boolean.TRUE.equals(body.dryRun()), Requests.caller(context))
        .onComplete(done -> vertx.cancelTimer(timer))
        .onSuccess(done -> sendReport(context, done))
        .onFailure(context::fail);
  }

  /** JSON may begin with white space. What fails after it can only be cut short. */
  private static void sendSpace(HttpServerResponse response) {
    if (!response.headWritten()) {
      response
          .setChunked(true)
          .putHeader("Content-Type", "application/json")
          .putHeader("Cache-Control", "no-cache")
          .putHeader("Trailer", REVISION);
    }
    response.write(" ");
  }

  private void lastCleanup(RoutingContext context) {
    Params.only(context);
    client
        .ask(new Query.GetLastSweep())
        .onSuccess(done -> sendReport(context, done))
        .onFailure(context::fail);
  }

  private static void sendReport(RoutingContext context, Done<SweepReport> done) {
    HttpServerResponse response = context.response();
    CleanupView view = CleanupView.of(done);
    if (response.headWritten()) {
      response.putTrailer(REVISION, Long.toString(done.revision())).end(PublicJson.encode(view));
    } else {
      Requests.sendJson(context, done.revision(), view);
    }
  }
}
