package dev.holdfast.session;

import java.time.Instant;

/**
 * Who a credential belongs to and what it allows.
 *
 * @param keyId of an API key; null for the login of a user
 * @param token digest of the bootstrap token that a login was begun with; null for other
 *     credentials
 * @param expiresAt or null for never
 */
public record Grant(String name, Role role, String keyId, String token, Instant expiresAt) {}
