package dev.holdfast.session;

/**
 * What a resumed session asks.
 *
 * @param attempt the first one after the session was resumed
 */
public record Resumption(int attempt, Scope scope) {

  /** Which questions are asked again. */
  public enum Scope {
    /** Those that nobody has reported on. */
    PENDING,
    /** Those, and the ones whose answer was not found. */
    NOT_FOUND
  }
}
