package dev.holdfast.owner;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Command;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The periodic timer: asks the owner to carry out what the clock has brought about. */
public final class SweepVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SweepVerticle.class);
  private final Duration every;
  private SessionClient client;

  public SweepVerticle(Duration every) {
    this.every = every;
  }

  @Override
  public Future<?> start() {
    client = new SessionClient(vertx, new Caller("system", "sweep", null));
    vertx.setPeriodic(1, every.toMillis(), timer -> sweep());
    return Future.succeededFuture();
  }

  /** A sweep is bounded; one that changed something is followed by another. */
  private Future<?> sweep() {
    return client
        .send(new Command.Sweep())
        .onSuccess(
            done -> LOG.info("sweep changed={} revision={}", done.changed(), done.revision()))
        .onFailure(failure -> LOG.warn("sweep put off: {}", failure.getMessage()))
        .compose(done -> done.changed() ? sweep() : Future.succeededFuture());
  }
}
