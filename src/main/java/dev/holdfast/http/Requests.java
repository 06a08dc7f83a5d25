package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Command;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What a request is made into for the owner: a command with its caller and key. */
public final class Requests {
  private static final String KEY = "Idempotency-Key";
  private static final int KEY_MAX = 200;
  private static final String REQUEST_ID = "requestId";
  private static final AtomicLong COUNT = new AtomicLong();
  private static final String RUN = Long.toString(System.currentTimeMillis(), 36);

  private Requests() {}

  /** Numbers the request; the number is in its reply and on record with what it changes. */
  static void number(RoutingContext context) {
    String id = RUN + "-" + Long.toString(COUNT.incrementAndGet(), 36);
    context.put(REQUEST_ID, id);
    context.response().putHeader("Holdfast-Request", id);
    context.next();
  }

  /** A route for GET, and for HEAD, whose body Vert.x leaves away. */
  public static Route read(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  /** Sends a command on behalf of whoever made the request. */
  public static <T> Future<Done<T>> send(
      RoutingContext context, SessionClient client, Command<T> command) {
    return client.send(command, caller(context), null);
  }

  /** Like {@link #send}, for a request that may be repeated under an idempotency key. */
  static <T> Future<Done<T>> sendKeyed(
      RoutingContext context, SessionClient client, Command<T> command) {
    return client.send(command, caller(context), key(context));
  }

  /**
   * Like {@link #sendKeyed}, for a command whose answer only its decision knows: a lost answer is
   * found under the key, also one that the request does not have.
   */
  static <T> Future<Done<T>> sendAlwaysKeyed(
      RoutingContext context, SessionClient client, Command<T> command) {
    Envelope.Key given = key(context);
    Envelope.Key once = Envelope.Key.ofOneRequest(UUID.randomUUID().toString());
    return client.send(command, caller(context), given == null ? once : given);
  }

  /** The command; where a value is wrong, a session that is not there says so first. */
  static <C extends Command<?>> Future<C> command(
      SessionClient client, String sessionId, Supplier<C> parts) {
    try {
      return Future.succeededFuture(Checked.value(parts));
    } catch (ProblemException invalid) {
      return client
          .ask(new Query.GetSession(sessionId))
          .compose(there -> Future.failedFuture(invalid));
    }
  }

  /** Answers with a value that is of no session alone. */
  static void sendJson(RoutingContext context, long revision, Object value) {
    context
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-cache")
        .putHeader("Holdfast-Revision", Long.toString(revision))
        .end(PublicJson.encode(value));
  }

  static Caller caller(RoutingContext context) {
    return Who.of(context).caller(context.get(REQUEST_ID));
  }

  /** Like {@link #caller(RoutingContext)}, for somebody who is about to log in. */
  static Caller caller(RoutingContext context, String actor) {
    return new Caller(actor, "http", context.get(REQUEST_ID));
  }

  /** Answers that it is done, where there is nothing to show. */
  static void sendNothing(RoutingContext context, long revision) {
    context
        .response()
        .setStatusCode(204)
        .putHeader("Holdfast-Revision", Long.toString(revision))
        .end();
  }

  private static Envelope.Key key(RoutingContext context) {
    HttpServerRequest request = context.request();
    String key = request.getHeader(KEY);
    if (key == null) {
      return null;
    }
    if (key.isEmpty() || key.length() > KEY_MAX) {
      throw new ProblemException(
          Problem.Type.MALFORMED, KEY + " must have 1 to " + KEY_MAX + " characters.");
    }
    String scope =
        String.join(" ", Who.of(context).scope(), request.method().name(), request.path(), key);
    return new Envelope.Key(scope, sha256(context.body().buffer()));
  }

  private static String sha256(Buffer body) {
    return sha256(body == null ? new byte[0] : body.getBytes());
  }

  /** SHA-256 of the text in UTF-8, in lower-case hexadecimal. */
  static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** A digest to feed piece by piece. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
