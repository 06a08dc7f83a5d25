package dev.holdfast.session;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The process of the owner: it dies, sleeps and is replaced, and its disk cannot be relied on. */
final class SimServer {
  /** A command that somebody waits for. */
  private record Asked(Envelope<?> envelope, Consumer<Reply<?>> asker, int epoch) {}

  /** An append whose owner was replaced before it came to the disk. */
  private record Stray(int epoch, Batch batch) {}

  /** An owner that was replaced while it slept. */
  private record Sleeper(int epoch, SessionOwner owner) {}

  private final Random random;
  private final SimNet net;
  private final SimStory story;
  private final SimCoverage coverage;
  private final SimJournal journal;
  private final SimWitness witness;
  private final List<SimHub> hubs = new ArrayList<>();
  private final Map<Long, Asked> waiting = new TreeMap<>();
  private final Deque<Stray> strays = new ArrayDeque<>();
  private final Deque<Sleeper> sleepers = new ArrayDeque<>();
  private final Deque<String> fetches = new ArrayDeque<>();
  private SimClients clients;
  private Instant now = Simulation.BEGIN;
  private Instant latest = now;
  private SessionOwner owner;
  private Batch appending;

  /** The batch is in the journal, but its owner does not know yet. */
  private boolean written;

  private boolean reloading;
  private int epoch;
  private long tickets;
  private long published;

  SimServer(Random random, SimNet net, SimStory story, SimCoverage coverage) {
    this.random = random;
    this.net = net;
    this.story = story;
    this.coverage = coverage;
    this.journal = new SimJournal(Simulation.POLICY, coverage);
    this.witness = new SimWitness(journal);
  }

  void begin(SimClients known) {
    clients = known;
    boot();
  }

  void add(SimHub hub) {
    hubs.add(hub);
  }

  Instant now() {
    return now;
  }

  SimStory story() {
    return story;
  }

  SimJournal journal() {
    return journal;
  }

  /** The last revision that the owner knows to be durable. */
  long revision() {
    return published;
  }

  SessionOwner owner() {
    return owner;
  }

  <A> Reply<A> query(Query<A> query) {
    return owner.query(query);
  }

  /** The clock goes on or is set back, but not far from where it was at most. */
  void turn(long millis) {
    Instant turned = now.plusMillis(millis);
    if (turned.isAfter(latest.minusSeconds(60))) {
      now = turned;
      latest = now.isAfter(latest) ? now : latest;
    }
  }

  void tick() {
    perform(owner.tick(now));
  }

  private void boot() {
    epoch = journal.takeOver();
    appending = null;
    written = false;
    reloading = false;
    clients.loseWorkers();
    fetches.clear();
    published = journal.head();
    owner = new SessionOwner(journal.load(now), Simulation.POLICY, Simulation.LIMITS);
    story.say("boot", epoch);
    perform(owner.start(now));
    observe();
  }

  /** The process ends, or sleeps so long that another one takes its place. */
  void crash() {
    if (appending != null && !written) {
      int fate = random.nextInt(3);
      if (fate == 0) {
        journal.append(epoch, appending);
      } else if (fate == 1) {
        strays.add(new Stray(epoch, appending));
      }
    }
    if (random.nextInt(3) == 0) {
      sleepers.add(new Sleeper(epoch, owner));
    }
    int gone = epoch;
    waiting.values().removeIf(asked -> asked.epoch() == gone);
    boot();
  }

  /** What a dead owner still had on its way must not count any more. */
  void stray() {
    if (!strays.isEmpty()) {
      Stray stray = strays.poll();
      Laws.require(
          !journal.append(stray.epoch(), stray.batch()), "a replaced owner could still append");
    }
  }

  /** An owner wakes up that was replaced meanwhile: it may try, and must promise nothing. */
  void wake(Envelope<?> envelope) {
    Sleeper sleeper = sleepers.poll();
    if (sleeper == null) {
      return;
    }
    story.say("wakes", sleeper.epoch());
    List<Effect> effects = new ArrayList<>(sleeper.owner().tick(now));
    effects.addAll(sleeper.owner().submit(envelope, 1, now));
    for (Effect effect : effects) {
      if (effect instanceof Effect.Append append) {
        Laws.require(
            !journal.append(sleeper.epoch(), append.batch()),
            "a replaced owner could still append");
      } else if (effect instanceof Effect.Answer answer
          && answer.reply() instanceof Reply.Done<?> done) {
        Laws.require(
            !done.changed() || envelope.key() != null, "a replaced owner acknowledged a change");
      }
    }
  }

  /** A command arrives. */
  void submit(Envelope<?> envelope, Consumer<Reply<?>> asker) {
    if (envelope.command() instanceof CreateSession create
        && journal.isForgotten(create.sessionId(), latest)) {
      // Ids are random in truth: none comes again after so long.
      asker.accept(new Reply.Refused<>(published, Refusal.NOT_FOUND, "forgotten"));
      return;
    }
    long ticket = ++tickets;
    waiting.put(ticket, new Asked(envelope, asker, epoch));
    story.say("arrives", envelope.commandId());
    coverage.meets(envelope.command(), owner.book(), isDue());
    perform(owner.submit(envelope, ticket, now));
  }

  private boolean isDue() {
    State.Due due = owner.book().due(now, Simulation.POLICY, 1);
    return !due.expired().isEmpty() || !due.pastGrace().isEmpty() || !due.silent().isEmpty();
  }

  /** The disk gets on, well or badly. */
  void disk() {
    if (reloading) {
      reload();
    } else if (appending != null && !written && random.nextInt(4) == 0) {
      write();
      written = true;
    } else if (appending != null) {
      land(random.nextInt(10));
    }
  }

  private void write() {
    Laws.require(written || journal.append(epoch, appending), "the owner was fenced by itself");
  }

  private void land(int fate) {
    boolean known = fate < (written ? 9 : 7);
    if (known) {
      durable();
    } else if (!written && fate < 9) {
      Batch batch = appending;
      appending = null;
      story.say("failed", batch.revision());
      perform(owner.failed(batch.number(), "the disk is full"));
    } else {
      if (random.nextBoolean()) {
        write();
      }
      appending = null;
      written = false;
      story.say("unknown", journal.head());
      perform(owner.unknown("the disk did not answer"));
    }
  }

  private void durable() {
    write();
    Batch batch = appending;
    appending = null;
    written = false;
    story.say("durable", batch.revision());
    perform(owner.durable(batch.number(), now));
    observe();
  }

  private void reload() {
    reloading = false;
    published = journal.head();
    story.say("reloaded", published);
    perform(owner.reloaded(journal.load(now), now));
    observe();
  }

  /** The store reads rows of an ended session, at some moment. */
  void fetch(boolean mayFail) {
    String id = fetches.poll();
    if (id == null) {
      return;
    }
    story.say("fetched", id);
    if (mayFail && random.nextInt(6) == 0) {
      perform(owner.notFetched(id, "the disk did not answer"));
      return;
    }
    Session session = journal.headBook().session(id);
    perform(
        session == null
            ? owner.fetched(id, -1, List.of(), now)
            : owner.fetched(
                id, session.revision(), journal.headBook().table(id).recordedRows(), now));
  }

  private void perform(List<Effect> effects) {
    effects.forEach(this::perform);
  }

  private void perform(Effect effect) {
    if (effect instanceof Effect.Append append) {
      Laws.require(appending == null, "two batches are in flight");
      appending = append.batch();
    } else if (effect instanceof Effect.Answer answer) {
      answered(answer);
    } else if (effect instanceof Effect.Publish publish) {
      witness.published(publish.changes(), published);
      published = publish.changes().revision();
      hubs.forEach(hub -> hub.published(publish.changes()));
    } else if (effect instanceof Effect.StartAnalysis start) {
      story.say("start", start);
      clients.start(start.sessionId(), start.attempt());
    } else if (effect instanceof Effect.CancelAnalysis cancel) {
      clients.cancel(cancel.sessionId(), cancel.attempt());
    } else if (effect instanceof Effect.FetchRows fetch) {
      fetches.add(fetch.sessionId());
    } else {
      appending = null;
      written = false;
      reloading = true;
    }
  }

  private void answered(Effect.Answer answer) {
    if (answer.ticket() != SessionOwner.NOBODY) {
      Asked asked = waiting.remove(answer.ticket());
      Laws.require(asked != null, "%d was answered twice or never asked", answer.ticket());
      story.say("answer " + asked.envelope().commandId(), answer.reply());
      witness.answered(
          asked.envelope(), answer.reply(), answer.ticket(), tickets, owner.book(), latest);
      net.send(() -> asked.asker().accept(answer.reply()));
    }
  }

  void observe() {
    witness.observe(owner, published, random, now);
  }

  /** The faults stop: the disk writes and reads until nothing is left to do. */
  void drain() {
    while (appending != null || reloading || !fetches.isEmpty()) {
      if (reloading) {
        reload();
      } else if (appending != null) {
        durable();
      } else {
        fetch(false);
      }
    }
  }

  void checkAllAnswered() {
    Laws.require(waiting.isEmpty(), "never answered: %s", waiting.keySet());
  }

  void checkSettled() {
    witness.settled(owner.book(), now);
  }
}
