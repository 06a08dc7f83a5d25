package dev.holdfast.session;

import java.time.Instant;

/**
 * A user who has logged in from a browser.
 *
 * @param sha256 of what the browser keeps, in hexadecimal
 * @param token digest of the bootstrap token that it was begun with, or null
 */
public record Login(
    String sha256,
    String user,
    String token,
    long revision,
    Instant startedAt,
    Instant expiresAt) {}
