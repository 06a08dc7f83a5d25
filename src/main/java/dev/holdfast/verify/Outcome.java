package dev.holdfast.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run came to.
 *
 * @param operations requests that were sent
 * @param unanswered of them got no answer, or one that says that the server could not
 * @param writes false when nothing was changed, as the server's description names no way to
 * @param undecided histories for which the search was given up
 * @param first the first violation, or null
 */
public record Outcome(
    String as,
    long seed,
    long seconds,
    long operations,
    long unanswered,
    int sessions,
    boolean writes,
    long undecided,
    List<Line> lines,
    Violation first) {

  /**
   * What one check came to.
   *
   * @param example the first violation of it, or null
   */
  public record Line(Check check, long compared, long violations, Violation example) {}

  /**
   * What the run has come to.
   *
   * @throws CannotCheck when most requests were not answered
   */
  static Outcome of(Run run, boolean writes, long undecided) {
    if (run.unanswered() * 2 > run.operations()) {
      throw new CannotCheck(
          run.unanswered()
              + " of "
              + run.operations()
              + " requests were not answered, the last one: "
              + run.lastUnanswered().what()
              + " → "
              + run.lastUnanswered().outcome());
    }
    return new Outcome(
        run.plan().as(),
        run.plan().seed(),
        run.now() / 1_000_000_000L,
        run.operations(),
        run.unanswered(),
        run.knowledge().size(),
        writes,
        undecided,
        lines(run.findings()),
        run.findings().first());
  }

  private static List<Line> lines(Findings findings) {
    List<Line> lines = new ArrayList<>();
    for (Check check : Check.values()) {
      lines.add(
          new Line(
              check,
              findings.compared(check),
              findings.violations(check),
              findings.example(check)));
    }
    return lines;
  }

  public long violations() {
    return lines.stream().mapToLong(Line::violations).sum();
  }

  /** 0 when nothing was found, 1 when something was. */
  public int exitCode() {
    return violations() == 0 ? 0 : 1;
  }
}
