package dev.holdfast.session;

import java.util.Locale;

/** The five states of a listed session; a removed session is in none of them. */
public enum SessionState {
  /** The session is queued: accepted and durable, waiting for an analyzer. */
  QUEUED,
  /** The session is running: an attempt is reporting rows. */
  RUNNING,
  /** The session is completed: its analyzer reported the end. */
  COMPLETED,
  /** The session is partial: somebody stopped it; the rows found so far are kept. */
  PARTIAL,
  /** The session is failed: it cannot go on by itself; the rows found so far are kept. */
  FAILED;

  /** Active sessions never expire; ended ones do. */
  public boolean isActive() {
    return this == QUEUED || this == RUNNING;
  }

  /** The name in the API, the journal and the log. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of that name.
   *
   * @throws IllegalArgumentException naming the five states, for any other text
   */
  public static SessionState ofLabel(String label) {
    for (SessionState state : values()) {
      if (state.label().equals(label)) {
        return state;
      }
    }
    throw new IllegalArgumentException(
        "state must be one of queued, running, completed, partial, failed");
  }
}
