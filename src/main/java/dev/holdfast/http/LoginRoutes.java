package dev.holdfast.http;

import dev.holdfast.bus.RefusedException;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.AccessCommand;
import dev.holdfast.session.AccessCommand.EndLogin;
import dev.holdfast.session.AccessCommand.StartLogin;
import dev.holdfast.session.AccessCommand.StartTokenLogin;
import dev.holdfast.session.Login;
import dev.holdfast.session.Query;
import dev.holdfast.session.Refusal;
import dev.holdfast.session.User;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logging in and out, and who one is. */
final class LoginRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(LoginRoutes.class);
  private static final int NAME_MAX = 64;
  private static final int PASSWORD_MAX = 2 * Passwords.LENGTH_MAX;
  private static final String PLAIN = "holdfast";

  /** Browsers take a cookie of such a name over TLS only, and from no other host. */
  private static final String SECURE = "__Host-holdfast";

  private final SessionClient client;
  private final Access access;
  private final Passwords passwords;
  private final LoginTries tries;
  private final Duration lasts;

  /**
   * @param tries to log in, of all verticles of the server
   * @param lasts how long a login is good for
   */
  LoginRoutes(
      SessionClient client, Access access, Passwords passwords, LoginTries tries, Duration lasts) {
    this.client = client;
    this.access = access;
    this.passwords = passwords;
    this.tries = tries;
    this.lasts = lasts;
  }

  /** The name of the cookie that keeps a login. */
  static String cookie(HttpServerRequest request) {
    return request.isSSL() ? SECURE : PLAIN;
  }

  /** What needs a credential; {@link #login} does not. */
  void mount(Router router) {
    Requests.read(router, "/api/v1/me").handler(this::me);
    router.post("/api/v1/me/password").handler(this::changePassword);
    router.post("/api/v1/logout").handler(this::logout);
  }

  /** The token, or a user's name and password. */
  record LoginBody(String token, String name, String password) {}

  void login(RoutingContext context) {
    LoginBody body = PublicJson.read(context.body().buffer(), LoginBody.class);
    if (body.name() == null && body.password() == null) {
      loginByToken(context, body.token());
    } else {
      loginByPassword(context, body);
    }
  }

  private void loginByToken(RoutingContext context, String token) {
    if (access.tokenDigest() == null && token != null) {
      // An open server asks nobody for a token, and a page may not know yet.
      context.response().setStatusCode(204).end();
      return;
    }
    if (!access.isToken(token)) {
      throw new ProblemException(Problem.Type.UNAUTHORIZED, "This is not the token.");
    }
    startByToken(context)
        .onSuccess(started -> context.response().setStatusCode(204).end())
        .onFailure(context::fail);
  }

  private Future<Void> startByToken(RoutingContext context) {
    String digest = access.tokenDigest();
    return start(
        context,
        Who.TOKEN.name(),
        sha256 ->
            new StartTokenLogin(sha256, Who.TOKEN.name(), digest, address(context), expiry()));
  }

  private Instant expiry() {
    return Instant.now().plus(lasts).truncatedTo(ChronoUnit.SECONDS);
  }

  private Future<Void> start(
      RoutingContext context, String user, Function<String, AccessCommand<Login>> command) {
    String secret = Secrets.secret();
    return client
        .send(command.apply(Requests.sha256(secret)), Requests.caller(context, user), null)
        .onSuccess(done -> setCookie(context, secret, lasts.toSeconds()))
        .mapEmpty();
  }

  private void loginByPassword(RoutingContext context, LoginBody body) {
    if (body.name() == null || body.password() == null || body.token() != null) {
      throw new ProblemException(
          Problem.Type.INVALID_VALUE, "Send name and password, or the token alone.");
    }
    if (body.name().length() > NAME_MAX || body.password().length() > PASSWORD_MAX) {
      throw wrong();
    }
    tries.count(body.name(), address(context), Instant.now());
    client
        .ask(new Query.GetUser(body.name()))
        .compose(done -> compare(context, body, done.value()))
        .onSuccess(started -> context.response().setStatusCode(204).end())
        .onFailure(context::fail);
  }

  private Future<Void> compare(RoutingContext context, LoginBody body, User user) {
    String hash = user == null || user.disabled() ? null : user.passwordHash();
    return passwords
        .matches(body.password(), hash)
        .compose(
            right -> {
              if (!right) {
                LOG.warn("login refused address={}", address(context));
                return Future.failedFuture(wrong());
              }
              return startOf(context, user, tries.succeeded(body.name(), address(context)));
            });
  }

  private Future<Void> startOf(RoutingContext context, User user, int failed) {
    return start(
            context,
            user.name(),
            sha256 ->
                new StartLogin(
                    sha256, user.name(), user.passwordHash(), address(context), failed, expiry()))
        .recover(failure -> Future.failedFuture(isChanged(failure) ? wrong() : failure));
  }

  private static boolean isChanged(Throwable failure) {
    return failure instanceof RefusedException refused && refused.reason() == Refusal.CHANGED_SINCE;
  }

  private static ProblemException wrong() {
    return new ProblemException(
        Problem.Type.UNAUTHORIZED, "There is no such user, or the password is another one.");
  }

  private static String address(RoutingContext context) {
    return context.request().remoteAddress().hostAddress();
  }

  /**
   * The page with the token in its address: keeps a login in a cookie, and it out of the address.
   */
  void openWithToken(RoutingContext context) {
    String token = context.queryParams().get("token");
    if (token == null) {
      context.next();
      return;
    }
    Future<Void> started = access.isToken(token) ? startByToken(context) : Future.succeededFuture();
    // Without a login the page shows where to enter the token.
    started.onComplete(
        done -> context.response().setStatusCode(302).putHeader("Location", "./").end());
  }

  private void logout(RoutingContext context) {
    Who who = Who.of(context);
    boolean login = who.secret() != null && who.secret().keyId() == null;
    Future<?> ended =
        login
            ? Requests.send(context, client, new EndLogin(who.secret().sha256()))
            : Future.succeededFuture();
    ended
        .onSuccess(
            done -> {
              // A browser forgets a cookie only when told with the path that it was set for.
              setCookie(context, "", 0);
              context.response().setStatusCode(204).end();
            })
        .onFailure(context::fail);
  }

  private static void setCookie(RoutingContext context, String value, long seconds) {
    HttpServerRequest request = context.request();
    context
        .response()
        .addCookie(
            Cookie.cookie(cookie(request), value)
                .setHttpOnly(true)
                .setSecure(request.isSSL())
                .setPath("/")
                .setSameSite(CookieSameSite.STRICT)
                .setMaxAge(seconds));
  }

  /**
   * @param means {@code local}, {@code token}, {@code key} or {@code login}
   * @param expiresAt of the credential, or null for never
   */
  record Me(String name, String role, String means, Instant expiresAt) {}

  private void me(RoutingContext context) {
    Who who = Who.of(context);
    context
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(
            PublicJson.encode(
                new Me(who.name(), who.role().label(), who.means(), who.expiresAt())));
  }

  /** The password that a user has, and the one to have. */
  record PasswordBody(String password, String newPassword) {}

  private void changePassword(RoutingContext context) {
    Who who = Who.of(context);
    PasswordBody body = PublicJson.read(context.body().buffer(), PasswordBody.class);
    if (!who.means().equals("login")) {
      throw new ProblemException(
          Problem.Type.FORBIDDEN, "Only who logged in with a password can change it.");
    }
    Passwords.check(body.newPassword(), who.name());
    String given = body.password() == null ? "" : body.password();
    tries.count(who.name(), address(context), Instant.now());
    client
        .ask(new Query.GetUser(who.name()))
        .compose(done -> compareOnly(context, given, done.value()))
        .compose(right -> passwords.hashed(body.newPassword()))
        .compose(
            hash ->
                Requests.send(
                    context, client, new AccessCommand.ChangeUser(who.name(), null, hash, null)))
        .onSuccess(
            done -> {
              setCookie(context, "", 0);
              context.response().setStatusCode(204).end();
            })
        .onFailure(context::fail);
  }

  private Future<Void> compareOnly(RoutingContext context, String password, User user) {
    return passwords
        .matches(password, user == null ? null : user.passwordHash())
        .compose(
            right -> {
              if (!right) {
                return Future.failedFuture(
                    new ProblemException(
                        Problem.Type.INVALID_VALUE, "password is not the present one."));
              }
              tries.succeeded(user.name(), address(context));
              return Future.succeededFuture();
            });
  }
}
