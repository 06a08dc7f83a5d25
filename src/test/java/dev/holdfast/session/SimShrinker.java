package dev.holdfast.session;

import java.util.BitSet;
import java.util.List;

/** Makes the story of a seed that breaks a law as short as it gets. */
final class SimShrinker {
  private static final int PASSES_MAX = 3;

  private final long seed;
  private BitSet steps = new BitSet();
  private String law;

  SimShrinker(long seed, int steps) {
    this.seed = seed;
    this.steps.set(0, steps);
  }

  /** The law that breaks and one line for each step that it takes; empty when none breaks. */
  List<String> story() {
    law = broken(steps, new SimStory(false));
    if (law == null) {
      return List.of();
    }
    for (int size = Math.max(1, steps.cardinality() / 2); size > 0; size /= 2) {
      int passes = 0;
      while (passes < PASSES_MAX && dropRuns(size)) {
        passes++;
      }
    }
    SimStory told = new SimStory(true);
    String end = broken(steps, told);
    List<String> lines = told.lines();
    lines.add("broken: " + end);
    return lines;
  }

  /** Leaves out any so many steps in a row that are not needed. */
  private boolean dropRuns(int size) {
    boolean dropped = false;
    int at = steps.length();
    while (at > 0) {
      BitSet fewer = (BitSet) steps.clone();
      for (int i = 0; i < size && at > 0; i++) {
        at = fewer.previousSetBit(at - 1);
        if (at < 0) {
          break;
        }
        fewer.clear(at);
      }
      if (isSame(broken(fewer, new SimStory(false)))) {
        steps = fewer;
        dropped = true;
      }
    }
    return dropped;
  }

  private boolean isSame(String other) {
    return other != null && kind(other).equals(kind(law));
  }

  /** The law without its numbers and names. */
  private static String kind(String broken) {
    String plain = broken.replaceAll("\\S*\\d\\S*", "#");
    return plain.length() > 40 ? plain.substring(0, 40) : plain;
  }

  private String broken(BitSet some, SimStory story) {
    try {
      Simulation.run(seed, some, story, new SimCoverage());
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e instanceof AssertionError ? e.getMessage() : e.toString();
    }
  }
}
