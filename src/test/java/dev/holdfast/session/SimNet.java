package dev.holdfast.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is on its way between clients, the owner and the hubs: it may stay so in any order. */
final class SimNet {
  private static final int ON_THE_WAY_MAX = 40;

  private final Random random;
  private final List<Runnable> onTheWay = new ArrayList<>();

  /** Once the faults have stopped, everything arrives at once. */
  private boolean calm;

  SimNet(Random random) {
    this.random = random;
  }

  /** Sends a message, which mostly arrives at once. */
  void send(Runnable arrival) {
    if (calm || random.nextInt(4) > 0) {
      arrival.run();
    } else {
      onTheWay.add(arrival);
      if (onTheWay.size() > ON_THE_WAY_MAX) {
        onTheWay.remove(0);
      }
    }
  }

  /** Any message arrives, early or late. */
  boolean deliver() {
    if (onTheWay.isEmpty()) {
      return false;
    }
    onTheWay.remove(any()).run();
    return true;
  }

  /** Any message is lost. */
  void lose() {
    if (!onTheWay.isEmpty()) {
      onTheWay.remove(any());
    }
  }

  /** Any message arrives, and will arrive once more. */
  void duplicate() {
    if (!onTheWay.isEmpty()) {
      onTheWay.get(any()).run();
    }
  }

  private int any() {
    return random.nextInt(onTheWay.size());
  }

  /** The faults stop: what is on its way arrives, and nothing stays on it any more. */
  void calmDown() {
    calm = true;
    while (!onTheWay.isEmpty()) {
      onTheWay.remove(0).run();
    }
  }
}
