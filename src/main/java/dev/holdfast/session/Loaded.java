package dev.holdfast.session;

import java.time.Instant;
import java.util.List;

/**
 * What the journal knows, for an owner to begin with.
 *
 * @param commands the commands of the last minutes, oldest first
 * @param keys the idempotency keys that are still kept, oldest first
 */
public record Loaded(Book book, List<CommandDone> commands, List<KeyDone> keys) {

  /** A command that was carried out. */
  public record CommandDone(String commandId, Instant at) {}

  /** The reply that belongs to an idempotency key. */
  public record KeyDone(Envelope.Key key, Instant at, Reply.Done<?> reply) {}

  /** An empty journal, or one that remembers nothing but the state. */
  public static Loaded of(Book book) {
    return new Loaded(book, List.of(), List.of());
  }
}
