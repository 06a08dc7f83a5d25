package dev.holdfast.owner;

import dev.holdfast.session.Counts;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Reply;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What the owner's work comes to; other threads read it at any time. */
final class OwnerMeters {
  private static final Duration[] STEPS =
      java.util.stream.LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** Where the durable state stands. */
  private record Standing(long revision, Counts counts) {}

  private final MeterRegistry registry;
  private final Map<String, Timer> commands = new HashMap<>();
  private final Map<String, Timer> appends = new HashMap<>();
  private final DistributionSummary batches;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicReference<Standing> standing =
      new AtomicReference<>(new Standing(0, new Counts(0, 0, 0, 0, 0, 0)));

  OwnerMeters(MeterRegistry registry) {
    this.registry = registry;
    this.batches = registry.summary("holdfast.batch.events");
    registry.gauge("holdfast.commands.waiting", waiting);
    Gauge.builder("holdfast.revision", standing, now -> now.get().revision()).register(registry);
    state("queued", now -> now.queued());
    state("running", now -> now.running());
    state("completed", now -> now.completed());
    state("partial", now -> now.partial());
    state("failed", now -> now.failed());
  }

  private void state(String label, java.util.function.ToIntFunction<Counts> count) {
    Gauge.builder("holdfast.sessions", standing, now -> count.applyAsInt(now.get().counts()))
        .tag("state", label)
        .register(registry);
  }

  void stands(long revision, Counts counts) {
    standing.set(new Standing(revision, counts));
  }

  /** Commands that have no answer yet. */
  void waiting(int commands) {
    waiting.set(commands);
  }

  /** A command got its answer. */
  void answered(Envelope<?> command, Reply<?> reply, long nanos) {
    String name = command.command().getClass().getSimpleName();
    String outcome = reply instanceof Reply.Done<?> done ? outcome(done) : "refused";
    commands
        .computeIfAbsent(name + outcome, key -> timer("holdfast.command", name, outcome))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private static String outcome(Reply.Done<?> done) {
    return done.changed() ? "changed" : "unchanged";
  }

  private Timer timer(String name, String command, String outcome) {
    return Timer.builder(name)
        .tag("command", command)
        .tag("outcome", outcome)
        .serviceLevelObjectives(STEPS)
        .register(registry);
  }

  /**
   * The journal has answered for a batch.
   *
   * @param outcome durable, fenced or failed
   */
  void appended(int events, String outcome, long nanos) {
    batches.record(events);
    appends
        .computeIfAbsent(
            outcome,
            key ->
                Timer.builder("holdfast.append")
                    .tag("outcome", outcome)
                    .serviceLevelObjectives(STEPS)
                    .register(registry))
        .record(nanos, TimeUnit.NANOSECONDS);
  }
}
