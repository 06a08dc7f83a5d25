package dev.holdfast.bench;

import static dev.holdfast.bench.Api.await;

import dev.holdfast.session.Loaded;
import dev.holdfast.store.JdbcStore;
import io.vertx.core.Vertx;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Instant;

/** Fills an owner and its store with ended sessions. Arguments: data directory, how many. */
final class HeapProbe {
  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
  private static final long STEP_MILLIS = 7;

  private HeapProbe() {}

  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    Path data = Path.of(args[0]);
    int sessions = Integer.parseInt(args[1]);
    System.out.println("lived " + fill(vertx, data, sessions));
    load(vertx, data, sessions);
    await(vertx.close());
  }

  private static double fill(Vertx vertx, Path data, int sessions) throws Exception {
    JdbcStore store = JdbcStore.open(vertx, "sqlite:", data);
    BareOwner owner = new BareOwner(store, START, STEP_MILLIS);
    EndedSessions ended = new EndedSessions(owner);
    long before = usedBytes();
    ended.add(sessions);
    owner.rest();
    long after = usedBytes();
    Reference.reachabilityFence(owner);
    await(store.close());
    return (double) (after - before) / sessions;
  }

  private static void load(Vertx vertx, Path data, int sessions) throws Exception {
    JdbcStore store = JdbcStore.open(vertx, "sqlite:", data);
    long before = usedBytes();
    long start = System.nanoTime();
    Loaded loaded = await(store.load());
    double seconds = (System.nanoTime() - start) / 1e9;
    Loaded kept = Loaded.of(loaded.book());
    loaded = null;
    System.out.println("loaded " + (double) (usedBytes() - before) / sessions);
    System.out.println("seconds " + seconds);
    Reference.reachabilityFence(kept);
    await(store.close());
  }

  private static long usedBytes() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
