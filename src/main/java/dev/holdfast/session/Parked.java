package dev.holdfast.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Commands that wait for the rows of an ended session. */
final class Parked {
  private final Map<String, List<Waiting>> bySession = new LinkedHashMap<>();
  private int size;

  /** A command and who waits for it. */
  record Waiting(Envelope<?> envelope, long ticket) {}

  /** Lets a command wait; true when it is the first one for that session. */
  boolean add(String sessionId, Envelope<?> envelope, long ticket) {
    boolean first = !bySession.containsKey(sessionId);
    bySession
        .computeIfAbsent(sessionId, id -> new ArrayList<>())
        .add(new Waiting(envelope, ticket));
    size++;
    return first;
  }

  /** The commands that waited for that session. */
  List<Waiting> take(String sessionId) {
    List<Waiting> waited = bySession.remove(sessionId);
    if (waited == null) {
      return List.of();
    }
    size -= waited.size();
    return waited;
  }

  /** All commands. */
  List<Waiting> takeAll() {
    List<Waiting> all = new ArrayList<>();
    List.copyOf(bySession.keySet()).forEach(id -> all.addAll(take(id)));
    return all;
  }

  int size() {
    return size;
  }
}
