package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Query;
import dev.holdfast.store.Store;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the process lives, and whether it can do its work. */
final class HealthRoutes {
  private final SessionClient client;
  private static final long FREE_BYTES_MIN = 64L << 20;
  private final Vertx vertx;
  private final Store store;
  private final AtomicBoolean stopping;

  HealthRoutes(Vertx vertx, SessionClient client, Store store, AtomicBoolean stopping) {
    this.vertx = vertx;
    this.stopping = stopping;
    this.client = client;
    this.store = store;
  }

  void mount(Router router) {
    Requests.read(router, "/health/live").handler(this::live);
    Requests.read(router, "/health/ready").handler(this::ready);
    Requests.read(router, "/health").handler(this::ready);
  }

  record Live(String status) {}

  private void live(RoutingContext context) {
    send(context, 200, new Live("up"));
  }

  /**
   * @param owner {@code here} while an owner answers, else {@code missing}
   * @param revision of the durable state, or null
   */
  record Ready(String status, String owner, Long revision, String journal, Checks checks) {}

  /**
   * @param journal {@code writable}, or {@code failing} when it did not take the latest changes
   * @param disk {@code enough}, or {@code short} of {@link #FREE_BYTES_MIN}
   * @param stopping true once the server was told to end
   */
  record Checks(String journal, String disk, boolean stopping) {
    boolean areGood() {
      return journal.equals("writable") && disk.equals("enough") && !stopping;
    }
  }

  private void ready(RoutingContext context) {
    vertx
        .executeBlocking(this::checks, false)
        .onFailure(context::fail)
        .onSuccess(
            checks ->
                client
                    .ask(new Query.GetRevision())
                    .onSuccess(done -> send(context, "here", done.revision(), checks))
                    .onFailure(missing -> send(context, "missing", null, checks)));
  }

  private Checks checks() throws IOException {
    long free = Files.getFileStore(store.uploads()).getUsableSpace();
    return new Checks(
        store.isWritable() ? "writable" : "failing",
        free >= FREE_BYTES_MIN ? "enough" : "short",
        stopping.get());
  }

  private void send(RoutingContext context, String owner, Long revision, Checks checks) {
    boolean up = revision != null && checks.areGood();
    if (!up) {
      context.response().putHeader("Retry-After", "2");
    }
    Ready ready = new Ready(up ? "up" : "down", owner, revision, store.journalId(), checks);
    send(context, up ? 200 : 503, ready);
  }

  private static void send(RoutingContext context, int status, Object body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(PublicJson.encode(body));
  }
}
