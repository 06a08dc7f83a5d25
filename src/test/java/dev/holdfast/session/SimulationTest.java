package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The laws of the owner, under faults. */
class SimulationTest {
  private static final int SEEDS = 500;
  private static final int STEPS = 300;
  private final SimCoverage coverage = new SimCoverage();

  @Test
  void theLawsHoldWhateverHappensAndEveryCommandMeetsEveryStateThatItCanMeet() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(story(seed)).as("seed %d, told twice", seed).isEqualTo(story(seed));
    }
    assertThat(coverage.missing()).as("what can occur and did not").isEmpty();
    assertThat(coverage.surprising()).as("what occurred and was held impossible").isEmpty();
  }

  @Test
  void everyKindOfCommandIsOnTheListOfWhatCanOccur() {
    assertThat(coverage.missing())
        .as("commands that the simulation does not know")
        .contains("StartSession queued", "RequeueSession running", "Bulk extend gone");
    for (Class<?> kind : kinds(Command.class)) {
      assertThat(coverage.missing()).anyMatch(cell -> cell.startsWith(kind.getSimpleName() + " "));
    }
  }

  private static List<Class<?>> kinds(Class<?> sealed) {
    return sealed.isSealed()
        ? Arrays.stream(sealed.getPermittedSubclasses())
            .flatMap(kind -> kinds(kind).stream())
            .<Class<?>>map(kind -> kind)
            .toList()
        : List.of(sealed);
  }

  private List<Long> story(long seed) {
    BitSet steps = new BitSet();
    steps.set(0, STEPS);
    SimStory story = new SimStory(false);
    try {
      Simulation.run(seed, steps, story, coverage);
    } catch (AssertionError | RuntimeException e) {
      List<String> shortest = new SimShrinker(seed, STEPS).story();
      throw new AssertionError("seed " + seed + ":\n" + String.join("\n", shortest), e);
    }
    return story.digests();
  }
}
