package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The laws of the owner, under faults. */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);
  private static final long FIRST = Long.getLong("simulation.first", 0);
  private static final int STEPS = 300;

  @Test
  void theLawsHoldWhateverHappensAndASeedTellsTheSameStoryTwice() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      assertThat(story(seed)).as("seed %d", seed).isEqualTo(story(seed));
    }
  }

  private static List<String> story(long seed) {
    try {
      return Simulation.run(seed, STEPS);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
