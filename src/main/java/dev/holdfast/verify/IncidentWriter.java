package dev.holdfast.verify;

import dev.holdfast.verify.Listing.Item;
import java.util.List;

/**
 * The plan of the incident, over and over: start A and stop it, start B, refresh the list rapidly,
 * view each several times. Where nothing can be started it takes what is active.
 */
final class IncidentWriter implements Runnable {
  private static final int REFRESHES = 10;
  private static final int VIEWS = 3;

  private final Client client;
  private final Calls calls;
  private final HotSessions sessions;
  private final Viewer viewer;
  private final ListReader lists;

  IncidentWriter(Client client, Calls calls, HotSessions sessions) {
    this.sessions = sessions;
    this.client = client;
    this.calls = calls;
    this.viewer = new Viewer(client);
    this.lists = new ListReader(client, viewer);
  }

  @Override
  public void run() {
    while (!client.run().isOver()) {
      Known first = next();
      if (first != null && calls.canStop()) {
        calls.work(client, first);
        viewer.results(first);
        calls.stop(client, first);
      }
      Known second = next();
      if (second != null) {
        calls.work(client, second);
      }
      refresh(first, second);
      if (calls.canCreate()) {
        putAway(first, second);
      }
    }
  }

  private void putAway(Known first, Known second) {
    if (second != null) {
      calls.finish(client, second);
      sessions.addCold(second);
    }
    if (first != null) {
      sessions.addCold(first);
    }
    for (Known old = sessions.surplus(); old != null; old = sessions.surplus()) {
      calls.delete(client, old);
    }
  }

  private Known next() {
    if (calls.canCreate()) {
      return calls.create(client);
    }
    List<Item> active =
        lists.all().stream().filter(item -> !client.run().shape().isEnded(item.state())).toList();
    return active.isEmpty()
        ? null
        : client.run().knowledge().get(active.get(client.random().nextInt(active.size())).id());
  }

  private void refresh(Known first, Known second) {
    for (int i = 0; i < REFRESHES && !client.run().isOver(); i++) {
      lists.all();
      for (int view = 0; view < VIEWS && i % VIEWS == 0; view++) {
        view(first);
        view(second);
      }
    }
  }

  private void view(Known known) {
    if (known != null) {
      viewer.results(known);
    }
  }
}
