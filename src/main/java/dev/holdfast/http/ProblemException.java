package dev.holdfast.http;

/** A request that is answered with a problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Problem.Type type;
  private final long retrySeconds;

  /**
   * @param detail what to do about it, for people
   */
  public ProblemException(Problem.Type type, String detail) {
    this(type, detail, 0);
  }

  /**
   * @param retrySeconds after which it is worth trying again; 0 leaves it to the type
   */
  ProblemException(Problem.Type type, String detail, long retrySeconds) {
    super(detail, null, false, false);
    this.type = type;
    this.retrySeconds = retrySeconds;
  }

  long retrySeconds() {
    return retrySeconds;
  }

  Problem.Type type() {
    return type;
  }
}
