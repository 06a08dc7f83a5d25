package dev.holdfast.session;

import java.time.Duration;

/** How long a session is kept after its end, by the state that it ended in. */
public record Retention(Duration completed, Duration partial, Duration failed) {

  /** The same for all. */
  public static Retention ofAll(Duration kept) {
    return new Retention(kept, kept, kept);
  }

  /** From the end in that state to the expiry. */
  public Duration of(SessionState ended) {
    return switch (ended) {
      case COMPLETED -> completed;
      case PARTIAL -> partial;
      case FAILED -> failed;
      default -> throw new IllegalArgumentException(ended.label() + " sessions do not expire");
    };
  }
}
