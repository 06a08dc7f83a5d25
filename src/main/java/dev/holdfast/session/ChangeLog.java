package dev.holdfast.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The latest steps of the durable state, as many as a bound on their size allows. */
public final class ChangeLog {
  private final int sizeMax;
  private final Deque<ChangeSet> steps = new ArrayDeque<>();
  private long head;
  private int size;

  /**
   * @param head the revision it starts from
   * @param sizeMax sessions and rows of all steps together
   */
  public ChangeLog(long head, int sizeMax) {
    this.head = head;
    this.sizeMax = sizeMax;
  }

  /** Revision of the last step. */
  public long head() {
    return head;
  }

  /** The lowest revision that {@link #since} can start from. */
  public long tail() {
    return steps.isEmpty() ? head : steps.peekFirst().previous();
  }

  /**
   * Adds a step.
   *
   * @throws IllegalStateException when it does not start where the last one ended
   */
  public void add(ChangeSet step) {
    if (step.previous() != head) {
      throw new IllegalStateException(
          "a step from " + step.previous() + " cannot follow revision " + head);
    }
    steps.addLast(step);
    head = step.revision();
    size += step.size();
    while (size > sizeMax && steps.size() > 1) {
      size -= steps.removeFirst().size();
    }
  }

  /** Forgets all steps and goes on from that revision. */
  public void restart(long revision) {
    steps.clear();
    size = 0;
    head = revision;
  }

  /**
   * The steps after that revision, oldest first; a step that the revision lies within is whole.
   *
   * @return null when the revision is not in the window
   */
  public List<ChangeSet> since(long revision) {
    if (revision < tail() || revision > head) {
      return null;
    }
    List<ChangeSet> found = new ArrayList<>();
    Iterator<ChangeSet> newestFirst = steps.descendingIterator();
    while (newestFirst.hasNext()) {
      ChangeSet step = newestFirst.next();
      if (step.revision() <= revision) {
        break;
      }
      found.add(0, step);
    }
    return found;
  }
}
