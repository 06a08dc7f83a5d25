package dev.holdfast.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The listed sessions by state, in every order that is offered, and by who created them. */
final class SessionIndex {
  private final Map<SessionState, Map<Sort.Field, SortedSessions>> byState =
      new EnumMap<>(SessionState.class);
  private final CreatorIndex byCreator = new CreatorIndex();

  SessionIndex() {
    for (SessionState state : SessionState.values()) {
      Map<Sort.Field, SortedSessions> orders = new EnumMap<>(Sort.Field.class);
      for (Sort.Field field : Sort.Field.values()) {
        orders.put(field, new SortedSessions(field));
      }
      byState.put(state, orders);
    }
  }

  /** Takes note of a change; a removed session and null are not listed. */
  void replace(Session former, Session next) {
    boolean was = isListed(former);
    boolean is = isListed(next);
    if (was && is && former.state() == next.state()) {
      byState.get(next.state()).values().forEach(order -> order.replace(former, next));
      byCreator.replace(former, next);
    } else {
      if (was) {
        byState.get(former.state()).values().forEach(order -> order.remove(former));
        byCreator.remove(former);
      }
      if (is) {
        byState.get(next.state()).values().forEach(order -> order.add(next));
        byCreator.add(next);
      }
    }
  }

  /** Takes note of many new sessions at once. */
  void addAll(Collection<Session> sessions) {
    Map<SessionState, List<Session>> listed = new EnumMap<>(SessionState.class);
    for (Session session : sessions) {
      if (isListed(session)) {
        listed.computeIfAbsent(session.state(), state -> new ArrayList<>()).add(session);
      }
    }
    listed.forEach((state, all) -> byState.get(state).values().forEach(o -> o.addAll(all)));
    listed.values().forEach(byCreator::addAll);
  }

  private static boolean isListed(Session session) {
    return session != null && session.removedAt() == null;
  }

  SortedSessions of(SessionState state, Sort.Field field) {
    return byState.get(state).get(field);
  }

  int count(SessionState state) {
    return of(state, Sort.Field.CREATED_AT).size();
  }

  int count(List<SessionState> states, Creation creation) {
    return states.stream().mapToInt(state -> created(state, creation).count(creation)).sum();
  }

  private SortedSessions created(SessionState state, Creation creation) {
    return creation.by() == null
        ? of(state, Sort.Field.CREATED_AT)
        : byCreator.of(creation.by(), state);
  }

  Counts counts() {
    int queued = count(SessionState.QUEUED);
    int running = count(SessionState.RUNNING);
    int completed = count(SessionState.COMPLETED);
    int partial = count(SessionState.PARTIAL);
    int failed = count(SessionState.FAILED);
    return new Counts(
        queued,
        running,
        completed,
        partial,
        failed,
        queued + running + completed + partial + failed);
  }

  /** At most {@code limit} sessions of those states in that order, behind the position. */
  List<Session> list(List<SessionState> states, Sort sort, Sort.Position after, int limit) {
    List<Session> found = new ArrayList<>();
    for (SessionState state : states) {
      of(state, sort.field()).collect(after, sort.descending(), limit, found);
    }
    return first(limit, sort, found);
  }

  /** The same of those sessions alone, in an order of creation. */
  List<Session> list(
      List<SessionState> states, Creation creation, Sort sort, Sort.Position after, int limit) {
    List<Session> found = new ArrayList<>();
    for (SessionState state : states) {
      created(state, creation).collect(creation, after, sort.descending(), limit, found);
    }
    return first(limit, sort, found);
  }

  private static List<Session> first(int limit, Sort sort, List<Session> found) {
    found.sort(sort.comparator());
    return found.size() <= limit ? found : new ArrayList<>(found.subList(0, limit));
  }
}
