package dev.holdfast.analysis;

import dev.holdfast.bus.Address;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Effect;
import dev.holdfast.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Runs the built-in analyses on a bounded number of threads; the owner says which and when. */
public final class AnalysisVerticle extends VerticleBase {
  private static final Caller ANALYZER = new Caller("retrieval", "analysis", null);

  private final Store store;
  private final int atOnceMax;
  private final Map<String, AnalysisRun> runs = new HashMap<>();
  private SessionClient client;
  private final AtomicInteger running;
  private final Timer durations;
  private WorkerExecutor workers;

  /**
   * @param atOnceMax analyses at once, as many as the owner starts
   */
  public AnalysisVerticle(Store store, int atOnceMax, MeterRegistry meters) {
    this.store = store;
    this.atOnceMax = atOnceMax;
    this.running = meters.gauge("holdfast.analyses.running", new AtomicInteger());
    this.durations =
        Timer.builder("holdfast.analysis")
            .serviceLevelObjectives(
                IntStream.of(1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600)
                    .mapToObj(Duration::ofSeconds)
                    .toArray(Duration[]::new))
            .register(meters);
  }

  @Override
  public Future<?> start() {
    client = new SessionClient(vertx, ANALYZER);
    workers = vertx.createSharedWorkerExecutor("analysis", atOnceMax, Long.MAX_VALUE);
    return vertx
        .eventBus()
        .<Effect>consumer(Address.CONTROL)
        .handler(message -> control(message.body()))
        .completion();
  }

  private void control(Effect order) {
    if (order instanceof Effect.StartAnalysis start) {
      begin(start);
    } else if (order instanceof Effect.CancelAnalysis cancel) {
      AnalysisRun run = runs.get(key(cancel.sessionId(), cancel.attempt()));
      if (run != null) {
        run.cancel();
      }
    }
  }

  private static String key(String sessionId, int attempt) {
    return sessionId + "#" + attempt;
  }

  private void begin(Effect.StartAnalysis start) {
    String key = key(start.sessionId(), start.attempt());
    if (runs.containsKey(key)) {
      return;
    }
    AnalysisRun run = new AnalysisRun(store, client, start.sessionId(), start.attempt());
    runs.put(key, run);
    running.set(runs.size());
    Timer.Sample sample = Timer.start();
    workers.executeBlocking(run, false).onComplete(ended -> end(key, sample));
  }

  private void end(String key, Timer.Sample sample) {
    runs.remove(key);
    running.set(runs.size());
    sample.stop(durations);
  }

  /** Ends the runs where they are; the next start of the server goes on with the open questions. */
  @Override
  public Future<?> stop() {
    runs.values().forEach(AnalysisRun::cancel);
    return workers.close();
  }
}
