package dev.holdfast.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * An owner in a hostile world: appends come late, fail or end unknown, processes die and sleep,
 * messages are lost, doubled and overtaken, the clock jumps. A seed decides everything, so a seed
 * reproduces everything; each step has dice of its own, so that steps can be left out.
 */
final class Simulation {
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  static final Policy POLICY =
      new Policy(
          new Retention(Duration.ofSeconds(40), Duration.ofSeconds(30), Duration.ofSeconds(50)),
          Duration.ofSeconds(40),
          Duration.ofSeconds(120),
          Duration.ofSeconds(30),
          Duration.ofSeconds(90),
          3,
          2,
          200,
          5);
  static final SessionOwner.Limits LIMITS =
      new SessionOwner.Limits(6, 200, 1_000, 1, Duration.ofMinutes(2), Duration.ofMinutes(3));

  /** Within that time after the last fault everything must be where it belongs. */
  private static final int SETTLE_SECONDS = 30;

  private static final int SWEEPS = 40;

  private final long seed;
  private final Random random = new Random();
  private final SimStory story;
  private final SimNet net = new SimNet(random);
  private final SimCommands commands = new SimCommands(random);
  private final SimServer server;
  private final SimClients clients;
  private final List<SimHub> hubs = new ArrayList<>();

  Simulation(long seed, SimStory story, SimCoverage coverage) {
    this.seed = seed;
    this.story = story;
    server = new SimServer(random, net, story, coverage);
    clients = new SimClients(random, net, server, commands);
    begin(0, "boot");
    server.begin(clients);
    for (int i = 0; i < 2; i++) {
      hubs.add(new SimHub(random, net, server));
    }
    hubs.forEach(server::add);
  }

  /** Runs to the end, and says at the first law that breaks which. */
  static void run(long seed, int steps) {
    BitSet all = new BitSet();
    all.set(0, steps);
    run(seed, all, new SimStory(false), new SimCoverage());
  }

  /** Runs those steps of a seed, each as if the others were made. */
  static void run(long seed, BitSet steps, SimStory story, SimCoverage coverage) {
    Simulation simulation = new Simulation(seed, story, coverage);
    for (int i = steps.nextSetBit(0); i >= 0; i = steps.nextSetBit(i + 1)) {
      simulation.begin(i + 1, String.valueOf(i + 1));
      simulation.step();
    }
    simulation.settle();
    simulation.finish();
  }

  /** Rolls the dice of a step; neighbouring seeds and steps have nothing in common. */
  private void begin(int step, String name) {
    long mixed = (seed * 0x9E3779B97F4A7C15L + step) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 31)) * 0x94D049BB133111EBL;
    random.setSeed(mixed ^ (mixed >>> 29));
    commands.step(step);
    story.step(name, server.now());
  }

  private void step() {
    int dice = random.nextInt(100);
    if (dice < 37) {
      clients.send(commands.next(server.now()));
    } else if (dice < 40) {
      clients.retry();
    } else if (dice < 42) {
      clients.repeat();
    } else if (dice < 50) {
      message(random.nextInt(8));
    } else if (dice < 53) {
      server.fetch(true);
    } else if (dice < 73) {
      server.disk();
    } else if (dice < 84) {
      clients.work();
    } else if (dice < 89) {
      stream();
    } else if (dice < 94) {
      server.turn(random.nextInt(20_000));
      server.tick();
    } else {
      rare(random.nextInt(7));
    }
  }

  private void message(int dice) {
    if (dice < 5) {
      net.deliver();
    } else if (dice < 7) {
      net.lose();
    } else {
      net.duplicate();
    }
  }

  private void stream() {
    SimHub hub = hubs.get(random.nextInt(hubs.size()));
    if (random.nextInt(8) == 0) {
      hub.giveUp();
    }
    hub.cut();
  }

  private void rare(int dice) {
    switch (dice) {
      case 0 -> server.turn(-random.nextInt(20_000));
      case 1, 2 -> clients.send(commands.sweep(server.now()));
      case 3 -> server.stray();
      case 4 -> server.wake(commands.next(server.now()));
      case 5 -> server.turn(random.nextInt(10_000));
      default -> server.crash();
    }
  }

  /** The faults stop: soon everybody has an answer, and what can run runs. */
  private void settle() {
    begin(-1, "calm");
    net.calmDown();
    for (int second = 0; second < SETTLE_SECONDS; second++) {
      server.turn(1_000);
      hubs.forEach(SimHub::giveUp);
      server.tick();
      server.drain();
      clients.retryAll();
      server.drain();
    }
    // A publication that was lost is noticed at the next one.
    clients.send(commands.anything(server.now()));
    server.drain();
    server.checkAllAnswered();
    Laws.require(clients.waiting().isEmpty(), "nobody answered %s", clients.waiting());
    Book book = server.owner().book();
    Laws.require(
        book.count(SessionState.QUEUED) == 0 || book.runningBuiltIn() == POLICY.analysesMax(),
        "a session stays queued though %d run",
        book.runningBuiltIn());
    hubs.forEach(SimHub::checkAtHead);
  }

  /** Everything that runs comes to its end, and all that is due is swept. */
  private void finish() {
    begin(-2, "finish");
    for (int i = 0; i < 1_000 && !isQuiet(); i++) {
      if (clients.running() > 0) {
        clients.complete();
      } else {
        server.turn(1_000);
        server.tick();
      }
      server.drain();
    }
    for (int i = 0; i < SWEEPS; i++) {
      clients.send(commands.realSweep(server.now()));
      server.drain();
    }
    server.observe();
    server.checkAllAnswered();
    server.checkSettled();
    hubs.forEach(SimHub::checkAtHead);
  }

  private boolean isQuiet() {
    return clients.running() == 0 && server.owner().book().count(SessionState.QUEUED) == 0;
  }
}
