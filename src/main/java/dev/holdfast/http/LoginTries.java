package dev.holdfast.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries to log in that have led to nothing, by name and by address, over all verticles of the
 * server. So many are free; each further one doubles the wait, whether there is such a name or not.
 * They are kept in memory: what is refused leaves no trace in the journal, and a start forgets
 * them.
 */
final class LoginTries {
  private static final int FREE = 5;
  private static final int KEPT_MAX = 10_000;
  private static final long WAIT_SECONDS_MAX = 900;
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  /** In the order of their last tries. */
  private final Map<String, Tries> kept = new LinkedHashMap<>();

  private record Tries(int count, Instant lastAt) {
    Instant notBefore() {
      if (count < FREE) {
        return Instant.MIN;
      }
      return lastAt.plusSeconds(Math.min(1L << Math.min(count - FREE, 20), WAIT_SECONDS_MAX));
    }
  }

  /**
   * Counts a try before its password is compared, so that many at once count too.
   *
   * @throws ProblemException 429 with when the next one is taken
   */
  synchronized void count(String name, String address, Instant now) {
    kept.values().removeIf(tries -> tries.lastAt().plus(FORGOTTEN).isBefore(now));
    for (String of : List.of(ofName(name), from(address))) {
      Tries former = kept.get(of);
      if (former != null && now.isBefore(former.notBefore())) {
        throw tooMany(Duration.between(now, former.notBefore()).toSeconds() + 1);
      }
    }
    for (String of : List.of(ofName(name), from(address))) {
      Tries former = kept.remove(of);
      kept.put(of, new Tries(former == null ? 1 : former.count() + 1, now));
    }
    while (kept.size() > KEPT_MAX) {
      kept.remove(kept.keySet().iterator().next());
    }
  }

  /**
   * The password was right.
   *
   * @return how many tries under the name were wrong before
   */
  synchronized int succeeded(String name, String address) {
    kept.remove(from(address));
    Tries former = kept.remove(ofName(name));
    return former == null ? 0 : former.count() - 1;
  }

  private static ProblemException tooMany(long seconds) {
    return new ProblemException(
        Problem.Type.TOO_MANY,
        "Too many tries; the next one is taken in " + seconds + " seconds.",
        seconds);
  }

  private static String ofName(String name) {
    return "name " + name;
  }

  private static String from(String address) {
    return "address " + address;
  }
}
