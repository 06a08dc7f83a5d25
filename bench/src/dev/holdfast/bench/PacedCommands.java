package dev.holdfast.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Commands at a fixed rate, whether or not those before are answered: each session is created and
 * gets a row. All of it on one context.
 */
final class PacedCommands {
  static final int PER_SECOND = 100;
  private static final long EVERY_MILLIS = 2_000 / PER_SECOND;

  private final Api api;
  private final String questionSet;
  private final List<Double> millis = new ArrayList<>();
  private final Promise<Double> answered = Promise.promise();
  private final long start = System.nanoTime();
  private long turns;
  private int underWay;
  private boolean over;

  private PacedCommands(Api api, String questionSet) {
    this.api = api;
    this.questionSet = questionSet;
  }

  /** Sends commands until that future completes; milliseconds that 99 of 100 took at most. */
  static double run(Vertx vertx, Api api, String questionSet, Future<?> until) throws Exception {
    PacedCommands commands = new PacedCommands(api, questionSet);
    vertx.runOnContext(
        now -> {
          long timer = vertx.setPeriodic(EVERY_MILLIS, tick -> commands.turn());
          until.onComplete(
              done ->
                  vertx.runOnContext(
                      end -> {
                        vertx.cancelTimer(timer);
                        commands.end();
                      }));
        });
    return commands.answered.future().toCompletionStage().toCompletableFuture().get();
  }

  /** From when it was due, so that a server that stands still is not asked less. */
  private void turn() {
    long due = start + TimeUnit.MILLISECONDS.toNanos(++turns * EVERY_MILLIS);
    underWay++;
    timed(due, api.create(questionSet, "Addendum 2 to the pump station specification.pdf"))
        .compose(id -> timed(System.nanoTime(), report(id)))
        .onFailure(answered::tryFail)
        .onComplete(
            done -> {
              underWay--;
              endWhenAnswered();
            });
  }

  private Future<JsonObject> report(String id) {
    JsonObject rows =
        new JsonObject().put("attempt", 1).put("rows", new JsonArray().add(Api.row("Q1")));
    return api.post("/api/v1/sessions/" + id + "/rows", rows);
  }

  private <T> Future<T> timed(long from, Future<T> command) {
    return command.onSuccess(done -> millis.add((System.nanoTime() - from) / 1e6));
  }

  private void end() {
    over = true;
    endWhenAnswered();
  }

  private void endWhenAnswered() {
    if (over && underWay == 0) {
      double[] all = millis.stream().mapToDouble(Double::doubleValue).toArray();
      answered.tryComplete(Latencies.p99(all));
    }
  }
}
