package dev.holdfast.http;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;

/** Reads the text of an uploaded PDF; somebody else's work. */
public interface DocumentText {

  /**
   * Text of all pages, the first page first; fails with a {@link ProblemException} that says what
   * is wrong with the file.
   */
  Future<List<String>> read(Path pdf);

  /** What is wrong with a file. */
  enum Fault {
    NOT_A_PDF(Problem.Type.UNSUPPORTED_TYPE),
    TOO_LARGE(Problem.Type.TOO_LARGE),
    UNREADABLE(Problem.Type.UNREADABLE_DOCUMENT),
    BUSY(Problem.Type.TOO_MANY);

    private final Problem.Type type;

    Fault(Problem.Type type) {
      this.type = type;
    }
  }

  /**
   * The failure to read with.
   *
   * @param detail what to do about it, for people
   */
  static ProblemException failure(Fault fault, String detail) {
    return new ProblemException(fault.type, detail);
  }
}
