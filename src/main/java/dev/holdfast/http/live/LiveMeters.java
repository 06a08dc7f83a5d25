package dev.holdfast.http.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * How well the streams keep up.
 *
 * @param lag from the publication of a step to the frame with it
 * @param resets of streams that had missed too much
 * @param cuts of readers whose sockets stayed full
 */
record LiveMeters(Timer lag, Counter resets, Counter cuts) {
  static LiveMeters in(MeterRegistry registry) {
    return new LiveMeters(
        Timer.builder("holdfast.frame.lag")
            .serviceLevelObjectives(
                LongStream.of(1, 5, 10, 25, 50, 100, 150, 250, 500, 1_000, 5_000)
                    .mapToObj(Duration::ofMillis)
                    .toArray(Duration[]::new))
            .register(registry),
        registry.counter("holdfast.stream.resets"),
        registry.counter("holdfast.stream.cuts"));
  }
}
