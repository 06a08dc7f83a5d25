package dev.holdfast.owner;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.SweepReport;
import dev.holdfast.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The periodic timer: has carried out what the clock has brought about. */
public final class SweepVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SweepVerticle.class);
  private final Store store;
  private final Duration every;
  private final Duration audit;
  private final Clock clock;
  private SessionClient client;
  private boolean sweeping;

  /**
   * @param audit how far back the past is kept
   */
  public SweepVerticle(Store store, Duration every, Duration audit, Clock clock) {
    this.store = store;
    this.every = every;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    client = new SessionClient(vertx, new Caller("system", "sweep", null));
    vertx.setPeriodic(1, every.toMillis(), timer -> sweepUnlessSweeping());
    return Future.succeededFuture();
  }

  private void sweepUnlessSweeping() {
    if (!sweeping) {
      sweeping = true;
      sweep().onComplete(done -> sweeping = false);
    }
  }

  /** First the past, so that it is said to be gone before anything of it is. */
  private Future<?> sweep() {
    return store
        .compact(clock.instant().minus(audit))
        .compose(compacted -> client.cleanUp(false))
        .onSuccess(done -> LOG.info("sweep {}", describe(done)))
        .onFailure(failure -> LOG.warn("sweep put off: {}", failure.getMessage()));
  }

  private static String describe(Done<SweepReport> done) {
    SweepReport report = done.value();
    return String.format(
        "expired=%d purged=%d failed=%d documents=%d forgotten=%d revision=%d",
        report.expired(),
        report.purged(),
        report.failed(),
        report.documents(),
        report.forgotten(),
        done.revision());
  }
}
