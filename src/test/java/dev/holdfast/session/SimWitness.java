package dev.holdfast.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sees every answer, publication and state of the owner, and holds the laws against them. */
final class SimWitness {
  private final SimJournal journal;
  private final SimKeys keys = new SimKeys();
  private final Map<String, Long> carriedOut = new HashMap<>();
  private final Map<String, Set<String>> acknowledged = new TreeMap<>();

  SimWitness(SimJournal journal) {
    this.journal = journal;
  }

  /**
   * @param ticket of the command
   * @param tickets that were given by now
   */
  void answered(
      Envelope<?> envelope, Reply<?> reply, long ticket, long tickets, Book book, Instant latest) {
    Instant now = latest.isAfter(book.lastAt()) ? latest : book.lastAt();
    if (envelope.key() != null) {
      Instant at = journal.keyAt(envelope.key());
      keys.answered(envelope.key(), reply, ticket, tickets, at, now);
    }
    if (reply instanceof Reply.Done<?> done) {
      done(envelope, done);
      if (done.changed()) {
        carriedOut.putIfAbsent(envelope.commandId(), tickets);
      }
    } else if (ticket > carriedOut.getOrDefault(envelope.commandId(), Long.MAX_VALUE)) {
      refused(envelope, (Reply.Refused<?>) reply, now);
    }
  }

  private void done(Envelope<?> envelope, Reply.Done<?> done) {
    Laws.require(done.revision() <= journal.head(), "revision %d is a promise", done.revision());
    SimJournal.Done written = journal.done(envelope.commandId());
    Laws.require(
        !done.changed() || envelope.key() != null || written != null,
        "%s is acknowledged but not durable",
        envelope.commandId());
    if (written != null) {
      touchesOnlyItsOwn(envelope.command(), done, written.events());
    }
    if (envelope.command() instanceof ReportRows report) {
      Set<String> questions =
          acknowledged.computeIfAbsent(report.sessionId(), id -> new TreeSet<>());
      report.rows().forEach(row -> questions.add(row.questionId()));
    }
  }

  /** What was carried out stays so: whoever asks again under the same id is not told otherwise. */
  private void refused(Envelope<?> envelope, Reply.Refused<?> refused, Instant now) {
    SimJournal.Done done = journal.done(envelope.commandId());
    boolean remembered =
        done != null && now.isBefore(done.at().plus(Simulation.LIMITS.commandsKept()));
    Laws.require(
        !remembered || envelope.key() != null || refused.reason() == Refusal.OWNER_UNAVAILABLE,
        "%s was carried out, and then refused as %s",
        envelope.commandId(),
        refused.reason());
  }

  private static void touchesOnlyItsOwn(
      Command<?> command, Reply.Done<?> done, List<Recorded> events) {
    Set<String> own = new TreeSet<>();
    if (command instanceof Command.OnSession one) {
      own.add(one.sessionId());
    } else if (command instanceof CreateSession create) {
      own.add(create.sessionId());
    } else if (command instanceof RetrySession retry) {
      own.add(retry.newId());
    } else if (done.value() instanceof Bulk.Outcome outcome) {
      ofBulk(outcome, own);
    } else {
      return;
    }
    for (Recorded recorded : events) {
      Laws.require(
          own.contains(recorded.event().sessionId()),
          "%s changed %s too",
          command,
          recorded.event().sessionId());
    }
  }

  private static void ofBulk(Bulk.Outcome outcome, Set<String> own) {
    for (Bulk.Result result : outcome.results()) {
      if (result.refusal() == null) {
        own.add(result.createdId() == null ? result.sessionId() : result.createdId());
      }
    }
  }

  /** A step is published that begins where the last one ended, with what is durable. */
  void published(ChangeSet step, long published) {
    boolean gap = step.previous() == step.revision();
    Laws.require(
        gap || step.previous() == published,
        "published from %d, but the last was %d",
        step.previous(),
        published);
    Laws.require(step.revision() <= journal.head(), "published what is not durable");
    SimJournal.Moment moment = journal.at(step.revision());
    Laws.require(step.counts().equals(moment.counts()), "published counts are of another state");
    for (Change change : step.changes()) {
      Session session = moment.listed().get(change.sessionId());
      Laws.require(
          session == null ? change.session() == null : session.equals(change.session()),
          "published %s is not what is durable",
          change.sessionId());
    }
  }

  /** Every answer is of the last state that the journal has confirmed to this owner. */
  void observe(SessionOwner owner, long published, Random random, Instant now) {
    Reply<Counts> reply = owner.query(new Query.GetRevision());
    Laws.require(
        reply.revision() == published,
        "shown is revision %d, confirmed is %d",
        reply.revision(),
        published);
    Book book = owner.book();
    Laws.sameState(book, journal.shown(published));
    Laws.listsAddUp(book);
    if (published == journal.head()) {
      journal.model().check(book);
      journal.model().access().check(owner, now);
    }
    pageThrough(owner, random);
    viewAll(owner);
  }

  private static void pageThrough(SessionOwner owner, Random random) {
    List<Session> all = new ArrayList<>();
    Sort sort = new Sort(Sort.Field.values()[random.nextInt(4)], random.nextBoolean());
    Sort.Position after = null;
    do {
      Reply.Done<Query.Page> done =
          (Reply.Done<Query.Page>)
              owner.query(new Query.ListSessions(List.of(), Creation.ANY, sort, 3, after));
      all.addAll(done.value().items());
      after = done.value().next();
    } while (after != null);
    Laws.require(
        all.size() == owner.book().counts().total()
            && all.stream().map(Session::id).distinct().count() == all.size(),
        "paging by %s skips or doubles",
        sort.label());
  }

  /** Listed means viewable, removed too; gone is said. */
  private static void viewAll(SessionOwner owner) {
    for (Session session : owner.book().everySession()) {
      Reply<Query.Results> reply = owner.query(new Query.GetResults(session.id()));
      Laws.require(
          reply instanceof Reply.Done<Query.Results> done && done.value().session() == session,
          "%s cannot be viewed",
          session.id());
    }
    for (Tombstone tombstone : owner.book().everyTombstone()) {
      Reply<Session> reply = owner.query(new Query.GetSession(tombstone.id()));
      Laws.require(
          reply instanceof Reply.Refused<Session> refused && refused.reason() == Refusal.GONE,
          "%s is gone, and nobody says so",
          tombstone.id());
    }
  }

  /** Nothing is left to do, and nothing that was acknowledged is missing. */
  void settled(Book book, Instant now) {
    Laws.require(book.counts().queued() == 0, "%d sessions stay queued", book.counts().queued());
    for (Session session : book.everySession()) {
      boolean runs = session.state() == SessionState.RUNNING && session.removedAt() == null;
      Laws.require(
          !runs || session.isExternal(), "%s is running and nobody works on it", session.id());
    }
    Laws.require(
        book.due(now, Simulation.POLICY, 100).isEmpty(), "a sweep is due after all sweeps");
    acknowledged.forEach(
        (id, questions) -> {
          Table table = book.table(id);
          for (String question : table == null ? Set.<String>of() : questions) {
            Laws.require(table.reported(question) != null, "an acknowledged row of %s is lost", id);
          }
        });
  }
}
