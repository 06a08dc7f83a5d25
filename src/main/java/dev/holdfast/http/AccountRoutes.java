package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.AccessCommand.ChangeUser;
import dev.holdfast.session.AccessCommand.CreateKey;
import dev.holdfast.session.AccessCommand.CreateUser;
import dev.holdfast.session.AccessCommand.RemoveUser;
import dev.holdfast.session.AccessCommand.RevokeKey;
import dev.holdfast.session.Accounts;
import dev.holdfast.session.ApiKey;
import dev.holdfast.session.Query;
import dev.holdfast.session.Role;
import dev.holdfast.session.User;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Users and keys, for admins. */
final class AccountRoutes {
  private static final String USERS = "/api/v1/users";
  private static final String KEYS = "/api/v1/keys";

  private final SessionClient client;
  private final Passwords passwords;

  AccountRoutes(SessionClient client, Passwords passwords) {
    this.client = client;
    this.passwords = passwords;
  }

  void mount(Router router) {
    Requests.read(router, USERS).handler(this::users);
    Requests.read(router, USERS + "/:name").handler(this::user);
    router.post(USERS).handler(this::createUser);
    router.patch(USERS + "/:name").handler(this::changeUser);
    router.delete(USERS + "/:name").handler(this::removeUser);
    Requests.read(router, KEYS).handler(this::keys);
    Requests.read(router, KEYS + "/:id").handler(this::key);
    router.post(KEYS).handler(this::createKey);
    router.delete(KEYS + "/:id").handler(this::revokeKey);
  }

  /** A user as admins see it. */
  record UserView(
      String name,
      String role,
      boolean disabled,
      String createdBy,
      Instant createdAt,
      Instant changedAt) {
    static UserView of(User user) {
      return new UserView(
          user.name(),
          user.role().label(),
          user.disabled(),
          user.createdBy(),
          user.createdAt(),
          user.changedAt());
    }
  }

  record Listed(long revision, List<?> items) {}

  private void users(RoutingContext context) {
    accounts(context, all -> all.users().values().stream().map(UserView::of).toList());
  }

  private void keys(RoutingContext context) {
    accounts(
        context, all -> all.keys().values().stream().map(key -> KeyView.of(key, null)).toList());
  }

  private void accounts(RoutingContext context, Function<Accounts, List<?>> items) {
    client
        .ask(new Query.GetAccounts())
        .onSuccess(
            done ->
                Requests.sendJson(
                    context,
                    done.revision(),
                    new Listed(done.revision(), items.apply(done.value()))))
        .onFailure(context::fail);
  }

  private void user(RoutingContext context) {
    String name = context.pathParam("name");
    one(context, "user", name, all -> all.users().get(name), UserView::of);
  }

  private void key(RoutingContext context) {
    String id = context.pathParam("id");
    one(context, "key", id, all -> all.keys().get(id), key -> KeyView.of(key, null));
  }

  private <T> void one(
      RoutingContext context,
      String what,
      String id,
      Function<Accounts, T> find,
      Function<T, Object> view) {
    client
        .ask(new Query.GetAccounts())
        .onSuccess(
            done -> {
              T found = find.apply(done.value());
              if (found == null) {
                context.fail(missing(what, id));
              } else {
                Requests.sendJson(context, done.revision(), view.apply(found));
              }
            })
        .onFailure(context::fail);
  }

  private static ProblemException missing(String what, String id) {
    return new ProblemException(
        Problem.Type.NOT_FOUND, "There is no " + what + " " + id + ", or not any more.");
  }

  record NewUser(String name, String role, String password) {}

  private void createUser(RoutingContext context) {
    NewUser body = PublicJson.read(context.body().buffer(), NewUser.class);
    // The name and role are looked at before the password takes its time.
    CreateUser checked =
        Checked.value(() -> new CreateUser(body.name(), role(body.role()), "unknown yet"));
    Passwords.check(body.password(), body.name());
    passwords
        .hashed(body.password())
        .compose(
            hash ->
                Requests.send(
                    context, client, new CreateUser(checked.name(), checked.role(), hash)))
        .onSuccess(
            done -> {
              context
                  .response()
                  .setStatusCode(201)
                  .putHeader("Location", USERS + "/" + checked.name());
              Requests.sendJson(context, done.revision(), UserView.of(done.value()));
            })
        .onFailure(context::fail);
  }

  private static Role role(String label) {
    return label == null ? null : Role.of(label);
  }

  record UserChange(String role, String password, Boolean disabled) {}

  private void changeUser(RoutingContext context) {
    String name = context.pathParam("name");
    UserChange body = PublicJson.read(context.body().buffer(), UserChange.class);
    Role role = Checked.value(() -> role(body.role()));
    Future<String> hash = Future.succeededFuture();
    if (body.password() != null) {
      Passwords.check(body.password(), name);
      hash = passwords.hashed(body.password());
    }
    hash.compose(
            hashed ->
                Requests.send(context, client, new ChangeUser(name, role, hashed, body.disabled())))
        .onSuccess(done -> Requests.sendJson(context, done.revision(), UserView.of(done.value())))
        .onFailure(context::fail);
  }

  private void removeUser(RoutingContext context) {
    Requests.send(context, client, new RemoveUser(context.pathParam("name")))
        .onSuccess(done -> Requests.sendNothing(context, done.revision()))
        .onFailure(context::fail);
  }

  /**
   * A key as admins see it.
   *
   * @param secret what to send as {@code Authorization: Bearer}; shown once, when it is created
   */
  record KeyView(
      String id,
      String name,
      String role,
      String lastFour,
      String createdBy,
      Instant createdAt,
      Instant expiresAt,
      String secret) {
    static KeyView of(ApiKey key, String secret) {
      return new KeyView(
          key.id(),
          key.name(),
          key.role().label(),
          key.lastFour(),
          key.createdBy(),
          key.createdAt(),
          key.expiresAt(),
          secret);
    }
  }

  record NewKey(String name, String role, Instant expiresAt) {}

  private void createKey(RoutingContext context) {
    NewKey body = PublicJson.read(context.body().buffer(), NewKey.class);
    String id = Secrets.keyId();
    String secret = Secrets.secret();
    CreateKey command =
        Checked.value(
            () ->
                new CreateKey(
                    id,
                    body.name(),
                    role(body.role()),
                    Requests.sha256(secret),
                    secret.substring(secret.length() - 4),
                    body.expiresAt()));
    Requests.send(context, client, command)
        .onSuccess(
            done -> {
              context.response().setStatusCode(201).putHeader("Location", KEYS + "/" + id);
              Requests.sendJson(
                  context, done.revision(), KeyView.of(done.value(), "hf_" + id + "_" + secret));
            })
        .onFailure(context::fail);
  }

  private void revokeKey(RoutingContext context) {
    Requests.send(context, client, new RevokeKey(context.pathParam("id")))
        .onSuccess(done -> Requests.sendNothing(context, done.revision()))
        .onFailure(context::fail);
  }
}
