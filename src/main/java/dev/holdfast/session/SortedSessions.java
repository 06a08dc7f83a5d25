package dev.holdfast.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Sessions in one order. A sorted array: four bytes a session, and a change moves less memory than
 * a tree of the same size would touch.
 */
final class SortedSessions {
  private final Sort.Field field;
  private final Comparator<Session> order;
  private final ArrayList<Session> sessions = new ArrayList<>();

  SortedSessions(Sort.Field field) {
    this.field = field;
    this.order = field.ascending();
  }

  int size() {
    return sessions.size();
  }

  Session get(int place) {
    return sessions.get(place);
  }

  void add(Session session) {
    int last = sessions.size() - 1;
    if (last < 0 || order.compare(sessions.get(last), session) < 0) {
      sessions.add(session);
    } else {
      sessions.add(-place(session) - 1, session);
    }
  }

  /** Adds many at once, which is much faster than one by one. */
  void addAll(List<Session> more) {
    sessions.addAll(more);
    sessions.sort(order);
  }

  void remove(Session session) {
    sessions.remove(place(session));
  }

  void replace(Session former, Session next) {
    if (order.compare(former, next) == 0) {
      sessions.set(place(former), next);
    } else {
      remove(former);
      add(next);
    }
  }

  private int place(Session session) {
    return Collections.binarySearch(sessions, session, order);
  }

  /** At most {@code limit} sessions behind the position in that direction; null: from the start. */
  void collect(Sort.Position after, boolean descending, int limit, List<Session> into) {
    int step = descending ? -1 : 1;
    int place = start(after, descending);
    for (int n = 0; n < limit && place >= 0 && place < sessions.size(); n++, place += step) {
      into.add(sessions.get(place));
    }
  }

  private int start(Sort.Position after, boolean descending) {
    if (after == null) {
      return descending ? sessions.size() - 1 : 0;
    }
    int low = 0;
    int high = sessions.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int compared = field.compare(sessions.get(middle), after);
      if (compared < 0 || (compared == 0 && !descending)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return descending ? low - 1 : low;
  }
}
