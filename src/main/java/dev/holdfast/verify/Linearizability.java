package dev.holdfast.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for an order of the operations in which each takes effect at one moment between its call
 * and its return, and has the outcome that it had. The search is that of Wing and Gong with the
 * memory of Lowe: a set of operations that was tried with the same state before is not tried again.
 * Operations of unknown outcome may come at any time after their call, or never.
 */
final class Linearizability<S> {
  /** What the search came to; {@code UNDECIDED} when it was given up. */
  enum Verdict {
    ORDERED,
    NO_ORDER,
    UNDECIDED
  }

  /**
   * @param longest the operations of the longest order that was found, first to last
   * @param state after them
   * @param stuck the operation that was over and found no place
   */
  record Result<S>(Verdict verdict, List<Operation<S>> longest, S state, Operation<S> stuck) {}

  private record Tried(BitSet done, Object state) {}

  /** An operation that was put next, and the state before it. */
  private record Choice<S>(Entry call, S before) {}

  /** A call or a return in the order of time. */
  private static final class Entry {
    final int operation;

    /** Of a call: its return, or null when the operation is open. */
    final Entry back;

    final boolean isCall;
    Entry previous;
    Entry next;

    Entry(int operation, boolean isCall, Entry back) {
      this.operation = operation;
      this.isCall = isCall;
      this.back = back;
    }

    void takeOut() {
      previous.next = next;
      if (next != null) {
        next.previous = previous;
      }
    }

    void putBack() {
      previous.next = this;
      if (next != null) {
        next.previous = this;
      }
    }
  }

  private final List<Operation<S>> operations;
  private final int triesMax;
  private final Entry head = new Entry(-1, true, null);
  private final Set<Tried> tried = new HashSet<>();
  private final Deque<Choice<S>> choices = new ArrayDeque<>();
  private final BitSet done = new BitSet();
  private S state;
  private int unfinished;
  private List<Operation<S>> longest = List.of();
  private S longestState;
  private Operation<S> stuck;

  private Linearizability(List<Operation<S>> operations, S initial, int triesMax) {
    this.operations = operations;
    this.triesMax = triesMax;
    this.state = initial;
    this.longestState = initial;
    link();
  }

  /**
   * @param triesMax states after which the search is given up
   */
  static <S> Result<S> check(List<Operation<S>> operations, S initial, int triesMax) {
    return new Linearizability<>(operations, initial, triesMax).search();
  }

  private record Moment(long time, Entry entry) {}

  /** At the same time calls come first: then more orders are possible, never fewer. */
  private void link() {
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      Operation<S> operation = operations.get(i);
      Entry back = operation.isOpen() ? null : new Entry(i, false, null);
      moments.add(new Moment(operation.called(), new Entry(i, true, back)));
      if (back != null) {
        unfinished++;
        moments.add(new Moment(operation.returned(), back));
      }
    }
    moments.sort(
        Comparator.comparingLong(Moment::time)
            .thenComparing(moment -> moment.entry().isCall ? 0 : 1));
    Entry last = head;
    for (Moment moment : moments) {
      last.next = moment.entry();
      moment.entry().previous = last;
      last = moment.entry();
    }
  }

  private Result<S> search() {
    Entry entry = head.next;
    while (unfinished > 0) {
      if (tried.size() > triesMax) {
        return new Result<>(Verdict.UNDECIDED, longest, longestState, stuck);
      }
      if (entry != null && entry.isCall) {
        entry = choose(entry) ? head.next : entry.next;
      } else {
        // An operation is over and has no place yet: what was chosen last was wrong.
        noteLongest(entry);
        if (choices.isEmpty()) {
          return new Result<>(Verdict.NO_ORDER, longest, longestState, stuck);
        }
        entry = takeBack().next;
      }
    }
    return new Result<>(Verdict.ORDERED, order(), state, null);
  }

  /** Puts the operation next, if its outcome allows it and this is new. */
  private boolean choose(Entry call) {
    S after = operations.get(call.operation).effect().apply(state);
    if (after == null) {
      return false;
    }
    BitSet with = (BitSet) done.clone();
    with.set(call.operation);
    if (!tried.add(new Tried(with, after))) {
      return false;
    }
    choices.push(new Choice<>(call, state));
    done.set(call.operation);
    state = after;
    call.takeOut();
    if (call.back != null) {
      call.back.takeOut();
      unfinished--;
    }
    return true;
  }

  private Entry takeBack() {
    Choice<S> choice = choices.pop();
    Entry call = choice.call();
    if (call.back != null) {
      call.back.putBack();
      unfinished++;
    }
    call.putBack();
    done.clear(call.operation);
    state = choice.before();
    return call;
  }

  private void noteLongest(Entry over) {
    if (stuck == null || choices.size() > longest.size()) {
      longest = order();
      longestState = state;
      stuck = over == null ? stuck : operations.get(over.operation);
    }
  }

  private List<Operation<S>> order() {
    List<Operation<S>> order = new ArrayList<>();
    choices
        .descendingIterator()
        .forEachRemaining(choice -> order.add(operations.get(choice.call().operation)));
    return order;
  }
}
