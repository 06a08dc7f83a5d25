package dev.holdfast.session;

import java.time.Instant;

/**
 * An event at its place in the journal.
 *
 * @param revision from 1, contiguous over all sessions
 * @param at never before the event before it; whole milliseconds
 * @param caller who caused it
 * @param commandId of the command that caused it
 */
public record Recorded(long revision, Instant at, Caller caller, String commandId, Event event) {

  /** Where, when and by whom: what applying an event may depend on beside the state. */
  public record Position(long revision, Instant at, String actor) {}

  void applyTo(State state) {
    event.apply(state, new Position(revision, at, caller.actor()));
  }
}
