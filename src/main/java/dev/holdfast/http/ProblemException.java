package dev.holdfast.http;

/** A request that is answered with a problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Problem.Type type;

  /**
   * @param detail what to do about it, for people
   */
  public ProblemException(Problem.Type type, String detail) {
    super(detail, null, false, false);
    this.type = type;
  }

  Problem.Type type() {
    return type;
  }
}
