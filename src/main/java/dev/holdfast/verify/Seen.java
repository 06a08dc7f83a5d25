package dev.holdfast.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * What is sure of a session from one moment on.
 *
 * @param at when the answer that showed it was here
 * @param write true when it was the reply to a change by {@code who}
 * @param rows that are answered; -1 when not known
 * @param state null when not known
 * @param before what was sure until then, or null
 */
record Seen(
    long at,
    String who,
    boolean write,
    int attempt,
    int rows,
    String state,
    boolean ended,
    Seen before) {

  static Seen by(
      Exchange exchange, boolean write, int attempt, int rows, String state, boolean ended) {
    return new Seen(exchange.done(), exchange.who(), write, attempt, rows, state, ended, null);
  }

  /** What is sure when this one is, too; the same when that adds nothing. */
  Seen and(Seen other) {
    if (other.attempt != attempt) {
      return other.attempt > attempt ? other.onTopOf(this) : this;
    }
    if (other.rows <= rows && (ended || !other.ended)) {
      return this;
    }
    Seen end = ended ? this : other;
    return new Seen(
        Math.max(at, other.at),
        other.who,
        other.write,
        attempt,
        Math.max(rows, other.rows),
        end.state,
        end.ended,
        this);
  }

  private Seen onTopOf(Seen former) {
    return new Seen(Math.max(at, former.at), who, write, attempt, rows, state, ended, former);
  }

  /** Why this cannot come after that; null when it can. */
  String contradicts(Seen floor) {
    if (attempt < floor.attempt) {
      return "attempt " + attempt + " after attempt " + floor.attempt;
    }
    if (attempt > floor.attempt) {
      return null;
    }
    if (rows >= 0 && rows < floor.rows) {
      return rows + " rows after " + floor.rows;
    }
    if (!floor.ended || state == null || state.equals(floor.state)) {
      return null;
    }
    return state + " after it was " + floor.state;
  }

  String text() {
    List<String> parts = new ArrayList<>();
    if (state != null) {
      parts.add(state);
    }
    if (rows >= 0) {
      parts.add(rows + (rows == 1 ? " row" : " rows"));
    }
    if (attempt > 1) {
      parts.add("attempt " + attempt);
    }
    return String.join(", ", parts);
  }
}
