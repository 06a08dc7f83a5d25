package dev.holdfast.verify;

/** Told about twice a second how far a run is. */
@FunctionalInterface
public interface Progress {
  /**
   * @param phase what goes on
   * @param seconds of the run so far
   */
  void at(String phase, long seconds, long operations, int sessions, long violations);
}
