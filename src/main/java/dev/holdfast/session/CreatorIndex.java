package dev.holdfast.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The listed sessions by who created them and by state, in the order of their creation. */
final class CreatorIndex {
  private static final SortedSessions NONE = new SortedSessions(Sort.Field.CREATED_AT);

  /** Nobody is in it who has no session, so that names of the past take no memory. */
  private final Map<String, Map<SessionState, SortedSessions>> byCreator = new HashMap<>();

  void add(Session session) {
    own(session).add(session);
  }

  void addAll(Collection<Session> listed) {
    Map<SortedSessions, List<Session>> added = new HashMap<>();
    for (Session session : listed) {
      added.computeIfAbsent(own(session), own -> new ArrayList<>()).add(session);
    }
    added.forEach(SortedSessions::addAll);
  }

  void replace(Session former, Session next) {
    own(next).replace(former, next);
  }

  void remove(Session session) {
    SortedSessions own = own(session);
    own.remove(session);
    if (own.size() == 0) {
      Map<SessionState, SortedSessions> states = byCreator.get(session.createdBy());
      states.remove(session.state());
      if (states.isEmpty()) {
        byCreator.remove(session.createdBy());
      }
    }
  }

  private SortedSessions own(Session session) {
    return byCreator
        .computeIfAbsent(session.createdBy(), name -> new EnumMap<>(SessionState.class))
        .computeIfAbsent(session.state(), state -> new SortedSessions(Sort.Field.CREATED_AT));
  }

  SortedSessions of(String creator, SessionState state) {
    return byCreator.getOrDefault(creator, Map.of()).getOrDefault(state, NONE);
  }
}
