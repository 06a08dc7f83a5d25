package dev.holdfast.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A journal in memory that keeps the rules of a real one and checks those of its writer. */
final class SimJournal {
  private final List<Recorded> events = new ArrayList<>();
  private final Map<String, Loaded.KeyDone> keys = new LinkedHashMap<>();
  private final Map<String, Done> commands = new LinkedHashMap<>();
  private final Map<Long, Moment> moments = new HashMap<>();
  private final Set<String> created = new HashSet<>();
  private final SimModel model;
  private final Book head = new Book();
  private Book shown = new Book();
  private int epoch;

  /** Where a command is in the journal. */
  record Done(long batch, Instant at, List<Recorded> events) {}

  /** What the lists and tables show at the end of a batch. */
  record Moment(Map<String, Session> listed, Map<String, Table> tables, Counts counts) {}

  SimJournal(Policy policy, SimCoverage coverage) {
    model = new SimModel(policy, coverage);
    remember();
  }

  /** Whoever asks becomes the owner; earlier ones can append no more. */
  int takeOver() {
    return ++epoch;
  }

  /** Writes the batch; false when its owner has been replaced. */
  boolean append(int ownerEpoch, Batch batch) {
    if (ownerEpoch != epoch) {
      return false;
    }
    Laws.require(
        batch.previous() == events.size(),
        "a batch follows revision %d, the journal stands at %d",
        batch.previous(),
        events.size());
    for (Recorded recorded : batch.events()) {
      append(recorded);
    }
    remember();
    Instant at = batch.at();
    batch
        .keys()
        .forEach(
            (key, reply) -> {
              keys.remove(key.scope());
              keys.put(key.scope(), new Loaded.KeyDone(key, at, reply));
            });
    return true;
  }

  private void append(Recorded recorded) {
    long previous = events.size();
    Laws.require(
        recorded.revision() == previous + 1,
        "revision %d is not the one after %d",
        recorded.revision(),
        previous);
    Laws.require(
        !recorded.at().isBefore(head.lastAt()), "time falls at revision %d", recorded.revision());
    model.apply(recorded);
    events.add(recorded);
    head.apply(recorded);
    once(recorded);
    if (recorded.event() instanceof Event.SessionCreated session) {
      created.add(session.sessionId());
    }
  }

  /** A command changes the state at one place of the journal at most, however often it is sent. */
  private void once(Recorded recorded) {
    List<Recorded> caused =
        commands
            .computeIfAbsent(
                recorded.commandId(),
                id -> new Done(moments.size(), recorded.at(), new ArrayList<>()))
            .events();
    Laws.require(
        caused.isEmpty()
            || (caused.get(caused.size() - 1).revision() == recorded.revision() - 1
                && commands.get(recorded.commandId()).batch() == moments.size()),
        "%s was carried out twice",
        recorded.commandId());
    caused.add(recorded);
  }

  private void remember() {
    Map<String, Session> listed = new TreeMap<>();
    Map<String, Table> tables = new HashMap<>();
    for (Session session : head.everySession()) {
      tables.put(session.id(), head.table(session.id()));
      if (session.removedAt() == null) {
        listed.put(session.id(), session);
      }
    }
    moments.put(head(), new Moment(listed, tables, head.counts()));
  }

  long head() {
    return events.size();
  }

  SimModel model() {
    return model;
  }

  /** The state at the end of the batch that ends there. */
  Moment at(long revision) {
    Moment moment = moments.get(revision);
    Laws.require(moment != null, "revision %d lies within a step", revision);
    return moment;
  }

  /** Whether there was such a session of which nothing is left, or soon is. */
  boolean isForgotten(String sessionId, Instant now) {
    Tombstone tombstone = head.tombstone(sessionId);
    boolean known =
        head.session(sessionId) != null
            || (tombstone != null
                && !tombstone.removedAt().isBefore(now.minus(Simulation.POLICY.tombstones())));
    return created.contains(sessionId) && !known;
  }

  /** The command in the journal, or null. */
  Done done(String commandId) {
    return commands.get(commandId);
  }

  /** Since when a reply is kept under that key, or null. */
  Instant keyAt(Envelope.Key key) {
    Loaded.KeyDone done = keys.get(key.scope());
    return done == null ? null : done.at();
  }

  /** The state that all events add up to; nobody may change it. */
  Book headBook() {
    return head;
  }

  /** The state that the first events add up to; nobody may change it. */
  Book shown(long revision) {
    if (shown.revision() > revision) {
      shown = new Book();
    }
    events.subList((int) shown.revision(), (int) revision).forEach(shown::apply);
    return shown;
  }

  Loaded load(Instant now) {
    List<Loaded.CommandDone> recent = new ArrayList<>();
    commands.forEach(
        (id, done) -> {
          if (done.at().isAfter(now.minus(Simulation.LIMITS.commandsKept()))) {
            recent.add(new Loaded.CommandDone(id, done.at()));
          }
        });
    Book book = new Book();
    events.forEach(book::apply);
    book.giveBack(0, id -> false);
    return new Loaded(book, recent, List.copyOf(keys.values()));
  }
}
