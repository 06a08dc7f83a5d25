package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.http.Rights.Right;
import dev.holdfast.store.JdbcStore;
import dev.holdfast.store.Store;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route has a role, and the reference names it. */
class RightsTest {
  /** Routes that need no credential. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /",
          "GET /health",
          "GET /health/live",
          "GET /health/ready",
          "POST /api/v1/login",
          "GET /sessions/:id",
          "GET /admin/sessions");

  @TempDir private static Path data;

  /** What the server answers to; no owner has to be there for that. */
  private static Set<String> routes() throws Exception {
    Vertx vertx = Vertx.vertx();
    Store store = JdbcStore.open(vertx, "sqlite:", data);
    try {
      HttpSettings settings = TestServer.settings(data, null).toHttp();
      HttpVerticle verticle = new HttpVerticle(HttpVerticle.Shared.of(settings, store, null));
      vertx.deployVerticle(verticle);
      await().until(() -> verticle.router() != null);
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

  private static String name(Right right) {
    return right.method() + " " + right.path();
  }

  @Test
  void everyRouteHasARoleAndEveryRoleARoute() throws Exception {
    Set<String> guarded = new TreeSet<>(routes());
    guarded.removeAll(OPEN);
    Set<String> table = new TreeSet<>();
    Rights.table().forEach(right -> table.add(name(right)));
    assertThat(table).isEqualTo(guarded);
  }

  @Test
  void theReferenceNamesTheRoleOfEveryRoute() throws IOException {
    String reference = Files.readString(Path.of("docs/SECURITY.md"));
    for (Right right : Rights.table()) {
      String role = right.role() == null ? "everybody" : right.role().label();
      assertThat(reference)
          .contains("| " + role + " | `" + right.method() + " " + right.path() + "` |");
    }
  }
}
