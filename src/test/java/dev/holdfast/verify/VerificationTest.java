package dev.holdfast.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Verify finds each fault of the incident, and says nothing of a server that is right. */
class VerificationTest {
  private static final int SECONDS_MAX = 60;
  private static final int SILENT_SECONDS = 3;

  @TempDir private Path directory;

  private static Outcome verify(Liar liar, String as, int seconds, boolean failFast) {
    return verify(liar, as, seconds, failFast, 1);
  }

  private static Outcome verify(Liar liar, String as, int seconds, boolean failFast, long seed) {
    Plan plan =
        new Plan(List.of(liar.url()), as, 40, 4, 4, seconds, seed, false, failFast, Map.of());
    return Verification.run(plan, (phase, at, operations, sessions, violations) -> {});
  }

  private static Check firstCheck(Outcome outcome) {
    return outcome.first() == null ? null : outcome.first().check();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyFaultIsFound(Fault fault) throws IOException {
    try (Liar liar = new Liar(fault)) {
      // why: histories are looked through at the end, everything else as it happens.
      int seconds = fault.shows().equals(Set.of(Check.HISTORY)) ? SILENT_SECONDS : SECONDS_MAX;
      Outcome outcome = verify(liar, "holdfast", seconds, true);
      assertThat(firstCheck(outcome)).as(Report.text(outcome)).isIn(fault.shows());
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  static IntStream runs() {
    return IntStream.rangeClosed(1, Integer.getInteger("verify.silent", 3));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aRightServerIsNotBlamed(int seed) throws IOException {
    try (Liar liar = new Liar(Fault.NONE)) {
      Outcome outcome = verify(liar, "holdfast", SILENT_SECONDS, false, seed);
      assertThat(outcome.violations()).as(Report.text(outcome)).isZero();
      assertThat(outcome.lines()).allMatch(line -> line.compared() > 0);
      assertThat(outcome.undecided()).isZero();
      assertThat(outcome.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIST_TORN", "MOVED_IN_TWO_STEPS", "TWO_MEMORIES", "COUNTS_FROM_ELSEWHERE"})
  void aServerIsFoundOutThatIsOnlyDescribed(Fault fault) throws IOException {
    try (Liar liar = new Liar(fault)) {
      Outcome outcome = verify(liar, described(), SECONDS_MAX, true);
      assertThat(firstCheck(outcome)).as(Report.text(outcome)).isIn(fault.shows());
    }
  }

  @Test
  void aRightServerIsNotBlamedThatIsOnlyDescribed() throws IOException {
    try (Liar liar = new Liar(Fault.NONE)) {
      Outcome outcome = verify(liar, described(), SILENT_SECONDS, false);
      assertThat(outcome.violations()).as(Report.text(outcome)).isZero();
      assertThat(outcome.operations()).isGreaterThan(100);
    }
  }

  private String described() throws IOException {
    String create =
        "{\"path\": \"/api/v1/sessions\", \"body\": {\"a\": \"{new}\"}, \"id\": \"/id\"}";
    String text = "{\"like\": \"flask\", \"create\": " + create + "}";
    return Files.writeString(directory.resolve("server.json"), text).toString();
  }
}
