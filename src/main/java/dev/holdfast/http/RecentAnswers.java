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

  /** The answer at that revision, encoded now unless it was the last one. */
  Encoded get(Object key, long revision, Supplier<Encoded> encode) {
    Entry known = entries.get(key);
    if (known != null && known.revision() == revision) {
      return known.answer();
    }
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
