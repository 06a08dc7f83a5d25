package dev.holdfast.session;

import java.time.Instant;

/**
 * A secret that a program sends with each request.
 *
 * @param sha256 of the secret, in hexadecimal
 * @param lastFour characters of the secret, to tell keys apart
 * @param expiresAt or null for never
 */
public record ApiKey(
    String id,
    String name,
    Role role,
    String sha256,
    String lastFour,
    String createdBy,
    Instant createdAt,
    Instant expiresAt) {

  boolean isValidAt(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }
}
