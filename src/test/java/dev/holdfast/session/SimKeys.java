package dev.holdfast.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What was answered under each idempotency key, and what must be answered to its repetitions. */
final class SimKeys {
  /** Requests up to that ticket came before the answer: they may have been decided before it. */
  private record First(String fingerprint, Reply.Done<?> reply, Instant at, long ticket) {}

  private final Map<String, First> answered = new HashMap<>();

  /**
   * @param ticket of the request
   * @param tickets that were given by now
   * @param at since when the journal keeps a reply under the key, or null
   * @param now the highest that the owner has seen
   */
  void answered(
      Envelope.Key key, Reply<?> reply, long ticket, long tickets, Instant at, Instant now) {
    First first = answered.get(key.scope());
    if (first != null && !now.isBefore(first.at().plus(kept(key)))) {
      answered.remove(key.scope());
      first = null;
    }
    if (first == null) {
      if (reply instanceof Reply.Done<?> done) {
        Laws.require(at != null, "the answer under the key %s is not kept", key.scope());
        answered.put(key.scope(), new First(key.fingerprint(), done, at, tickets));
      }
    } else if (first.fingerprint().equals(key.fingerprint())) {
      Laws.require(
          reply.equals(first.reply()) || isUnavailable(reply) || isEarly(ticket, first, reply),
          "under the key %s came %s, first it was %s",
          key.scope(),
          reply,
          first.reply());
    } else {
      Laws.require(
          isUnavailable(reply)
              || isRefused(reply, Refusal.KEY_REUSED)
              || isEarly(ticket, first, reply),
          "another request passed under the key %s: %s",
          key.scope(),
          reply);
    }
  }

  private static Duration kept(Envelope.Key key) {
    SessionOwner.Limits limits = Simulation.LIMITS;
    return key.isOfOneRequest() ? limits.commandsKept() : limits.keysKept();
  }

  private static boolean isEarly(long ticket, First first, Reply<?> reply) {
    boolean changed = reply instanceof Reply.Done<?> done && done.changed();
    return ticket <= first.ticket() && !changed;
  }

  private static boolean isUnavailable(Reply<?> reply) {
    return isRefused(reply, Refusal.OWNER_UNAVAILABLE);
  }

  private static boolean isRefused(Reply<?> reply, Refusal reason) {
    return reply instanceof Reply.Refused<?> refused && refused.reason() == reason;
  }
}
