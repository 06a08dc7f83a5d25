package dev.holdfast.http;

import dev.holdfast.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sessions as JSON, encoded once for each revision; the least recently used are dropped. */
public final class EncodedSessions {
  private static final int ENTRIES_MAX = 10_000;
  private final Map<String, Entry> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
          return size() > ENTRIES_MAX;
        }
      };

  private record Entry(long revision, byte[] json) {}

  /** The session as a JSON object in UTF-8. */
  public byte[] json(Session session) {
    Entry entry = entries.get(session.id());
    if (entry == null || entry.revision() != session.revision()) {
      entry = new Entry(session.revision(), PublicJson.bytes(SessionView.of(session)));
      entries.put(session.id(), entry);
    }
    return entry.json();
  }

  /** Frees what is kept of a session that nobody will ask for again. */
  public void forget(String sessionId) {
    entries.remove(sessionId);
  }

  /** The sessions as a JSON array in UTF-8. */
  public byte[] json(List<Session> sessions) {
    byte[][] parts = new byte[sessions.size()][];
    int length = 2 + Math.max(0, parts.length - 1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = json(sessions.get(i));
      length += parts[i].length;
    }
    byte[] array = new byte[length];
    int at = 0;
    array[at++] = '[';
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        array[at++] = ',';
      }
      System.arraycopy(parts[i], 0, array, at, parts[i].length);
      at += parts[i].length;
    }
    array[at] = ']';
    return array;
  }
}
