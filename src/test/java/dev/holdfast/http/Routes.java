package dev.holdfast.http;

import dev.holdfast.store.JdbcStore;
import dev.holdfast.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What the server answers to, out of its router; no owner has to be there for that. */
final class Routes {
  private Routes() {}

  /** The routes, for example {@code GET /api/v1/sessions/:id}; HEAD goes with GET. */
  static Set<String> of(Path data) throws Exception {
    Vertx vertx = Vertx.vertx();
    Store store = JdbcStore.open(vertx, "sqlite:", data);
    try {
      HttpVerticle verticle =
          new HttpVerticle(
              HttpVerticle.Shared.of(
                  TestServer.settings(data, null).toHttp(),
                  store,
                  pdf -> Future.succeededFuture(),
                  measurements()));
      verticle.init(vertx, vertx.getOrCreateContext());
      Set<String> routes = new TreeSet<>();
      for (Route route : verticle.router().getRoutes()) {
        if (route.getPath() != null && route.methods() != null) {
          route.methods().stream()
              .filter(method -> method != HttpMethod.HEAD)
              .forEach(method -> routes.add(method + " " + route.getPath()));
        }
      }
      return routes;
    } finally {
      store.close().toCompletionStage().toCompletableFuture().get();
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private static Measurements measurements() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    return new Measurements() {
      @Override
      public MeterRegistry registry() {
        return registry;
      }

      @Override
      public String scrape() {
        return "";
      }
    };
  }
}
