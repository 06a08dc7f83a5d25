package dev.holdfast.bus;

/** The addresses of the event bus; the only place where they are written down. */
public final class Address {
  /** Takes an {@code Envelope}, answers with a {@code Reply}. */
  public static final String COMMAND = "holdfast.session.command";

  /** Takes a {@code Query}, answers with a {@code Reply}. */
  public static final String QUERY = "holdfast.session.query";

  /** Every durable step as a {@code ChangeSet}, published in order. */
  public static final String EVENT = "holdfast.session.event";

  /** Orders to begin and to end runs of built-in analyzers. */
  public static final String CONTROL = "holdfast.analysis.control";

  private Address() {}
}
