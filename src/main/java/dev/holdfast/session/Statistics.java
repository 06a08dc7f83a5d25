package dev.holdfast.session;

/**
 * What an analyzer says a run cost.
 *
 * @param tokens read and written by a language model, 0 or more
 * @param costUsd in US dollars, or null when unknown
 */
public record Statistics(long tokens, Double costUsd) {
  public static final Statistics NONE = new Statistics(0, null);

  public Statistics {
    Check.range("statistics.tokens", tokens, 0, 1_000_000_000_000L);
    if (costUsd != null && !(costUsd >= 0 && costUsd <= 1e9)) {
      throw new IllegalArgumentException("statistics.costUsd must be 0 or more, not " + costUsd);
    }
  }
}
