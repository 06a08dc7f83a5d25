package dev.holdfast.http;

import java.util.HashMap;
import java.util.Map;

/** Places for streams and waiting polls: so many in all, and so many for each credential. */
public final class StreamPlaces {
  private final int max;
  private final int eachMax;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  StreamPlaces(int max, int eachMax) {
    this.max = max;
    this.eachMax = eachMax;
  }

  /**
   * Takes a place.
   *
   * @throws ProblemException 429 when there is none
   */
  public synchronized void take(Who who) {
    if (all >= max) {
      throw new ProblemException(
          Problem.Type.TOO_MANY, "As many streams as the server serves are open; try again.");
    }
    int own = taken.getOrDefault(who.scope(), 0);
    if (who.isLimited() && own >= eachMax) {
      throw new ProblemException(
          Problem.Type.TOO_MANY, eachMax + " streams of yours are open; close one first.");
    }
    all++;
    taken.put(who.scope(), own + 1);
  }

  /** Gives a place back that was taken. */
  public synchronized void release(Who who) {
    all--;
    taken.computeIfPresent(who.scope(), (scope, own) -> own == 1 ? null : own - 1);
  }

  /** Streams and waiting polls of now. */
  public synchronized int taken() {
    return all;
  }
}
