package dev.holdfast.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * At most one read under way for each key. Requests that arrive meanwhile share the next read:
 * joining the one under way could show them a state older than one they have already seen.
 */
public final class SharedReads<T> {
  private final Map<Object, Slot<T>> slots = new HashMap<>();

  private static final class Slot<T> {
    Supplier<Future<T>> nextRead;
    Promise<T> next;
  }

  /** The value of a read that starts after this call. */
  public Future<T> get(Object key, Supplier<Future<T>> read) {
    Slot<T> slot = slots.get(key);
    if (slot == null) {
      slots.put(key, new Slot<>());
      return run(key, read);
    }
    if (slot.next == null) {
      slot.next = Promise.promise();
      slot.nextRead = read;
    }
    return slot.next.future();
  }

  private Future<T> run(Object key, Supplier<Future<T>> read) {
    return begun(read).onComplete(done -> runNext(key));
  }

  /** A read that throws would leave its key taken for ever. */
  private static <T> Future<T> begun(Supplier<Future<T>> read) {
    try {
      return read.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void runNext(Object key) {
    Slot<T> slot = slots.get(key);
    if (slot.next == null) {
      slots.remove(key);
      return;
    }
    Promise<T> waiting = slot.next;
    slot.next = null;
    run(key, slot.nextRead).onComplete(waiting);
  }
}
