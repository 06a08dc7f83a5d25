package dev.holdfast.verify;

/** Nothing can be said about the server; the message tells a person what to mend. */
public final class CannotCheck extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotCheck(String message) {
    super(message);
  }

  public CannotCheck(String message, Throwable cause) {
    super(message, cause);
  }
}
