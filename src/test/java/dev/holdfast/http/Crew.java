package dev.holdfast.http;

import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that work at the same time; the first that fails, fails the test. */
public final class Crew {
  private static final int PATIENCE_SECONDS = 60;
  private final int threads;

  private Crew(int threads) {
    this.threads = threads;
  }

  public static Crew of(int threads) {
    return new Crew(threads);
  }

  /** A piece of work that has a number. */
  public interface Work {
    void run(int number) throws Exception;
  }

  /** Carries out the work once for each number below {@code times}. */
  public void each(int times, Work work) {
    AtomicInteger next = new AtomicInteger();
    all(
        thread -> {
          for (int i = next.getAndIncrement(); i < times; i = next.getAndIncrement()) {
            work.run(i);
          }
        });
  }

  /** Every thread carries out the work, under its own number. */
  public void all(Work work) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CompletionService<Void> done = new ExecutorCompletionService<>(executor);
      for (int i = 0; i < threads; i++) {
        int number = i;
        done.submit(
            () -> {
              work.run(number);
              return null;
            });
      }
      for (int i = 0; i < threads; i++) {
        Future<Void> next = done.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
          throw new IllegalStateException(threads - i + " threads do not end");
        }
        next.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      executor.shutdownNow();
    }
  }
}
