package dev.holdfast.verify;

import java.util.Map;
import java.util.TreeMap;

/**
 * A session as its clients understand it.
 *
 * @param rows the answers by question
 */
record SessionModel(boolean gone, String state, int attempt, Map<String, String> rows) {
  private static final int OK = 200;
  private static final int GONE = 410;
  private static final int CONFLICT = 409;

  /** An external session just after its creation. */
  static final SessionModel CREATED = new SessionModel(false, "running", 1, Map.of());

  private boolean isRunning() {
    return state.equals("running");
  }

  private boolean canResume() {
    return state.equals("partial") || state.equals("failed");
  }

  private SessionModel in(String newState) {
    return new SessionModel(gone, newState, attempt, rows);
  }

  /**
   * What a change leads to.
   *
   * @param status that it was answered; 0 when it is unknown whether it took effect
   * @param due the status that it must be answered in this state
   * @return null when the answer was another one
   */
  private SessionModel answered(int status, int due, SessionModel after) {
    if (status == 0) {
      return due == OK ? after : this;
    }
    return status == due ? after : null;
  }

  SessionModel report(int status, int to, String question, String answer) {
    int due = gone ? GONE : to == attempt && isRunning() ? OK : CONFLICT;
    if (due != OK) {
      return answered(status, due, this);
    }
    Map<String, String> more = new TreeMap<>(rows);
    more.put(question, answer);
    return answered(status, due, new SessionModel(gone, state, attempt, more));
  }

  /** Ends the attempt as completed or failed; the same end again does no harm. */
  SessionModel end(int status, int of, String as) {
    boolean can = of == attempt && (isRunning() || state.equals(as));
    return answered(status, gone ? GONE : can ? OK : CONFLICT, can && !gone ? in(as) : this);
  }

  SessionModel stop(int status) {
    return answered(status, gone ? GONE : OK, isRunning() && !gone ? in("partial") : this);
  }

  SessionModel resume(int status) {
    int due = gone ? GONE : canResume() ? OK : CONFLICT;
    boolean done = due == OK;
    return answered(
        status, due, done ? new SessionModel(false, "running", attempt + 1, rows) : this);
  }

  SessionModel delete(int status) {
    return answered(status, gone ? GONE : OK, new SessionModel(true, state, attempt, rows));
  }

  /** An answer that shows only how many rows there are. */
  SessionModel summary(int status, String shownState, int shownAttempt, int shownRows) {
    boolean same = state.equals(shownState) && attempt == shownAttempt && rows.size() == shownRows;
    return shows(status, same);
  }

  SessionModel results(
      int status, String shownState, int shownAttempt, Map<String, String> shownRows) {
    boolean same = state.equals(shownState) && attempt == shownAttempt && rows.equals(shownRows);
    return shows(status, same);
  }

  private SessionModel shows(int status, boolean same) {
    boolean right = gone ? status == GONE : status == OK && same;
    return right ? this : null;
  }

  String text() {
    return gone ? "gone" : state + ", attempt " + attempt + ", rows " + rows;
  }
}
