package dev.holdfast.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Requests by the class of their answer, and how many places are taken. */
final class HttpMeters {
  private static final int CLASSES = 6;
  private final Timer[] requests;

  private HttpMeters(MeterRegistry registry) {
    requests =
        IntStream.range(0, CLASSES)
            .mapToObj(hundreds -> requests(registry, hundreds))
            .toArray(Timer[]::new);
  }

  /** The meters of one server, for all of its verticles. */
  static HttpMeters of(
      HttpSettings settings,
      MeterRegistry registry,
      IntSupplier streams,
      Semaphore uploads,
      Semaphore connections) {
    taken(registry, "holdfast.streams", streams, settings.streamsMax());
    places(registry, "holdfast.uploads", uploads, settings.uploadsMax());
    places(registry, "holdfast.connections", connections, settings.connectionsMax());
    return new HttpMeters(registry);
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
    taken(registry, name, () -> max - places.availablePermits(), max);
  }

  private static void taken(MeterRegistry registry, String name, IntSupplier taken, int max) {
    Gauge.builder(name, taken::getAsInt).register(registry);
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
