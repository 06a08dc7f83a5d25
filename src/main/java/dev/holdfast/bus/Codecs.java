package dev.holdfast.bus;

import io.vertx.core.Vertx;

/** Makes the records known to the event bus. */
public final class Codecs {
  private Codecs() {}

  /** Registers a codec for every record that travels; again is harmless. */
  public static void register(Vertx vertx) {
    for (Class<?> type : Wire.messages()) {
      register(vertx, type);
    }
  }

  private static <T> void register(Vertx vertx, Class<T> type) {
    try {
      vertx.eventBus().registerDefaultCodec(type, new RecordCodec<>(type));
    } catch (IllegalStateException alreadyRegistered) {
      // Two parts of one process may each make sure that the codecs are there.
    }
  }
}
