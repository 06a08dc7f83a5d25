package dev.holdfast.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a request comes from and what it is meant for: host names, and other sites' pages. */
final class Origin {
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final List<String> SINGLE = List.of("Host", "Content-Type", "Authorization");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+");

  private final HttpSettings settings;

  /** The last header that was found right: nearly all requests carry the same. */
  private String knownHost;

  Origin(HttpSettings settings) {
    this.settings = settings;
  }

  /** Refuses requests that mean another host, or could be read in two ways. */
  void checkHost(RoutingContext context) {
    MultiMap headers = context.request().headers();
    for (String name : SINGLE) {
      if (headers.getAll(name).size() > 1) {
        throw new ProblemException(Problem.Type.MALFORMED, "Send one " + name + " header.");
      }
    }
    String header = headers.get("Host");
    if (header == null || !header.equals(knownHost)) {
      checkHostName(header);
      knownHost = header;
    }
    context.next();
  }

  private void checkHostName(String header) {
    String host = hostName(header);
    if (host == null || !settings.answersTo(host)) {
      throw new ProblemException(
          Problem.Type.MISDIRECTED,
          "Use the host name of this server, or add yours to http.names in its configuration.");
    }
  }

  private static String hostName(String header) {
    if (header == null || !HOST.matcher(header).matches()) {
      return null;
    }
    String name = header.replaceFirst(":\\d*$", "");
    return name.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Refuses changes that a foreign page could have caused: such a page cannot set a header of its
   * own, and its browser names it.
   */
  void checkSameSite(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (SAFE.contains(request.method())) {
      context.next();
      return;
    }
    Who who = Who.of(context);
    String site = request.getHeader("Sec-Fetch-Site");
    boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
    if (foreign || !isOurs(request)) {
      throw new ProblemException(
          Problem.Type.FORBIDDEN, "Changes are taken from this server's own pages only.");
    }
    boolean byHeader = who != null && who.byHeader();
    if (!byHeader && !isLegacy(request) && !"1".equals(request.getHeader("X-Holdfast"))) {
      throw new ProblemException(
          Problem.Type.FORBIDDEN, "Send the header X-Holdfast: 1 with every change.");
    }
    context.next();
  }

  private static boolean isLegacy(HttpServerRequest request) {
    return !request.path().startsWith("/api/v1/");
  }

  private static boolean isOurs(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return true;
    }
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(request.getHeader("Host"));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
