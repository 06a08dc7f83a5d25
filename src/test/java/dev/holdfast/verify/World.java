package dev.holdfast.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All sessions of the liar at one revision. */
record World(long revision, Map<String, Session> sessions, Set<String> gone) {
  static final World EMPTY = new World(0, Map.of(), Set.of());

  /** An external session. */
  record Session(String id, String state, int attempt, long revision, Map<String, String> rows) {
    boolean isActive() {
      return state.equals("running");
    }

    Session in(String newState) {
      return new Session(id, newState, attempt, revision, rows);
    }

    Session resumed() {
      return new Session(id, "running", attempt + 1, revision, rows);
    }

    Session with(String question, String answer) {
      Map<String, String> more = new TreeMap<>(rows);
      more.put(question, answer);
      return new Session(id, state, attempt, revision, more);
    }
  }

  World with(Session session) {
    long next = revision + 1;
    Map<String, Session> more = new LinkedHashMap<>(sessions);
    more.put(
        session.id(),
        new Session(session.id(), session.state(), session.attempt(), next, session.rows()));
    return new World(next, more, gone);
  }

  World without(String id, boolean forGood) {
    Map<String, Session> fewer = new LinkedHashMap<>(sessions);
    fewer.remove(id);
    Set<String> all = new TreeSet<>(gone);
    if (forGood) {
      all.add(id);
    }
    return new World(revision + 1, fewer, all);
  }

  /** Where this session is as it is there. */
  World at(long newRevision) {
    return new World(newRevision, sessions, gone);
  }
}
