package dev.holdfast.verify;

/**
 * A line of a timeline.
 *
 * @param sent in nanoseconds of the run
 * @param done in nanoseconds of the run
 */
record Step(long sent, long done, String who, String what) {}
