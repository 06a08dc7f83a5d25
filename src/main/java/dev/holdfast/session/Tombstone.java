package dev.holdfast.session;

import java.time.Instant;

/**
 * What is left of a session whose rows are gone.
 *
 * @param revision of the event that made it
 * @param removedAt when the session left the lists
 * @param by who deleted it; {@code system} when it expired
 * @param cause {@code deleted} or {@code expired}
 * @param reason what that person said, or null
 */
public record Tombstone(
    String id,
    String title,
    long revision,
    Instant removedAt,
    String by,
    String cause,
    String reason) {}
