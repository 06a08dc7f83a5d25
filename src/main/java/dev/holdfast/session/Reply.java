package dev.holdfast.session;

/** The one answer to a command or query. */
public sealed interface Reply<T> {

  /** The revision that the answer stands for. */
  long revision();

  /**
   * It was done, or read.
   *
   * @param changed false when a command found everything as wanted
   */
  record Done<T>(long revision, boolean changed, T value) implements Reply<T> {}

  /**
   * It was not done.
   *
   * @param detail what to do about it, for people
   */
  record Refused<T>(long revision, Refusal reason, String detail) implements Reply<T> {}
}
