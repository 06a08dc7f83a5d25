package dev.holdfast.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which runs of built-in analyzers are to begin, and which were lost. */
final class Runs {
  private final int atOnceMax;
  private final Set<String> starting = new HashSet<>();
  private final Map<String, Integer> lost = new LinkedHashMap<>();

  /**
   * @param atOnceMax runs at once
   */
  Runs(int atOnceMax) {
    this.atOnceMax = atOnceMax;
  }

  /** A command that is due by itself, with an id that names it once for all. */
  record Due(String commandId, String sessionId, Command<?> command) {}

  /** The process that carried out the runs of the book is gone. */
  void loseAll(Book book) {
    running(book).forEach(session -> lost.put(session.id(), session.attempt()));
  }

  /** The runs that go on. */
  List<Session> alive(Book book) {
    List<Session> alive = running(book);
    alive.removeIf(session -> lost.containsKey(session.id()));
    return alive;
  }

  private static List<Session> running(Book book) {
    List<Session> running = book.running();
    running.removeIf(Session::isExternal);
    return running;
  }

  /** The start of a session is on its way. */
  void starting(String sessionId) {
    starting.add(sessionId);
  }

  /** What was on its way has arrived, or will not. */
  void arrived(Iterable<String> sessionIds) {
    sessionIds.forEach(starting::remove);
  }

  void noneOnTheWay() {
    starting.clear();
  }

  /** Lost runs to give back first, then as many queued sessions as there is room for. */
  List<Due> due(Book book) {
    lost.entrySet().removeIf(run -> !isRunning(book, run.getKey(), run.getValue()));
    List<Due> due = new ArrayList<>();
    lost.forEach((id, attempt) -> due.add(requeue(id, attempt)));
    int free = atOnceMax - book.runningBuiltIn() - starting.size();
    if (free > 0) {
      List<Session> queued =
          book.list(List.of(SessionState.QUEUED), Sort.OLDEST_FIRST, null, free + starting.size());
      queued.removeIf(session -> starting.contains(session.id()));
      queued.stream().limit(free).forEach(session -> due.add(start(session)));
    }
    return due;
  }

  private static Due requeue(String id, int attempt) {
    return new Due(
        "requeue-" + id + "-" + attempt,
        id,
        new RequeueSession(id, attempt, "the server stopped during the run"));
  }

  private static Due start(Session session) {
    String id = session.id();
    return new Due(
        "start-" + id + "-" + session.attempt(), id, new StartSession(id, session.attempt()));
  }

  private static boolean isRunning(Book book, String id, int attempt) {
    Session session = book.session(id);
    return session != null
        && session.state() == SessionState.RUNNING
        && session.attempt() == attempt
        && session.removedAt() == null;
  }
}
