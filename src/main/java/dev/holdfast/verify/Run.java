package dev.holdfast.verify;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What all clients of a run share: the plan, the clock, what is known and what went wrong. */
final class Run {
  private final Plan plan;
  private final Shape shape;
  private final Findings findings = new Findings();
  private final Knowledge knowledge = new Knowledge(findings);
  private final long begun = System.nanoTime();
  private final AtomicLong operations = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicReference<Exchange> lastUnanswered = new AtomicReference<>();
  private final AtomicReference<CannotCheck> broken = new AtomicReference<>();
  private volatile long end = Long.MAX_VALUE;

  Run(Plan plan, Shape shape) {
    this.plan = plan;
    this.shape = shape;
  }

  Plan plan() {
    return plan;
  }

  Shape shape() {
    return shape;
  }

  Findings findings() {
    return findings;
  }

  Knowledge knowledge() {
    return knowledge;
  }

  /** Nanoseconds since the beginning. */
  long now() {
    return System.nanoTime() - begun;
  }

  /** The clients go on for so long from now. */
  void endIn(long nanos) {
    end = now() + nanos;
  }

  boolean isOver() {
    boolean enough = plan.failFast() && findings.first() != null;
    return enough || broken.get() != null || now() >= end;
  }

  void count(Exchange exchange) {
    operations.incrementAndGet();
    if (!exchange.isAnswered()) {
      unanswered.incrementAndGet();
      lastUnanswered.set(exchange);
    }
  }

  long operations() {
    return operations.get();
  }

  long unanswered() {
    return unanswered.get();
  }

  /** Null while everything was answered. */
  Exchange lastUnanswered() {
    return lastUnanswered.get();
  }

  void breakOff(CannotCheck why) {
    broken.compareAndSet(null, why);
  }

  void throwIfBroken() {
    if (broken.get() != null) {
      throw broken.get();
    }
  }
}
