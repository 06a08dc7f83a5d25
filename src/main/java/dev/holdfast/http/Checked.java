package dev.holdfast.http;

import java.util.function.Supplier;

/** Values out of requests: what a record does not accept is the client's to mend. */
final class Checked {
  private Checked() {}

  /**
   * The value.
   *
   * @throws ProblemException 422 with the record's own words when it refuses its parts
   */
  static <T> T value(Supplier<T> parts) {
    try {
      return parts.get();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.Type.INVALID_VALUE, e.getMessage() + ".");
    }
  }
}
