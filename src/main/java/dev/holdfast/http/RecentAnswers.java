package dev.holdfast.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The latest encoded answer for each key, so that an unchanged state is encoded once. */
final class RecentAnswers {
  private static final int BYTES_MAX = 64 << 20;
  private final Map<Object, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Entry(long revision, Encoded answer) {}

  /** The answer at that revision, or null where it was not the last one. */
  Encoded find(Object key, long revision) {
    Entry known = entries.get(key);
    return known != null && known.revision() == revision ? known.answer() : null;
  }

  /** The answer at that revision, encoded now unless it was the last one. */
  Encoded get(Object key, long revision, Supplier<Encoded> encode) {
    Encoded same = find(key, revision);
    if (same != null) {
      return same;
    }
    Entry known = entries.get(key);
    Encoded answer = encode.get();
    if (known != null) {
      bytes -= known.answer().body().length();
    }
    entries.put(key, new Entry(revision, answer));
    bytes += answer.body().length();
    shrink();
    return answer;
  }

  private void shrink() {
    var leastRecent = entries.entrySet().iterator();
    while (bytes > BYTES_MAX && leastRecent.hasNext()) {
      bytes -= leastRecent.next().getValue().answer().body().length();
      leastRecent.remove();
    }
  }
}
