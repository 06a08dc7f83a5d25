package dev.holdfast.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves what lies below one folder of the class path, compressed to who takes that. Only such
 * files: a reply with data could tell by its compressed length what is in it.
 */
final class StaticFiles implements Handler<RoutingContext> {
  /** No segment begins with a dot, so nothing hidden and nothing outside of the folder is named. */
  private static final Pattern NAME = Pattern.compile("(?:/\\w[\\w.-]*)+\\.(\\w+)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "pdf", "application/pdf",
          "bcmap", "application/octet-stream",
          "pfb", "application/octet-stream",
          "ttf", "font/ttf");

  /** Of all servers of this process: the class path does not change while it runs. */
  private static final Map<String, StaticFile> LOADED = new ConcurrentHashMap<>();

  private final Vertx vertx;
  private final String root;
  private final String mount;

  /**
   * @param root the folder on the class path
   * @param mount what the paths of requests begin with in its place, "" for nothing
   */
  StaticFiles(Vertx vertx, String root, String mount) {
    this.vertx = vertx;
    this.root = root;
    this.mount = mount;
  }

  /** Answers a request for a file that is there, and passes on every other. */
  @Override
  public void handle(RoutingContext context) {
    String path = context.normalizedPath().substring(mount.length());
    send(context, path.equals("/") ? "/index.html" : path);
  }

  /** Like {@link #handle}, for the file of that path below the folder. */
  void send(RoutingContext context, String path) {
    Matcher name = NAME.matcher(path);
    String type = name.matches() ? TYPES.get(name.group(1)) : null;
    StaticFile loaded = LOADED.get(root + path);
    if (type == null || !isRead(context)) {
      context.next();
    } else if (loaded != null) {
      loaded.send(context);
    } else {
      load(context, root + path, type);
    }
  }

  private static boolean isRead(RoutingContext context) {
    HttpMethod method = context.request().method();
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private void load(RoutingContext context, String resource, String type) {
    // why: who comes after this may want to read the body
    context.request().pause();
    vertx
        .executeBlocking(() -> read(resource, type))
        .onFailure(context::fail)
        .onSuccess(
            file -> {
              context.request().resume();
              if (file == null) {
                context.next();
              } else {
                file.send(context);
              }
            });
  }

  private static StaticFile read(String resource, String type) throws IOException {
    try (InputStream in = StaticFiles.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      StaticFile file = StaticFile.of(type, in.readAllBytes());
      LOADED.put(resource, file);
      return file;
    }
  }
}
