package dev.holdfast.verify;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All that the clients were told, together: the sessions and the highest revision. */
final class Knowledge {
  private final Map<String, Known> sessions = new ConcurrentHashMap<>();
  private final AtomicLong revision = new AtomicLong(-1);
  private final Findings findings;

  Knowledge(Findings findings) {
    this.findings = findings;
  }

  Findings findings() {
    return findings;
  }

  Collection<Known> sessions() {
    return sessions.values();
  }

  int size() {
    return sessions.size();
  }

  Known get(String id) {
    return sessions.get(id);
  }

  /** A session that verify created; somebody may have seen it before its creator was told. */
  Known created(String id, long at, History history) {
    Known known = shown(id, at);
    known.own(history);
    return known;
  }

  /** A session that an answer showed. */
  Known shown(String id, long at) {
    Known known = sessions.get(id);
    return known == null ? sessions.computeIfAbsent(id, fresh -> new Known(fresh, at)) : known;
  }

  /** The highest revision that somebody was told. */
  long revision() {
    return revision.get();
  }

  /** Compares a revision with what was known when the request was sent. */
  void revision(Exchange exchange, long told, long ownBefore, long allBefore) {
    findings.compared(Check.REVISION, 1);
    long before = Math.max(ownBefore, allBefore);
    if (told < before) {
      String whose = told < ownBefore ? "this client itself was told " : "a client was told ";
      String claim = "revision " + told + " after " + whose + before;
      findings.add(
          new Violation(
              Check.REVISION,
              "revision " + told,
              claim,
              List.of(exchange.step("revision " + told + "; before, " + whose + before))));
    }
    revision.accumulateAndGet(told, Math::max);
  }

  /** Compares what an answer shows of a session with what was sure when the request was sent. */
  void observe(Known known, Exchange exchange, Seen seen) {
    observe(known, exchange, seen, exchange.step(seen.text()));
  }

  /**
   * @param step what stands in the timeline for it
   */
  void observe(Known known, Exchange exchange, Seen seen, Step step) {
    Exchange deleted = known.deleted();
    if (deleted != null && deleted.done() < exchange.sent()) {
      boolean own = deleted.who().equals(exchange.who());
      findings.add(
          new Violation(
              own ? Check.OWN_WRITE : Check.FORWARD,
              "session " + known.id(),
              "it is shown after it was deleted",
              known.timeline(step)));
      return;
    }
    Seen floor = known.asOf(exchange.sent());
    if (floor != null) {
      compare(known, exchange, seen, step, floor);
    }
    known.saw(seen, step);
  }

  private void compare(Known known, Exchange exchange, Seen seen, Step step, Seen floor) {
    boolean own = floor.write() && floor.who().equals(exchange.who());
    findings.compared(own ? Check.OWN_WRITE : Check.FORWARD, 1);
    String why = seen.contradicts(floor);
    if (why != null) {
      findings.add(
          new Violation(
              own ? Check.OWN_WRITE : Check.FORWARD,
              "session " + known.id(),
              why,
              known.timeline(step)));
    }
  }
}
