package dev.holdfast.http;

import dev.holdfast.session.Role;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The role that each route asks for. What is not in the table is for admins only. */
final class Rights {
  /**
   * @param role null for everybody who is known
   */
  record Right(HttpMethod method, String path, Role role) {
    private static final Pattern PARAMETER = Pattern.compile(":[A-Za-z]+");

    Pattern pattern() {
      return Pattern.compile(PARAMETER.matcher(path).replaceAll("[^/]+") + "/?");
    }
  }

  private record Compiled(Right right, Pattern pattern) {
    boolean isFor(String path) {
      return pattern.matcher(path).matches();
    }
  }

  private static final List<Right> TABLE = new ArrayList<>();
  private static final List<Compiled> COMPILED;

  static {
    HttpMethod get = HttpMethod.GET;
    HttpMethod post = HttpMethod.POST;
    HttpMethod put = HttpMethod.PUT;
    HttpMethod patch = HttpMethod.PATCH;
    HttpMethod delete = HttpMethod.DELETE;

    add(null, get, "/api/v1/me");
    add(null, post, "/api/v1/me/password", "/api/v1/logout");

    add(Role.VIEWER, get, "/api/v1/documents/:id", "/api/v1/documents/:id/content");
    add(Role.VIEWER, get, "/api/v1/documents/:id/pages/:page");
    add(Role.VIEWER, get, "/api/v1/question-sets", "/api/v1/question-sets/:name");
    add(Role.VIEWER, get, "/api/v1/sessions", "/api/v1/sessions/export");
    add(Role.VIEWER, get, "/api/v1/sessions/:id", "/api/v1/sessions/:id/results");
    add(Role.VIEWER, get, "/api/v1/sessions/:id/events", "/api/v1/sessions/:id/export");
    add(Role.VIEWER, get, "/api/v1/cleanup", "/api/v1/stream", "/api/v1/changes");
    add(Role.VIEWER, get, "/api/admin/sessions", "/api/results/:id");

    add(Role.VIEWER, get, "/metrics");

    add(Role.REVIEWER, put, "/api/v1/sessions/:id/results/:questionId/review");

    add(Role.OPERATOR, post, "/api/v1/documents", "/api/v1/sessions", "/api/v1/bulk");
    add(Role.OPERATOR, put, "/api/v1/question-sets/:name");
    add(Role.OPERATOR, post, "/api/v1/sessions/:id/stop", "/api/v1/sessions/:id/resume");
    add(Role.OPERATOR, post, "/api/v1/sessions/:id/retry", "/api/v1/cleanup");
    add(Role.OPERATOR, patch, "/api/v1/sessions/:id");
    add(Role.OPERATOR, delete, "/api/v1/sessions/:id");
    add(Role.OPERATOR, post, "/api/stop/:id");

    add(Role.WORKER, post, "/api/v1/sessions/:id/rows", "/api/v1/sessions/:id/complete");
    add(Role.WORKER, post, "/api/v1/sessions/:id/fail");

    add(Role.ADMIN, get, "/api/v1/users", "/api/v1/users/:name", "/api/v1/keys");
    add(Role.ADMIN, get, "/api/v1/keys/:id", "/api/v1/audit");
    add(Role.ADMIN, post, "/api/v1/users", "/api/v1/keys");
    add(Role.ADMIN, patch, "/api/v1/users/:name");
    add(Role.ADMIN, delete, "/api/v1/users/:name", "/api/v1/keys/:id");
    COMPILED = TABLE.stream().map(right -> new Compiled(right, right.pattern())).toList();
  }

  private Rights() {}

  private static void add(Role role, HttpMethod method, String... paths) {
    for (String path : paths) {
      TABLE.add(new Right(method, path, role));
    }
  }

  static List<Right> table() {
    return List.copyOf(TABLE);
  }

  /**
   * Lets the request through when its role covers it.
   *
   * @throws ProblemException 403
   */
  static void check(RoutingContext context, Who who) {
    HttpMethod method = context.request().method();
    HttpMethod asked = method == HttpMethod.HEAD ? HttpMethod.GET : method;
    String path = context.normalizedPath();
    for (Compiled entry : COMPILED) {
      if (entry.right().method() == asked && entry.isFor(path)) {
        require(entry.right().role(), who);
        return;
      }
    }
    // A known path that does not take the method is answered with 405 to everybody.
    if (COMPILED.stream().noneMatch(entry -> entry.isFor(path))) {
      require(Role.ADMIN, who);
    }
  }

  private static void require(Role needed, Who who) {
    if (needed != null && !who.role().covers(needed)) {
      throw new ProblemException(
          Problem.Type.FORBIDDEN,
          "This needs the role " + needed.label() + "; yours is " + who.role().label() + ".");
    }
  }
}
