package dev.holdfast.verify;

/** Starts and stops sessions of a server that is only described, and looks at what it did. */
final class LifeWriter implements Runnable {
  private final Client client;
  private final Calls calls;
  private final HotSessions sessions;
  private final Viewer viewer;
  private final ListReader lists;

  LifeWriter(Client client, Calls calls, HotSessions sessions) {
    this.client = client;
    this.calls = calls;
    this.sessions = sessions;
    this.viewer = new Viewer(client);
    this.lists = new ListReader(client, viewer);
  }

  @Override
  public void run() {
    while (!client.run().isOver()) {
      Known known = calls.create(client);
      if (known != null) {
        lists.all();
        viewer.results(known);
        if (calls.canStop() && client.random().nextBoolean()) {
          calls.stop(client, known);
          lists.all();
          viewer.results(known);
        }
        sessions.addCold(known);
      }
      Known surplus = sessions.surplus();
      if (surplus != null) {
        calls.delete(client, surplus);
      }
    }
  }
}
