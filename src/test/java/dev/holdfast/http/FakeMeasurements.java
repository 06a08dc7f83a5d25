package dev.holdfast.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Measurements that nobody reads. */
final class FakeMeasurements implements Measurements {
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Override
  public MeterRegistry registry() {
    return registry;
  }

  @Override
  public String scrape() {
    return "";
  }
}
