package dev.holdfast.session;

import java.time.Instant;
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
    collect(0, sessions.size(), after, descending, limit, into);
  }

  /** The same of those that were created in a time; only where the order is that of creation. */
  void collect(
      Creation creation, Sort.Position after, boolean descending, int limit, List<Session> into) {
    collect(first(creation), end(creation), after, descending, limit, into);
  }

  private void collect(
      int first, int end, Sort.Position after, boolean descending, int limit, List<Session> into) {
    int start = start(after, descending);
    int step = descending ? -1 : 1;
    int place = descending ? Math.min(start, end - 1) : Math.max(start, first);
    for (int n = 0; n < limit && place >= first && place < end; n++, place += step) {
      into.add(sessions.get(place));
    }
  }

  /** How many were created in a time; only where the order is that of creation. */
  int count(Creation creation) {
    return end(creation) - first(creation);
  }

  private int first(Creation creation) {
    return creation.after() == null ? 0 : createdBefore(creation.after());
  }

  private int end(Creation creation) {
    return creation.before() == null ? sessions.size() : createdBefore(creation.before());
  }

  private int createdBefore(Instant at) {
    // No session has this revision of creation, so the search ends between those before and after.
    Sort.Position position = new Sort.Position(Long.toString(at.toEpochMilli()), -1);
    return start(position, false);
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
