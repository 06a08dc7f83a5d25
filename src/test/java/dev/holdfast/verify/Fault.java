package dev.holdfast.verify;

import java.util.Set;

/** What the liar does wrong, seldom and for a moment; the checks name how it can be seen first. */
enum Fault {
  NONE(Set.of()),

  /** The list is put together from the maps of each state, read one after the other. */
  LIST_TORN(Set.of(Check.LISTED, Check.ONCE)),

  /** A session that ends is taken out of one map, and put into the other a moment later. */
  MOVED_IN_TWO_STEPS(Set.of(Check.LISTED, Check.VIEWABLE, Check.HISTORY)),

  /** The cleanup writes back what it read before others changed it. */
  CLEANUP_RACE(
      Set.of(Check.LISTED, Check.VIEWABLE, Check.FORWARD, Check.OWN_WRITE, Check.REVISION)),

  /** Two processes behind one port, each with a memory of its own. */
  TWO_MEMORIES(Set.of(Check.LISTED, Check.VIEWABLE, Check.REVISION, Check.OWN_WRITE)),

  /** A stop is answered before the session has moved. */
  STOP_BEFORE_MOVE(Set.of(Check.OWN_WRITE, Check.FORWARD, Check.HISTORY)),

  /** The counts are of another moment than the list. */
  COUNTS_FROM_ELSEWHERE(Set.of(Check.COUNTS)),

  /** The stream leaves a change out and says nothing. */
  STREAM_SKIPS(Set.of(Check.FOLD)),

  /** A frame begins where the one before did not end. */
  STREAM_BREAKS(Set.of(Check.CHAIN)),

  /** A view comes from a cache that is behind. */
  STALE_VIEW(Set.of(Check.REVISION, Check.OWN_WRITE, Check.FORWARD, Check.VIEWABLE)),

  /** A report is acknowledged and forgotten. */
  LOST_ROW(Set.of(Check.HISTORY, Check.OWN_WRITE, Check.FORWARD)),

  /** A report of an attempt that was stopped is taken as one of the next. */
  NO_FENCE(Set.of(Check.HISTORY));

  private final Set<Check> shows;

  Fault(Set<Check> shows) {
    this.shows = shows;
  }

  Set<Check> shows() {
    return shows;
  }
}
