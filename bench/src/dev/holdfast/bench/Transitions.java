package dev.holdfast.bench;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicLong;

/** Changes beside a measurement: sessions are created, which run at once, and stopped. */
final class Transitions implements AutoCloseable {
  private final Vertx vertx;
  private final Api api;
  private final String questionSet;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final long started = System.nanoTime();
  private final long timer;

  /**
   * @param perSecond two for each session; an even divisor of 2,000
   */
  Transitions(Vertx vertx, Api api, String questionSet, int perSecond) {
    this.vertx = vertx;
    this.api = api;
    this.questionSet = questionSet;
    this.timer = vertx.setPeriodic(2_000 / perSecond, tick -> one());
  }

  private void one() {
    api.create(questionSet, "Addendum 2 to the pump station specification.pdf")
        .onSuccess(created -> done.incrementAndGet())
        .compose(id -> api.post("/api/v1/sessions/" + id + "/stop", new JsonObject()))
        .onSuccess(stopped -> done.incrementAndGet())
        .onFailure(failure -> failed.incrementAndGet());
  }

  /** Acknowledged transitions a second. */
  double perSecond() {
    return done.get() / ((System.nanoTime() - started) / 1e9);
  }

  long failed() {
    return failed.get();
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
  }
}
