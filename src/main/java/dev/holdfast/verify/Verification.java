package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A run against a server: prepare, let the clients work, look through the histories. */
public final class Verification {
  private static final int HISTORY_MAX = 300;
  private static final long TICK_MILLIS = 500;
  private static final long JOIN_MILLIS = 30_000;

  private final Run run;
  private final Progress progress;
  private final Client first;
  private final Calls calls;
  private final HotSessions sessions;
  private final List<Client> writers;
  private final List<Client> readers;
  private long undecided;

  private Verification(Plan plan, Progress progress) {
    this.run = new Run(plan, Shapes.of(plan.as()));
    this.progress = progress;
    this.first = new Client("setup", run);
    this.writers = clients("writer", plan.writers());
    this.readers = clients("reader", plan.readers());
    plan.urls().forEach(this::greet);
    this.calls =
        run.shape().holdfast() ? new HoldfastCalls(first, HISTORY_MAX) : new DescribedCalls(run);
    int hot = run.shape().holdfast() && !plan.incident() ? 2 + 2 * plan.writers() : 0;
    this.sessions = new HotSessions(hot, Math.max(plan.sessions(), 2 * hot));
  }

  /**
   * Runs the plan.
   *
   * @throws CannotCheck when nothing can be said about the server
   */
  public static Outcome run(Plan plan, Progress progress) {
    Verification verification = new Verification(plan, progress);
    try {
      return verification.run();
    } finally {
      verification.cleanUp();
    }
  }

  private List<Client> clients(String name, int count) {
    List<Client> clients = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      clients.add(new Client(name + " " + i, run));
    }
    return clients;
  }

  /** The first request to a node: says early what is wrong. */
  private void greet(URI node) {
    Exchange list = first.send(node, "GET", run.shape().list().path(), null);
    String path = node + run.shape().list().path();
    if (!list.isOk()) {
      throw new CannotCheck(path + " → " + list.outcome() + "; wanted is the list");
    }
    run.shape()
        .list()
        .groups()
        .forEach(
            group -> {
              JsonNode items = group.items().one(list.body());
              if (!items.isArray()) {
                throw new CannotCheck(path + " has no array at " + group.items().path());
              }
            });
  }

  private Outcome run() {
    new ListReader(first, new Viewer(first)).all();
    if (!calls.canCreate() && run.knowledge().size() == 0) {
      throw new CannotCheck(
          "the list is empty and no way to create a session is described: nothing to look at");
    }
    if (calls.canCreate()) {
      fill();
    }
    run.endIn(run.plan().seconds() * 1_000_000_000L);
    List<Thread> threads = new ArrayList<>();
    readers.forEach(client -> threads.add(start(client, new Reader(client))));
    if (calls.canCreate() || run.plan().incident()) {
      writers.forEach(client -> threads.add(start(client, writer(client))));
    }
    if (run.shape().holdfast()) {
      watchStream(threads);
    } else {
      await(threads, "checking");
    }
    checkHistories();
    return Outcome.of(run, calls.canCreate() || run.plan().incident(), undecided);
  }

  private void watchStream(List<Thread> threads) {
    Client client = new Client("stream", run);
    StreamWatcher watcher = new StreamWatcher(client, sessions);
    Thread watching = start(client, watcher);
    try {
      await(threads, "checking");
    } finally {
      watcher.close();
    }
    await(List.of(watching), "checking");
  }

  private Runnable writer(Client client) {
    if (run.plan().incident()) {
      return new IncidentWriter(client, calls, sessions);
    }
    return calls instanceof HoldfastCalls holdfast
        ? new MixedWriter(client, holdfast, sessions)
        : new LifeWriter(client, calls, sessions);
  }

  /** Sessions in all states, so that lists have a length. */
  private void fill() {
    AtomicInteger left = new AtomicInteger(run.plan().sessions());
    List<Thread> threads = new ArrayList<>();
    for (List<Client> some : List.of(writers, readers)) {
      some.forEach(client -> threads.add(start(client, () -> fill(client, left))));
    }
    await(threads, "creating sessions");
  }

  private void fill(Client client, AtomicInteger left) {
    int number = left.getAndDecrement();
    while (number > 0 && !run.isOver()) {
      Known known = calls.create(client);
      if (known == null) {
        throw new CannotCheck("no session could be created: " + run.lastUnanswered().outcome());
      }
      calls.work(client, known);
      if (calls.canStop() && number % 2 == 0) {
        calls.stop(client, known);
      } else {
        calls.finish(client, known);
      }
      sessions.addCold(known);
      number = left.getAndDecrement();
    }
  }

  private Thread start(Client client, Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (CannotCheck e) {
                run.breakOff(e);
              } catch (RuntimeException e) {
                run.breakOff(new CannotCheck("verify itself failed: " + e, e));
              }
            },
            "verify " + client.name());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void await(List<Thread> threads, String phase) {
    try {
      while (!run.isOver() && threads.stream().anyMatch(Thread::isAlive)) {
        threads.get(0).join(TICK_MILLIS);
        tell(phase);
      }
      for (Thread thread : threads) {
        thread.join(JOIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotCheck("interrupted", e);
    }
    run.throwIfBroken();
  }

  private void tell(String phase) {
    progress.at(
        phase,
        run.now() / 1_000_000_000L,
        run.operations(),
        run.knowledge().size(),
        run.findings().violations());
  }

  private void checkHistories() {
    for (Known known : run.knowledge().sessions()) {
      if (known.history() != null) {
        checkHistory(known);
      }
    }
  }

  private void checkHistory(Known known) {
    Linearizability.Result<SessionModel> result = known.history().check();
    if (result.verdict() == Linearizability.Verdict.UNDECIDED) {
      undecided++;
      return;
    }
    run.findings().compared(Check.HISTORY, 1);
    if (result.verdict() == Linearizability.Verdict.NO_ORDER) {
      run.findings().add(Explanation.of(known, result));
    }
  }

  /** Takes away what it made, as far as the server has a way to. */
  private void cleanUp() {
    List<Known> left = new ArrayList<>();
    for (Known known : run.knowledge().sessions()) {
      if (known.isOurs() && known.deleted() == null) {
        left.add(known);
      }
    }
    try {
      left.forEach(known -> calls.delete(first, known));
    } catch (CannotCheck e) {
      // The server is not there any more, and what is there to say was said.
    }
  }
}
