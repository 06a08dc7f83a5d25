package dev.holdfast.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may do what: host names, the token, and requests that another site made a browser send. */
final class Access {
  private static final String COOKIE = "holdfast";
  private static final String BEARER = "Bearer ";
  private static final long COOKIE_SECONDS = 30L * 24 * 3_600;
  private static final String AUTHENTICATED_BY_HEADER = "authenticatedByHeader";
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final List<String> SINGLE = List.of("Host", "Content-Type", "Authorization");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+");

  private final HttpSettings settings;

  /** The browser keeps a digest, so that the token itself is not in its files. */
  private final String cookieValue;

  /** The last header that was found right: nearly all requests carry the same. */
  private String knownHost;

  Access(HttpSettings settings) {
    this.settings = settings;
    this.cookieValue = Requests.sha256("holdfast cookie of " + settings.adminToken());
  }

  /** The name under which changes are put on record. */
  static String actor(RoutingContext context) {
    return context.get(AUTHENTICATED_BY_HEADER) == null ? "local" : "admin";
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

  /** Lets a request through that carries the token; the page opens with it in its address. */
  void checkToken(RoutingContext context) {
    if (settings.adminToken() == null) {
      context.next();
      return;
    }
    HttpServerRequest request = context.request();
    String header = request.getHeader("Authorization");
    Cookie cookie = request.getCookie(COOKIE);
    boolean byHeader =
        header != null
            && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
            && equal(header.substring(BEARER.length()), settings.adminToken());
    boolean byCookie = header == null && cookie != null && equal(cookie.getValue(), cookieValue);
    if (!byHeader && !byCookie) {
      throw new ProblemException(
          Problem.Type.UNAUTHORIZED,
          "Send the token as Authorization: Bearer, or enter it on the page.");
    }
    context.put(AUTHENTICATED_BY_HEADER, byHeader);
    context.next();
  }

  /** Compares in constant time. */
  private static boolean equal(String given, String wanted) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
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
    boolean byHeader = Boolean.TRUE.equals(context.get(AUTHENTICATED_BY_HEADER));
    String site = request.getHeader("Sec-Fetch-Site");
    boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
    if (foreign || !isOurOrigin(request)) {
      throw new ProblemException(
          Problem.Type.FORBIDDEN, "Changes are taken from this server's own pages only.");
    }
    if (!byHeader && !isLegacy(request) && !"1".equals(request.getHeader("X-Holdfast"))) {
      throw new ProblemException(
          Problem.Type.FORBIDDEN, "Send the header X-Holdfast: 1 with every change.");
    }
    context.next();
  }

  private static boolean isLegacy(HttpServerRequest request) {
    return !request.path().startsWith("/api/v1/");
  }

  private static boolean isOurOrigin(HttpServerRequest request) {
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

  /** The page with the token in its address: keeps it in a cookie, and out of the address. */
  void openWithToken(RoutingContext context) {
    String token = context.queryParams().get("token");
    if (token == null) {
      context.next();
      return;
    }
    if (settings.adminToken() != null && equal(token, settings.adminToken())) {
      setCookie(context, cookieValue, COOKIE_SECONDS);
    }
    context.response().setStatusCode(302).putHeader("Location", "./").end();
  }

  /** The token as a JSON body. */
  record LoginBody(String token) {}

  void login(RoutingContext context) {
    LoginBody body = PublicJson.read(context.body().buffer(), LoginBody.class);
    if (settings.adminToken() != null) {
      if (body.token() == null || !equal(body.token(), settings.adminToken())) {
        throw new ProblemException(Problem.Type.UNAUTHORIZED, "This is not the token.");
      }
      setCookie(context, cookieValue, COOKIE_SECONDS);
    }
    context.response().setStatusCode(204).end();
  }

  void logout(RoutingContext context) {
    // A browser forgets a cookie only when it is told with the path that it was set for.
    setCookie(context, "", 0);
    context.response().setStatusCode(204).end();
  }

  private static void setCookie(RoutingContext context, String value, long seconds) {
    context
        .response()
        .addCookie(
            Cookie.cookie(COOKIE, value)
                .setHttpOnly(true)
                .setPath("/")
                .setSameSite(CookieSameSite.STRICT)
                .setMaxAge(seconds));
  }
}
