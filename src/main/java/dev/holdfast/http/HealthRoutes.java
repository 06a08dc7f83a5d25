package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Query;
import dev.holdfast.store.Store;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Whether the process lives, and whether it can do its work. */
final class HealthRoutes {
  private final SessionClient client;
  private final Store store;

  HealthRoutes(SessionClient client, Store store) {
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
  record Ready(String status, String owner, Long revision, String journal) {}

  private void ready(RoutingContext context) {
    client
        .ask(new Query.GetRevision())
        .onSuccess(
            done -> send(context, 200, new Ready("up", "here", done.revision(), store.journalId())))
        .onFailure(
            missing -> {
              context.response().putHeader("Retry-After", "2");
              send(context, 503, new Ready("down", "missing", null, store.journalId()));
            });
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
