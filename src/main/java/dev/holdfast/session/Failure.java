package dev.holdfast.session;

/**
 * Why a session failed.
 *
 * @param type a stable word, for example {@code worker-lost}; 1 to 64 characters
 * @param message for people; at most 2,000 characters
 */
public record Failure(String type, String message) {
  public Failure {
    Check.text("error.type", type, 1, 64);
    Check.text("error.message", message, 0, 2_000);
  }
}
