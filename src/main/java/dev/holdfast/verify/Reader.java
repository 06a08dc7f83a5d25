package dev.holdfast.verify;

import dev.holdfast.verify.Listing.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Somebody who keeps refreshing the list and viewing what it shows. */
final class Reader implements Runnable {
  private static final int VIEWS = 4;

  private final Client client;
  private final Viewer viewer;
  private final ListReader lists;
  private final Run run;
  private final List<String> states;

  Reader(Client client) {
    this.client = client;
    this.viewer = new Viewer(client);
    this.lists = new ListReader(client, viewer);
    this.run = client.run();
    this.states = List.copyOf(run.shape().list().counts().keySet());
  }

  @Override
  public void run() {
    while (!run.isOver()) {
      List<Item> listed = lists.all();
      viewSome(listed);
      if (run.shape().list().ofState() != null && !states.isEmpty()) {
        lists.ofState(states.get(client.random().nextInt(states.size())));
      }
    }
  }

  /** Half of the views go to what is active, where things change. */
  private void viewSome(List<Item> listed) {
    Random random = client.random();
    List<Item> active = new ArrayList<>(listed);
    active.removeIf(item -> run.shape().isEnded(item.state()));
    for (int i = 0; i < VIEWS; i++) {
      List<Item> from = i % 2 == 0 && !active.isEmpty() ? active : listed;
      if (!from.isEmpty()) {
        Known known = run.knowledge().get(from.get(random.nextInt(from.size())).id());
        view(known, random.nextInt(3) == 0);
      }
    }
  }

  private void view(Known known, boolean briefly) {
    if (briefly && run.shape().summary() != null) {
      viewer.summary(known);
    } else {
      viewer.results(known);
    }
  }
}
