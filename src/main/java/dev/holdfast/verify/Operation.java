package dev.holdfast.verify;

import java.util.function.UnaryOperator;

/**
 * An operation of a history: what it did to the state, if it took effect between its call and its
 * return.
 *
 * @param returned {@link #OPEN} when nobody knows whether and when it took effect
 * @param effect gives the state after it, or null when it cannot have had its outcome in that state
 */
record Operation<S>(String who, String what, long called, long returned, UnaryOperator<S> effect) {
  static final long OPEN = Long.MAX_VALUE;

  boolean isOpen() {
    return returned == OPEN;
  }
}
