package dev.holdfast.session;

import java.time.Instant;

/**
 * A command on its way to the owner.
 *
 * @param commandId repeated with every try, so that a command is carried out once
 * @param deadline after which nobody waits for the answer, so that it must not be carried out
 * @param caller who wants it
 * @param key of an HTTP request that may be repeated later, or null
 */
public record Envelope<T>(
    String commandId, Instant deadline, Caller caller, Key key, Command<T> command) {

  /**
   * An idempotency key.
   *
   * @param scope actor, method, path and the key itself
   * @param fingerprint of the request body
   */
  public record Key(String scope, String fingerprint) {
    /** What scopes of one request begin with, and no scope with an actor does. */
    public static final String ONCE = "/once/";

    /** For a request without a key, whose tries must have one answer all the same. */
    public static Key ofOneRequest(String id) {
      return new Key(ONCE + id, "");
    }

    /** Whether nobody asks for it after the tries of one request. */
    boolean isOfOneRequest() {
      return scope.startsWith(ONCE);
    }
  }
}
