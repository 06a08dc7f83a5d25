package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Grant;
import dev.holdfast.session.Query;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who makes a request, by the token, a key or a login, and what they may do. */
public final class Access {
  private static final Logger LOG = LoggerFactory.getLogger(Access.class);
  private static final String BEARER = "Bearer ";
  private static final Pattern KEY = Pattern.compile("hf_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");

  private final HttpSettings settings;
  private final SessionClient client;
  private final Rates rates;

  /** Logins that the token opened end with it: only its digest is with them. */
  private final String tokenDigest;

  Access(HttpSettings settings, SessionClient client, Rates rates) {
    this.settings = settings;
    this.client = client;
    this.rates = rates;
    this.tokenDigest = settings.adminToken() == null ? null : digest(settings.adminToken());
  }

  private static String digest(String token) {
    return Requests.sha256("holdfast token " + token);
  }

  /** The digest of the configured token, or null. */
  String tokenDigest() {
    return tokenDigest;
  }

  boolean isToken(String given) {
    return tokenDigest != null && given != null && Secrets.equal(digest(given), tokenDigest);
  }

  /** Finds out who it is, and whether they may do this, before anything else is looked at. */
  void check(RoutingContext context) {
    Future<Who> known = who(context.request());
    if (known.isComplete()) {
      known.onSuccess(who -> admit(context, who)).onFailure(context::fail);
      return;
    }
    // The body waits for whoever reads it, see HttpVerticle.body and UploadBody.
    context.request().pause();
    known
        .onSuccess(who -> admit(context, who))
        .onFailure(
            refused -> {
              context.request().resume();
              context.fail(refused);
            });
  }

  private void admit(RoutingContext context, Who who) {
    try {
      who.remember(context);
      rates.count(context, who);
      Rights.check(context, who);
    } catch (ProblemException refused) {
      if (refused.type() == Problem.Type.FORBIDDEN) {
        LOG.info(
            "refused by={} role={} {} {}",
            who.name(),
            who.role().label(),
            context.request().method(),
            context.normalizedPath());
      }
      context.request().resume();
      context.fail(refused);
      return;
    }
    context.next();
  }

  private Future<Who> who(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null) {
      return byHeader(header);
    }
    Cookie cookie = request.getCookie(LoginRoutes.cookie(request));
    Future<Who> nobody = settings.adminToken() == null ? localOnly() : unauthorized();
    return cookie == null || cookie.getValue().isEmpty()
        ? nobody
        : ask(new Who.Secret(null, Requests.sha256(cookie.getValue())))
            .compose(who -> who == null ? nobody : Future.succeededFuture(who));
  }

  private static Future<Who> localOnly() {
    return Future.succeededFuture(Who.LOCAL);
  }

  private Future<Who> byHeader(String header) {
    boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    String given = bearer ? header.substring(BEARER.length()) : "";
    if (isToken(given)) {
      return Future.succeededFuture(Who.TOKEN);
    }
    Matcher key = KEY.matcher(given);
    if (key.matches()) {
      return ask(new Who.Secret(key.group(1), Requests.sha256(key.group(2))))
          .compose(who -> who == null ? unauthorized() : Future.succeededFuture(who));
    }
    boolean open = settings.adminToken() == null && !given.startsWith("hf_");
    return open ? localOnly() : unauthorized();
  }

  private static Future<Who> unauthorized() {
    return Future.failedFuture(
        new ProblemException(
            Problem.Type.UNAUTHORIZED,
            "Log in on the page, or send a valid key or the token as Authorization: Bearer."));
  }

  /** Who has the secret now; null when it is worth nothing. */
  private Future<Who> ask(Who.Secret secret) {
    return client
        .ask(new Query.GetGrant(secret.keyId(), secret.sha256(), Instant.now()))
        .map(done -> isOfThisToken(done.value()) ? Who.of(done.value(), secret) : null);
  }

  private boolean isOfThisToken(Grant grant) {
    return grant != null && (grant.token() == null || grant.token().equals(tokenDigest));
  }

  /** Whether whoever it was may still do the same: a login can end, a role can change. */
  public Future<Boolean> isStill(Who who) {
    return who.secret() == null
        ? Future.succeededFuture(true)
        : ask(who.secret()).map(now -> now != null && now.role() == who.role());
  }
}
