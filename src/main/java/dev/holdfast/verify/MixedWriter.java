package dev.holdfast.verify;

import java.util.Random;

/** Changes external sessions in every way there is, most of them under the hands of others. */
final class MixedWriter implements Runnable {
  private final Client client;
  private final HoldfastCalls calls;
  private final HotSessions sessions;
  private final Viewer viewer;
  private final ListReader lists;
  private final Run run;

  MixedWriter(Client client, HoldfastCalls calls, HotSessions sessions) {
    this.client = client;
    this.calls = calls;
    this.sessions = sessions;
    this.viewer = new Viewer(client);
    this.lists = new ListReader(client, viewer);
    this.run = client.run();
  }

  @Override
  public void run() {
    while (!run.isOver()) {
      Known known = sessions.any(client.random());
      if (known == null) {
        create();
      } else if (known.history().isFull()) {
        endAndRetire(known);
      } else {
        step(known, client.random().nextInt(100));
      }
    }
  }

  private void create() {
    Known known = calls.create(client);
    if (known != null) {
      sessions.add(known);
      viewer.summary(known);
    }
    Known surplus = sessions.surplus();
    if (surplus != null) {
      calls.delete(client, surplus);
      viewer.results(surplus);
    }
  }

  private void endAndRetire(Known known) {
    sessions.retire(known);
    calls.stop(client, known);
    viewer.results(known);
  }

  /** Seldom things are as likely as it takes to see each of them often in a minute. */
  private void step(Known known, int chance) {
    Random random = client.random();
    int attempt = Math.max(1, calls.attempt(known) - (random.nextInt(10) == 0 ? 1 : 0));
    if (chance < 50) {
      calls.report(client, known, attempt);
    } else if (chance < 58) {
      calls.stop(client, known);
      viewer.results(known);
    } else if (chance < 60) {
      calls.end(client, known, attempt, false);
    } else if (chance < 75) {
      calls.resume(client, known);
    } else if (chance < 90) {
      viewer.results(known);
    } else if (chance < 95) {
      viewer.summary(known);
    } else if (chance < 97) {
      lists.all();
    } else if (chance < 99) {
      calls.end(client, known, attempt, true);
      sessions.retire(known);
    } else {
      calls.delete(client, known);
      sessions.retire(known);
    }
  }
}
