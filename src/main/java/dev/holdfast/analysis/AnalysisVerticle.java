package dev.holdfast.analysis;

import dev.holdfast.bus.Address;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Effect;
import dev.holdfast.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;

/** Runs the built-in analyses on a bounded number of threads; the owner says which and when. */
public final class AnalysisVerticle extends VerticleBase {
  private static final Caller ANALYZER = new Caller("retrieval", "analysis", null);

  private final Store store;
  private final int atOnceMax;
  private final Map<String, AnalysisRun> runs = new HashMap<>();
  private SessionClient client;
  private WorkerExecutor workers;

  /**
   * @param atOnceMax analyses at once, as many as the owner starts
   */
  public AnalysisVerticle(Store store, int atOnceMax) {
    this.store = store;
    this.atOnceMax = atOnceMax;
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
    workers.executeBlocking(run, false).onComplete(ended -> runs.remove(key));
  }

  /** Ends the runs where they are; the next start of the server goes on with the open questions. */
  @Override
  public Future<?> stop() {
    runs.values().forEach(AnalysisRun::cancel);
    return workers.close();
  }
}
