package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.http.legacy.LegacyRoutes;
import dev.holdfast.http.live.StreamRoutes;
import dev.holdfast.session.Caller;
import dev.holdfast.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** One HTTP server of several on the same port, one for each core. */
public final class HttpVerticle extends VerticleBase {
  private static final int JSON_BYTES_MAX = 64 << 10;
  private static final int REPORT_BYTES_MAX = 1 << 20;
  private static final int IDLE_SECONDS = 30;
  private static final int HEADER_BYTES_MAX = 8 << 10;
  private static final String VERSION =
      Objects.requireNonNullElse(
          HttpVerticle.class.getPackage().getImplementationVersion(), "development");

  /**
   * What all verticles of one server share.
   *
   * @param port the bound port, once there is one
   */
  public record Shared(
      HttpSettings settings,
      Store store,
      DocumentText text,
      StreamPlaces streams,
      Rates rates,
      Semaphore uploads,
      AtomicInteger port,
      Instant startedAt) {
    public static Shared of(HttpSettings settings, Store store, DocumentText text) {
      return new Shared(
          settings,
          store,
          text,
          new StreamPlaces(settings.streamsMax(), settings.streamsPerUserMax()),
          new Rates(settings.requestsPerSecondMax()),
          new Semaphore(settings.uploadsMax()),
          new AtomicInteger(),
          Instant.now());
    }
  }

  private final Shared shared;
  private StreamRoutes stream;
  private Router router;

  public HttpVerticle(Shared shared) {
    this.shared = shared;
  }

  @Override
  public Future<?> start() {
    SessionClient client = new SessionClient(vertx, new Caller("http", "http", null));
    EncodedSessions encoded = new EncodedSessions();
    Access access = new Access(shared.settings(), client, shared.rates());
    stream =
        new StreamRoutes(
            vertx, client, encoded, shared.store().journalId(), shared.streams(), access);
    router = router(client, encoded, access);
    return stream.start().compose(started -> listen(router));
  }

  @Override
  public Future<?> stop() {
    return stream.stop();
  }

  /** The routes, once they are there. */
  Router router() {
    return router;
  }

  private Future<HttpServer> listen(Router router) {
    HttpSettings settings = shared.settings();
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.host())
            // -1 is one free port for all instances, 0 would be another for each.
            .setPort(settings.port() == 0 ? -1 : settings.port())
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxHeaderSize(HEADER_BYTES_MAX)
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(true)
            .setTcpKeepAlive(true);
    options.setTcpUserTimeout(20_000);
    // A slow reader shows in the write queue before megabytes wait in the kernel.
    options.setSendBufferSize(65_536);
    return vertx
        .createHttpServer(options)
        .invalidRequestHandler(
            request -> Problems.handleInvalid(request, InvalidRequests.status(request)))
        .requestHandler(router)
        .listen()
        .onSuccess(server -> shared.port().set(server.actualPort()));
  }

  private Router router(SessionClient client, EncodedSessions encoded, Access access) {
    Router router = Router.router(vertx);
    Origin origin = new Origin(shared.settings());
    Passwords passwords = new Passwords(vertx);
    LoginRoutes login =
        new LoginRoutes(
            client, access, passwords, Duration.ofHours(shared.settings().loginHours()));
    router.route().failureHandler(Problems::handle);
    Unmatched.mount(router);
    router.route().handler(HttpVerticle::addSecurityHeaders);
    router.route().handler(Requests::number);
    router.route().handler(origin::checkHost);
    new HealthRoutes(client, shared.store()).mount(router);
    PdfJs.mount(router);
    mountPage(router, login);
    router.route("/api/v1/login").handler(origin::checkSameSite);
    router.route("/api/v1/login").handler(this::deadline);
    router.route("/api/v1/login").handler(body(JSON_BYTES_MAX));
    router.route("/api/v1/login").handler(HttpVerticle::checkJson);
    router.post("/api/v1/login").handler(login::login);
    router.route().handler(access::check);
    router.route().handler(origin::checkSameSite);
    mountApi(router, client, encoded);
    login.mount(router);
    new AccountRoutes(client, passwords).mount(router);
    return router;
  }

  private static void addSecurityHeaders(RoutingContext context) {
    SecurityHeaders.add(context.response());
    // An open page finds out by this that it is of another version than the server.
    context.response().putHeader("Holdfast-Version", VERSION);
    context.response().putHeader("Date", HttpDate.of(System.currentTimeMillis()));
    context.next();
  }

  private static void mountPage(Router router, LoginRoutes login) {
    router.get("/").handler(login::openWithToken);
    LegacyRoutes.mountRedirects(router);
    StaticHandler files =
        StaticHandler.create("webroot")
            .setIncludeHidden(false)
            .setDirectoryListing(false)
            .setMaxAgeSeconds(0);
    router.route().handler(context -> pageFile(context, files));
  }

  private static void pageFile(RoutingContext context, StaticHandler files) {
    String path = context.normalizedPath();
    if (path.startsWith("/api/") || path.startsWith("/health")) {
      context.next();
    } else {
      revalidate(context);
      files.handle(context);
    }
  }

  /** A new version of the server has a new page; a browser asks each time and mostly gets 304. */
  private static void revalidate(RoutingContext context) {
    context.addHeadersEndHandler(
        v -> {
          if (!context.response().headers().contains("Cache-Control")
              || context.response().headers().get("Cache-Control").startsWith("public")) {
            context.response().putHeader("Cache-Control", "no-cache");
          }
        });
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
    documents.mount(router);
    Exports exports = new Exports(vertx);
    new ListExport(client, shared.store(), encoded, exports).mount(router);
    new SessionRoutes(client, shared.store(), encoded).mount(router);
    new ChangeRoutes(client, encoded).mount(router);
    new BulkRoutes(client, shared.store()).mount(router);
    new ReportRoutes(client).mount(router);
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
