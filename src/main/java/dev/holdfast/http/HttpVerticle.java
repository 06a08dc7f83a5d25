package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.http.legacy.LegacyRoutes;
import dev.holdfast.http.live.StreamRoutes;
import dev.holdfast.session.Caller;
import dev.holdfast.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One HTTP server of several on the same port, one for each core. */
public final class HttpVerticle extends VerticleBase {
  private static final int JSON_BYTES_MAX = 64 << 10;
  private static final int REPORT_BYTES_MAX = 1 << 20;
  private static final String VERSION =
      Objects.requireNonNullElse(
          HttpVerticle.class.getPackage().getImplementationVersion(), "development");

  /**
   * What all verticles of one server share.
   *
   * @param stopping true once the server takes no more work
   * @param port the bound port, once there is one
   */
  public record Shared(
      HttpSettings settings,
      Store store,
      DocumentText text,
      StreamPlaces streams,
      Rates rates,
      LoginTries tries,
      Semaphore uploads,
      Semaphore connections,
      Measurements measurements,
      HttpMeters meters,
      AtomicBoolean stopping,
      AtomicInteger port,
      Instant startedAt) {
    public static Shared of(
        HttpSettings settings, Store store, DocumentText text, Measurements measurements) {
      StreamPlaces streams = new StreamPlaces(settings.streamsMax(), settings.streamsPerUserMax());
      Semaphore uploads = new Semaphore(settings.uploadsMax());
      Semaphore connections = new Semaphore(settings.connectionsMax());
      MeterRegistry registry = measurements.registry();
      return new Shared(
          settings,
          store,
          text,
          streams,
          new Rates(settings.requestsPerSecondMax()),
          new LoginTries(),
          uploads,
          connections,
          measurements,
          HttpMeters.of(settings, registry, streams::taken, uploads, connections),
          new AtomicBoolean(),
          new AtomicInteger(),
          Instant.now());
    }
  }

  private final Shared shared;
  private final UnderWay underWay = new UnderWay();
  private StreamRoutes stream;

  public HttpVerticle(Shared shared) {
    this.shared = shared;
  }

  @Override
  public Future<?> start() {
    Router router = router();
    Listener listener = new Listener(vertx, shared.settings(), shared.connections());
    return stream
        .start()
        .compose(started -> listener.listen(router))
        .onSuccess(server -> shared.port().set(server.actualPort()));
  }

  /** Says goodbye to the streams, then lets the requests under way have their answers. */
  @Override
  public Future<?> stop() {
    return stream.stop().compose(stopped -> underWay.end(vertx));
  }

  /** All routes; {@code stream} is among them and has to be started. */
  Router router() {
    SessionClient client = new SessionClient(vertx, new Caller("http", "http", null));
    EncodedSessions encoded = new EncodedSessions();
    MeterRegistry meters = shared.measurements().registry();
    Access access = new Access(shared.settings(), client, shared.rates());
    stream =
        new StreamRoutes(
            vertx, client, encoded, shared.store().journalId(), shared.streams(), access, meters);
    Router router = Router.router(vertx);
    Origin origin = new Origin(shared.settings());
    Passwords passwords = new Passwords(vertx);
    LoginRoutes login =
        new LoginRoutes(
            client,
            access,
            passwords,
            shared.tries(),
            Duration.ofHours(shared.settings().loginHours()));
    router.route().failureHandler(Problems::handle);
    Unmatched.mount(router);
    router.route().handler(HttpVerticle::addSecurityHeaders);
    router.route().handler(Requests::number);
    router.route().handler(underWay::count);
    router.route().handler(shared.meters()::measure);
    router.route().handler(HttpVerticle::nameHost);
    router.route().handler(origin::checkHost);
    new HealthRoutes(vertx, client, shared.store(), shared.stopping()).mount(router);
    StaticFiles page = new StaticFiles(vertx, "webroot", "");
    new ContractRoutes(page).mount(router);
    PdfJs.mount(vertx, router);
    ChartLibrary.mount(vertx, router);
    mountPage(router, login, page);
    router.route("/api/v1/login").handler(origin::checkSameSite);
    router.route("/api/v1/login").handler(this::deadline);
    router.route("/api/v1/login").handler(body(JSON_BYTES_MAX));
    router.route("/api/v1/login").handler(HttpVerticle::checkJson);
    router.post("/api/v1/login").handler(login::login);
    router.route().handler(access::check);
    router.route().handler(origin::checkSameSite);
    new MetricsRoute(shared.measurements()).mount(router);
    mountApi(router, client, encoded);
    login.mount(router);
    new AccountRoutes(client, passwords).mount(router);
    return router;
  }

  /** HTTP/2 has a member of its own for the host; one that differs from the header makes two. */
  private static void nameHost(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.version() == HttpVersion.HTTP_2 && request.authority() != null) {
      String authority = request.authority().toString();
      if (!authority.equals(request.getHeader("Host"))) {
        request.headers().add("Host", authority);
      }
    }
    context.next();
  }

  private static void addSecurityHeaders(RoutingContext context) {
    SecurityHeaders.add(context.request());
    // An open page finds out by this that it is of another version than the server.
    context.response().putHeader("Holdfast-Version", VERSION);
    context.response().putHeader("Date", HttpDate.of(System.currentTimeMillis()));
    context.next();
  }

  private static void mountPage(Router router, LoginRoutes login, StaticFiles files) {
    router.get("/").handler(login::openWithToken);
    LegacyRoutes.mountRedirects(router);
    router.route().handler(context -> pageFile(context, files));
  }

  private static void pageFile(RoutingContext context, StaticFiles files) {
    String path = context.normalizedPath();
    if (path.startsWith("/api/") || path.startsWith("/health")) {
      context.next();
    } else {
      files.handle(context);
    }
  }

  private void mountApi(Router router, SessionClient client, EncodedSessions encoded) {
    DocumentRoutes documents =
        new DocumentRoutes(
            vertx, client, shared.store(), shared.text(), shared.settings(), shared.uploads());
    documents.mountUpload(router);
    router.route().handler(this::deadline);
    router.post("/api/v1/sessions/:id/rows").handler(body(REPORT_BYTES_MAX));
    router.put("/api/v1/question-sets/:name").handler(body(REPORT_BYTES_MAX));
    router.post(BulkRoutes.BULK).handler(body(REPORT_BYTES_MAX));
    router.route().handler(body(JSON_BYTES_MAX));
    router.route().handler(HttpVerticle::checkJson);
    // Routes are tried in this order; reports come most often by far.
    new ReportRoutes(client).mount(router);
    documents.mount(router);
    Exports exports = new Exports(vertx);
    new ListExport(client, shared.store(), encoded, exports).mount(router);
    new SessionRoutes(client, shared.store(), encoded).mount(router);
    new ChangeRoutes(client, encoded).mount(router);
    new BulkRoutes(client, shared.store()).mount(router);
    new CleanupRoutes(vertx, client, CleanupRoutes.SILENT_MAX).mount(router);
    new EventRoutes(client, shared.store()).mount(router);
    new ExportRoutes(client, shared.store(), exports).mount(router);
    new QuestionSetRoutes(client).mount(router);
    stream.mount(router);
    new LegacyRoutes(client, shared.store().journalId(), shared.startedAt()).mount(router);
  }

  /** Collects the body, which may have waited until it was known who sends it. */
  private static Handler<RoutingContext> body(int bytesMax) {
    BodyHandler collector = BodyHandler.create(false).setBodyLimit(bytesMax);
    return context -> {
      collector.handle(context);
      context.request().resume();
    };
  }

  /** A body that trickles in keeps a connection from being idle; it has to be there in time. */
  private void deadline(RoutingContext context) {
    if (!context.request().isEnded() && hasBody(context.request())) {
      long timer =
          vertx.setTimer(
              shared.settings().requestSeconds() * 1_000L,
              late -> {
                if (!context.request().isEnded()) {
                  context.fail(
                      new ProblemException(
                          Problem.Type.REQUEST_TIMEOUT, "Send the whole body at once."));
                }
              });
      context.addEndHandler(ended -> vertx.cancelTimer(timer));
    }
    context.next();
  }

  private static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private static void checkJson(RoutingContext context) {
    String type = context.request().getHeader("Content-Type");
    boolean hasBody = context.body().length() > 0;
    if (hasBody && !isJson(context.request().method(), type)) {
      throw new ProblemException(
          Problem.Type.UNSUPPORTED_TYPE, "Send the body as application/json.");
    }
    context.next();
  }

  private static boolean isJson(HttpMethod method, String contentType) {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].trim();
    return type.equalsIgnoreCase("application/json")
        || (method.equals(HttpMethod.PATCH)
            && type.equalsIgnoreCase("application/merge-patch+json"));
  }
}
