package dev.holdfast.http;

import dev.holdfast.session.Caller;
import dev.holdfast.session.Grant;
import dev.holdfast.session.Role;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;

/**
 * Who made a request, and what with.
 *
 * @param name on record as the actor
 * @param means what the credential is: {@code local}, {@code token}, {@code key} or {@code login}
 * @param scope tells credentials apart, also of equal names; limits are counted by it
 * @param byHeader whether the credential came in a header of its own, which no foreign page can set
 * @param secret by which the owner can be asked again, or null when nothing can become of it
 */
public record Who(
    String name,
    Role role,
    String means,
    String scope,
    boolean byHeader,
    Instant expiresAt,
    Secret secret) {
  private static final String KEY = "who";

  /** Everybody, where no token is configured; reached over loopback only. */
  static final Who LOCAL = new Who("local", Role.ADMIN, "local", "local", false, null, null);

  /** Whoever sends the token of the configuration. */
  static final Who TOKEN = new Who("admin", Role.ADMIN, "token", "admin", true, null, null);

  /**
   * A credential as the owner knows it.
   *
   * @param keyId of an API key, or null for a login
   * @param sha256 of the secret
   */
  record Secret(String keyId, String sha256) {}

  static Who of(Grant grant, Secret secret) {
    boolean key = grant.keyId() != null;
    return new Who(
        grant.name(),
        grant.role(),
        key ? "key" : "login",
        key ? "key " + grant.keyId() : grant.name(),
        key,
        grant.expiresAt(),
        secret);
  }

  /** Who made the request; known once the credential was looked at. */
  public static Who of(RoutingContext context) {
    return context.get(KEY);
  }

  void remember(RoutingContext context) {
    context.put(KEY, this);
  }

  /** Whether the limits of a credential hold: not for the token nor on an open loopback. */
  public boolean isLimited() {
    return secret != null && !name.equals(TOKEN.name);
  }

  Caller caller(String requestId) {
    String client = secret != null && secret.keyId() != null ? "http:" + secret.keyId() : "http";
    return new Caller(name, client, requestId);
  }
}
