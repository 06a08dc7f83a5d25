package dev.holdfast.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.TreeSet;

/** Answers requests that no route takes; without it Vert.x answers with a page of its own. */
final class Unmatched {
  private Unmatched() {}

  static void mount(Router router) {
    router.errorHandler(400, context -> Problems.handleStatus(context, 400));
    router.errorHandler(404, context -> Problems.handleStatus(context, 404));
    router.errorHandler(
        405,
        context -> {
          context.response().putHeader("Allow", String.join(", ", allowed(router, context)));
          Problems.handleStatus(context, 405);
        });
  }

  private static TreeSet<String> allowed(Router router, RoutingContext context) {
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : router.getRoutes()) {
      if (route.methods() != null && takes(route, context.request().path())) {
        route.methods().stream().map(HttpMethod::name).forEach(allowed::add);
      }
    }
    return allowed;
  }

  private static boolean takes(Route route, String path) {
    String pattern = route.getPath();
    return pattern != null && path.matches(pattern.replaceAll(":[a-z]+", "[^/]+"));
  }
}
