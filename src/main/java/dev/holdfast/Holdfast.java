package dev.holdfast;

import dev.holdfast.analysis.AnalysisVerticle;
import dev.holdfast.analysis.PdfReader;
import dev.holdfast.analysis.UnreadablePdf;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.cli.Settings;
import dev.holdfast.http.DocumentText;
import dev.holdfast.http.DocumentText.Fault;
import dev.holdfast.http.HttpVerticle;
import dev.holdfast.http.MetricsVerticle;
import dev.holdfast.owner.OwnerVerticle;
import dev.holdfast.owner.SweepVerticle;
import dev.holdfast.session.Caller;
import dev.holdfast.store.JdbcStore;
import dev.holdfast.store.Store;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Holdfast inside somebody's Vert.x: store, owner, analyses and HTTP servers.
 *
 * <pre>{@code
 * Holdfast.deploy(vertx, Settings.DEFAULT, reason -> log.error("must end", reason))
 *     .onSuccess(holdfast -> log.info("open " + holdfast.url()));
 * }</pre>
 */
public final class Holdfast {
  private final Vertx vertx;
  private final Settings settings;
  private final Deque<String> deployments = new ArrayDeque<>();
  private Store store;
  private final PrometheusMeasurements measurements = new PrometheusMeasurements();
  private PdfReader reader;
  private MetricsVerticle metrics;
  private HttpVerticle.Shared http;

  private Holdfast(Vertx vertx, Settings settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  /**
   * Starts everything; done once the page can be opened.
   *
   * @param lost called with the reason when this process must end: another one has taken the
   *     ownership, or the disk failed ({@link Store.Broken})
   * @return fails with {@code StoreInUse} when another process has the data
   */
  public static Future<Holdfast> deploy(Vertx vertx, Settings settings, Consumer<Throwable> lost) {
    Holdfast holdfast = new Holdfast(vertx, settings);
    return holdfast
        .openStore()
        .compose(opened -> holdfast.deployAnalyses())
        .compose(deployed -> holdfast.deployOwner(lost))
        .compose(deployed -> QuestionSets.store(vertx, holdfast.client()))
        .compose(stored -> holdfast.deployMetrics())
        .compose(deployed -> holdfast.deployHttp())
        .onSuccess(open -> holdfast.warmUpReader())
        .map(holdfast)
        .recover(failure -> holdfast.close().transform(closed -> Future.failedFuture(failure)));
  }

  private Future<Void> openStore() {
    return vertx.executeBlocking(
        () -> {
          store = JdbcStore.open(vertx, settings.store().url(), settings.dataDirectory());
          return null;
        });
  }

  private Future<Void> deployAnalyses() {
    reader = new PdfReader(settings.toPdfLimits());
    return deploy(
        new AnalysisVerticle(store, settings.analysis().atOnceMax(), measurements.registry()));
  }

  private Future<Void> deployOwner(Consumer<Throwable> lost) {
    OwnerVerticle owner =
        new OwnerVerticle(
            store,
            settings.toPolicy(),
            settings.toLimits(),
            Clock.systemUTC(),
            measurements.registry(),
            lost);
    return deploy(owner)
        .compose(
            deployed ->
                deploy(
                    new SweepVerticle(
                        store,
                        Duration.ofMinutes(settings.retention().sweepMinutes()),
                        settings.toPolicy().tombstones(),
                        Clock.systemUTC())));
  }

  private Future<Void> deployMetrics() {
    Integer port = settings.metrics().port();
    if (port == null) {
      return Future.succeededFuture();
    }
    metrics = new MetricsVerticle(settings.metrics().host(), port, measurements);
    return deploy(metrics);
  }

  private Future<Void> deployHttp() {
    WorkerExecutor reading = vertx.createSharedWorkerExecutor("pdf-reading", 2);
    DocumentText text = pdf -> reading.executeBlocking(() -> read(pdf), false);
    http = HttpVerticle.Shared.of(settings.toHttp(), store, text, measurements);
    Future<Void> first = deploy(new HttpVerticle(http));
    int more = Runtime.getRuntime().availableProcessors() - 1;
    return first.compose(
        bound ->
            vertx
                .deployVerticle(
                    () -> new HttpVerticle(http),
                    new DeploymentOptions().setInstances(Math.max(1, more)))
                .onSuccess(deployments::push)
                .mapEmpty());
  }

  /** Not before the page can be opened: a second Java at the same time would slow both down. */
  private void warmUpReader() {
    vertx.executeBlocking(
        () -> {
          reader.warmUp();
          return null;
        });
  }

  private List<String> read(Path pdf) throws InterruptedException {
    Timer.Sample sample = Timer.start();
    try {
      List<String> pages = reader.read(pdf);
      sample.stop(measurements.reading("read"));
      return pages;
    } catch (UnreadablePdf e) {
      sample.stop(measurements.reading(e.reason().name().toLowerCase(Locale.ROOT)));
      throw DocumentText.failure(fault(e.reason()), e.getMessage());
    }
  }

  private static Fault fault(UnreadablePdf.Reason reason) {
    return switch (reason) {
      case NOT_A_PDF -> Fault.NOT_A_PDF;
      case TOO_LARGE -> Fault.TOO_LARGE;
      case BUSY -> Fault.BUSY;
      default -> Fault.UNREADABLE;
    };
  }

  private Future<Void> deploy(Deployable verticle) {
    return vertx.deployVerticle(verticle).onSuccess(deployments::push).mapEmpty();
  }

  /** A client of this server for other verticles. */
  public SessionClient client() {
    return new SessionClient(vertx, new Caller("embedder", "bus", null));
  }

  /** Where the page is. */
  public String url() {
    String scheme = settings.http().tls().encrypts() ? "https" : "http";
    return scheme + "://" + settings.http().host() + ":" + port();
  }

  /** The bound port. */
  public int port() {
    return http.port().get();
  }

  /** The bound port of the measurements; only when they have one of their own. */
  public int metricsPort() {
    return metrics.port();
  }

  /** Stops everything, the last part first; running analyses go on after the next start. */
  public Future<Void> close() {
    if (http != null) {
      http.stopping().set(true);
    }
    String deployment = deployments.poll();
    if (deployment != null) {
      return vertx.undeploy(deployment).otherwiseEmpty().compose(undeployed -> close());
    }
    if (reader != null) {
      reader.close();
    }
    measurements.close();
    return store == null ? Future.succeededFuture() : store.close();
  }
}
