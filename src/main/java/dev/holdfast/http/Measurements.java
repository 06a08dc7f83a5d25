package dev.holdfast.http;

import io.micrometer.core.instrument.MeterRegistry;

/** Everything that is measured, and how Prometheus reads it. */
public interface Measurements {
  MeterRegistry registry();

  /** All of it as text. */
  String scrape();
}
