package dev.holdfast.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An owner in a hostile world: appends come late, fail or end unknown, the process dies, commands
 * come twice, the clock jumps. A seed decides everything, so a seed reproduces everything.
 */
final class Simulation {
  private static final Policy POLICY =
      new Policy(
          new Retention(Duration.ofSeconds(60), Duration.ofSeconds(50), Duration.ofSeconds(70)),
          Duration.ofSeconds(20),
          Duration.ofSeconds(120),
          Duration.ofSeconds(30),
          Duration.ofSeconds(90),
          3,
          2,
          200,
          5);
  private static final SessionOwner.Limits LIMITS =
      new SessionOwner.Limits(6, 200, 1_000, 1, Duration.ofMinutes(2), Duration.ofMinutes(10));

  /** What tells a worker that its attempt is over. */
  private static final Set<Refusal> OVER =
      Set.of(Refusal.STALE_ATTEMPT, Refusal.SESSION_ENDED, Refusal.GONE, Refusal.NOT_FOUND);

  /** A command that somebody waits for. */
  private record Asked(Envelope<?> envelope, int epoch) {}

  /** An append whose owner was replaced before it came to the disk. */
  private record Stray(int epoch, Batch batch) {}

  final Random random;
  final SimJournal journal = new SimJournal();
  final List<String> trace = new ArrayList<>();
  private final SimCommands commands;
  private final Map<Long, Asked> waiting = new TreeMap<>();
  private final Map<String, Integer> workers = new TreeMap<>();
  private final Set<String> sentByWorkers = new HashSet<>();
  private final Deque<Stray> strays = new ArrayDeque<>();
  private final Deque<String> fetches = new ArrayDeque<>();
  private final Map<String, Set<String>> acknowledged = new TreeMap<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private SessionOwner owner;
  private Batch appending;

  /** The batch is in the journal, but its owner does not know yet. */
  private boolean written;

  private boolean reloading;
  private int epoch;
  private long tickets;
  private long published;

  Simulation(long seed) {
    random = new Random(seed);
    commands = new SimCommands(random);
    boot();
  }

  /** Runs to the end and returns what happened. */
  static List<String> run(long seed, int steps) {
    Simulation simulation = new Simulation(seed);
    for (int i = 0; i < steps; i++) {
      simulation.step();
    }
    simulation.settle();
    return simulation.trace;
  }

  private void step() {
    int dice = random.nextInt(100);
    if (dice < 42) {
      submit(commands.next(now));
    } else if (dice < 47) {
      commands.again().ifPresent(this::submit);
    } else if (dice < 50) {
      fetch();
    } else if (dice < 65) {
      append();
    } else if (dice < 80) {
      work();
    } else if (dice < 86) {
      observe();
    } else if (dice < 92) {
      now = now.plusMillis(random.nextInt(20_000));
      perform(owner.tick(now));
    } else if (dice < 94) {
      now = now.minusMillis(random.nextInt(20_000));
    } else if (dice < 96) {
      submit(commands.sweep(now));
    } else if (dice < 98) {
      stray();
    } else {
      crash();
    }
  }

  private void boot() {
    epoch = journal.takeOver();
    appending = null;
    written = false;
    reloading = false;
    workers.clear();
    fetches.clear();
    published = journal.head();
    owner = new SessionOwner(journal.load(now), POLICY, LIMITS);
    trace.add("boot " + epoch);
    perform(owner.start(now));
    observe();
  }

  private void crash() {
    if (appending != null && !written) {
      int fate = random.nextInt(3);
      if (fate == 0) {
        journal.append(epoch, appending);
      } else if (fate == 1) {
        strays.add(new Stray(epoch, appending));
      }
    }
    int gone = epoch;
    waiting.values().removeIf(asked -> asked.epoch() == gone);
    boot();
  }

  /** What a dead owner still had on its way must not count any more. */
  private void stray() {
    if (!strays.isEmpty()) {
      Stray stray = strays.poll();
      Laws.require(
          !journal.append(stray.epoch(), stray.batch()), "a replaced owner could still append");
    }
  }

  private void submit(Envelope<?> envelope) {
    long ticket = ++tickets;
    waiting.put(ticket, new Asked(envelope, epoch));
    trace.add("submit " + ticket + " " + envelope.commandId() + " " + envelope.command());
    perform(owner.submit(envelope, ticket, now));
  }

  private void submitForWorker(Envelope<?> envelope) {
    sentByWorkers.add(envelope.commandId());
    submit(envelope);
  }

  private void append() {
    if (appending == null) {
      return;
    }
    if (!written && random.nextInt(4) == 0) {
      Laws.require(journal.append(epoch, appending), "the owner was fenced by itself");
      written = true;
      return;
    }
    Batch batch = appending;
    boolean there = written;
    appending = null;
    written = false;
    int fate = random.nextInt(10);
    if (there && fate < 9) {
      trace.add("durable " + batch.revision());
      perform(owner.durable(batch.number(), now));
      observe();
    } else if (there) {
      trace.add("unknown " + batch.revision() + " true");
      perform(owner.unknown("the disk did not answer"));
    } else if (fate < 7) {
      Laws.require(journal.append(epoch, batch), "the owner was fenced by itself");
      trace.add("durable " + batch.revision());
      perform(owner.durable(batch.number(), now));
      observe();
    } else if (fate < 9) {
      trace.add("failed " + batch.revision());
      perform(owner.failed(batch.number(), "the disk is full"));
    } else {
      boolean written = random.nextBoolean() && journal.append(epoch, batch);
      trace.add("unknown " + batch.revision() + " " + written);
      perform(owner.unknown("the disk did not answer"));
    }
  }

  /** The store reads rows of an ended session, at some moment. */
  private void fetch() {
    String id = fetches.poll();
    if (id == null) {
      return;
    }
    if (random.nextInt(20) == 0) {
      perform(owner.notFetched(id, "the disk did not answer"));
      return;
    }
    Book stored = journal.fold(journal.head());
    Session session = stored.session(id);
    perform(
        session == null
            ? owner.fetched(id, -1, List.of(), now)
            : owner.fetched(id, session.revision(), stored.table(id).recordedRows(), now));
  }

  private void perform(List<Effect> effects) {
    effects.forEach(this::perform);
    if (reloading) {
      reloading = false;
      published = journal.head();
      perform(owner.reloaded(journal.load(now), now));
      observe();
    }
  }

  private void perform(Effect effect) {
    if (effect instanceof Effect.Append append) {
      Laws.require(appending == null, "two batches are in flight");
      appending = append.batch();
    } else if (effect instanceof Effect.Answer answer) {
      answered(answer);
    } else if (effect instanceof Effect.Publish publish) {
      publish(publish.changes());
    } else if (effect instanceof Effect.StartAnalysis start) {
      trace.add("start " + start.sessionId() + " " + start.attempt());
      workers.put(start.sessionId(), start.attempt());
    } else if (effect instanceof Effect.CancelAnalysis cancel) {
      workers.remove(cancel.sessionId(), cancel.attempt());
    } else if (effect instanceof Effect.FetchRows fetch) {
      fetches.add(fetch.sessionId());
    } else {
      appending = null;
      written = false;
      reloading = true;
    }
  }

  private void answered(Effect.Answer answer) {
    if (answer.ticket() == SessionOwner.NOBODY) {
      return;
    }
    Asked asked = waiting.remove(answer.ticket());
    Laws.require(asked != null, "ticket %d was answered twice or never asked", answer.ticket());
    trace.add("answer " + answer.ticket() + " " + answer.reply());
    if (answer.reply() instanceof Reply.Done<?> done) {
      String id = asked.envelope().commandId();
      Laws.require(done.revision() <= journal.head(), "revision %d is a promise", done.revision());
      boolean keyed = asked.envelope().key() != null;
      Laws.require(
          !done.changed() || keyed || journal.has(id), "%s is acknowledged but not durable", id);
      acknowledge(asked.envelope());
    } else if (answer.reply() instanceof Reply.Refused<?> refused) {
      commands.refused(asked.envelope(), refused.reason());
      if (sentByWorkers.contains(asked.envelope().commandId())) {
        retire(asked.envelope().command(), refused.reason());
      }
    }
  }

  private void acknowledge(Envelope<?> envelope) {
    if (envelope.command() instanceof ReportRows report) {
      Set<String> questions =
          acknowledged.computeIfAbsent(report.sessionId(), id -> new TreeSet<>());
      report.rows().forEach(row -> questions.add(row.questionId()));
    } else if (envelope.command() instanceof Command.OnAttempt end
        && sentByWorkers.contains(envelope.commandId())) {
      workers.remove(end.sessionId(), end.attempt());
    }
  }

  /** A worker that is told that its attempt is over ends. */
  private void retire(Command<?> command, Refusal reason) {
    if (command instanceof Command.OnAttempt report && OVER.contains(reason)) {
      workers.remove(report.sessionId(), report.attempt());
    }
  }

  private void publish(ChangeSet step) {
    boolean gap = step.previous() == step.revision();
    Laws.require(
        gap || step.previous() == published,
        "published from %d, but the last was %d",
        step.previous(),
        published);
    Laws.require(step.revision() <= journal.head(), "published what is not durable");
    published = step.revision();
    Book folded = journal.fold(step.revision());
    Laws.require(step.counts().equals(folded.counts()), "published counts are of another state");
    for (Change change : step.changes()) {
      Session session = folded.session(change.sessionId());
      boolean listed = session != null && session.removedAt() == null;
      Laws.require(
          listed ? session.equals(change.session()) : change.session() == null,
          "published %s is not what is durable",
          change.sessionId());
    }
  }

  /** Every answer is of the last state that the journal has confirmed to this owner. */
  private void observe() {
    Reply<Counts> reply = owner.query(new Query.GetRevision());
    Laws.require(
        reply.revision() == published,
        "shown is revision %d, confirmed is %d",
        reply.revision(),
        published);
    Laws.sameState(owner.book(), journal.fold(published));
    Laws.listsAddUp(owner.book());
    if (published == journal.head()) {
      journal.model().check(owner.book());
    }
    pageThrough();
  }

  private void pageThrough() {
    List<Session> all = new ArrayList<>();
    Sort sort = new Sort(Sort.Field.values()[random.nextInt(4)], random.nextBoolean());
    Sort.Position after = null;
    do {
      Reply.Done<Query.Page> done =
          (Reply.Done<Query.Page>) owner.query(new Query.ListSessions(List.of(), sort, 3, after));
      all.addAll(done.value().items());
      after = done.value().next();
    } while (after != null);
    Laws.require(
        all.size() == owner.book().counts().total()
            && all.stream().distinct().count() == all.size(),
        "paging by %s skips or doubles",
        sort.label());
  }

  private void work() {
    if (workers.isEmpty()) {
      return;
    }
    List<String> ids = List.copyOf(workers.keySet());
    String id = ids.get(random.nextInt(ids.size()));
    submitForWorker(commands.report(id, workers.get(id), now));
  }

  /** The faults stop: everything that is due must come to its end. */
  private void settle() {
    for (int i = 0; i < 1_000 && (i < 50 || !isQuiet()); i++) {
      if (!workers.isEmpty() && i % 2 == 0) {
        String id = workers.keySet().iterator().next();
        submitForWorker(commands.complete(id, workers.get(id), now));
      } else {
        now = now.plusSeconds(1);
        perform(owner.tick(now));
      }
      drain();
    }
    for (int i = 0; i < 100; i++) {
      submit(commands.realSweep(now));
      drain();
    }
    observe();
    checkSettled();
  }

  private boolean isQuiet() {
    return workers.isEmpty() && owner.book().count(SessionState.QUEUED) == 0;
  }

  private void drain() {
    while (appending != null || !fetches.isEmpty()) {
      if (appending == null) {
        fetch();
        continue;
      }
      Batch batch = appending;
      appending = null;
      Laws.require(written || journal.append(epoch, batch), "the owner was fenced by itself");
      written = false;
      perform(owner.durable(batch.number(), now));
    }
  }

  private void checkSettled() {
    Laws.require(waiting.isEmpty(), "never answered: %s", waiting.keySet());
    Counts counts = owner.book().counts();
    Laws.require(counts.queued() == 0, "%d sessions stay queued", counts.queued());
    for (Session session : owner.book().everySession()) {
      boolean runs = session.state() == SessionState.RUNNING && session.removedAt() == null;
      Laws.require(
          !runs || session.isExternal(), "%s is running and nobody works on it", session.id());
    }
    Laws.require(owner.book().due(now, POLICY, 100).isEmpty(), "a sweep is due after all sweeps");
    checkAcknowledgedRows();
    checkOnce();
  }

  private void checkAcknowledgedRows() {
    acknowledged.forEach(
        (id, questions) -> {
          Table table = owner.book().table(id);
          for (String question : table == null ? Set.<String>of() : questions) {
            Laws.require(table.reported(question) != null, "an acknowledged row of %s is lost", id);
          }
        });
  }

  /** A command changes the state at one place of the journal at most, however often it is sent. */
  private void checkOnce() {
    Map<String, Long> last = new HashMap<>();
    for (Recorded recorded : journal.events()) {
      Long before = last.put(recorded.commandId(), recorded.revision());
      Laws.require(
          before == null || before == recorded.revision() - 1,
          "%s was carried out twice",
          recorded.commandId());
    }
  }
}
