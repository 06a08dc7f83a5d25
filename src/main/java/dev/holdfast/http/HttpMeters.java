package dev.holdfast.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Requests by the class of their answer, and how many places are taken. */
final class HttpMeters {
  private static final int CLASSES = 6;
  private final Timer[] requests;

  HttpMeters(MeterRegistry registry, HttpVerticle.Shared shared) {
    requests =
        IntStream.range(0, CLASSES)
            .mapToObj(hundreds -> requests(registry, hundreds))
            .toArray(Timer[]::new);
    int streamsMax = shared.settings().streamsMax();
    Gauge.builder("holdfast.streams", shared.streams(), StreamPlaces::taken).register(registry);
    Gauge.builder("holdfast.streams.max", () -> streamsMax).register(registry);
    places(registry, "holdfast.uploads", shared.uploads(), shared.settings().uploadsMax());
    places(
        registry, "holdfast.connections", shared.connections(), shared.settings().connectionsMax());
  }

  private static Timer requests(MeterRegistry registry, int hundreds) {
    return Timer.builder("holdfast.http.request")
        .tag("status", hundreds + "xx")
        .serviceLevelObjectives(
            LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000)
                .mapToObj(Duration::ofMillis)
                .toArray(Duration[]::new))
        .register(registry);
  }

  private static void places(MeterRegistry registry, String name, Semaphore places, int max) {
    Gauge.builder(name, places, free -> max - free.availablePermits()).register(registry);
    Gauge.builder(name + ".max", () -> max).register(registry);
  }

  /** Streams and waiting polls last as long as their clients like; they are not measured. */
  void measure(RoutingContext context) {
    if (!UnderWay.isLive(context)) {
      long since = System.nanoTime();
      context.addEndHandler(
          ended -> {
            int hundreds = context.response().getStatusCode() / 100;
            requests[Math.min(hundreds, CLASSES - 1)].record(
                System.nanoTime() - since, TimeUnit.NANOSECONDS);
          });
    }
    context.next();
  }
}
