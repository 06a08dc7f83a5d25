package dev.holdfast.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.verify.Linearizability.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The search for an order, on a register that is written and read, and against trying them all. */
class LinearizabilityTest {
  private static final int TRIES_MAX = 100_000;

  private static Operation<Integer> write(long called, long returned, int value) {
    return new Operation<>("w", "write " + value, called, returned, before -> value);
  }

  private static Operation<Integer> read(long called, long returned, int value) {
    UnaryOperator<Integer> effect = before -> before == value ? before : null;
    return new Operation<>("r", "read " + value, called, returned, effect);
  }

  private static Verdict check(List<Operation<Integer>> operations) {
    return Linearizability.check(operations, 0, TRIES_MAX).verdict();
  }

  @Test
  void operationsAtTheSameTimeMayHaveAnyOrder() {
    assertThat(check(List.of(write(0, 10, 1), read(1, 2, 0), read(3, 4, 1))))
        .isEqualTo(Verdict.ORDERED);
    assertThat(check(List.of(write(0, 10, 1), write(0, 10, 2), read(11, 12, 1))))
        .isEqualTo(Verdict.ORDERED);
  }

  @Test
  void whatWasReadOnceIsNotUnread() {
    assertThat(check(List.of(write(0, 10, 1), read(1, 2, 1), read(3, 4, 0))))
        .isEqualTo(Verdict.NO_ORDER);
  }

  @Test
  void anAcknowledgedWriteIsSeen() {
    assertThat(check(List.of(write(0, 1, 1), read(2, 3, 0)))).isEqualTo(Verdict.NO_ORDER);
  }

  @Test
  void aWriteOfUnknownOutcomeMayComeLateOrNeverButNotBeforeItsCall() {
    Operation<Integer> open = write(5, Operation.OPEN, 7);
    assertThat(check(List.of(open, read(6, 7, 0), read(100, 101, 7)))).isEqualTo(Verdict.ORDERED);
    assertThat(check(List.of(open, read(6, 7, 0), read(100, 101, 0)))).isEqualTo(Verdict.ORDERED);
    assertThat(check(List.of(open, read(1, 2, 7)))).isEqualTo(Verdict.NO_ORDER);
    assertThat(check(List.of(open, read(6, 7, 7), read(8, 9, 0)))).isEqualTo(Verdict.NO_ORDER);
  }

  @Test
  void aSearchThatIsTooLongIsGivenUpAndSaysSo() {
    List<Operation<Integer>> tangled = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      tangled.add(write(0, 100, i));
    }
    tangled.add(read(101, 102, 99));
    assertThat(Linearizability.check(tangled, 0, 1_000).verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void itAgreesWithTryingEveryOrder() {
    int wrong = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      List<Operation<Integer>> operations = some(new Random(seed));
      boolean ordered = check(operations) == Verdict.ORDERED;
      assertThat(ordered).as("seed %d", seed).isEqualTo(hasOrder(operations, 0));
      wrong += ordered ? 0 : 1;
    }
    assertThat(wrong).as("histories of both kinds").isBetween(300, 2_700);
  }

  private static List<Operation<Integer>> some(Random random) {
    List<Operation<Integer>> operations = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      long called = random.nextInt(12);
      long returned = random.nextInt(6) == 0 ? Operation.OPEN : called + 1 + random.nextInt(8);
      int value = random.nextInt(3);
      operations.add(
          random.nextBoolean() ? write(called, returned, value) : read(called, returned, value));
    }
    return operations;
  }

  /** Tries every operation as the next one that no other one precedes. */
  private static boolean hasOrder(List<Operation<Integer>> left, int state) {
    if (left.stream().allMatch(Operation::isOpen)) {
      return true;
    }
    long firstReturn =
        Collections.min(left.stream().map(operation -> operation.returned()).toList());
    for (Operation<Integer> next : left) {
      Integer after = next.called() <= firstReturn ? next.effect().apply(state) : null;
      if (after != null) {
        List<Operation<Integer>> fewer = new ArrayList<>(left);
        fewer.remove(next);
        if (hasOrder(fewer, after)) {
          return true;
        }
      }
    }
    return false;
  }
}
