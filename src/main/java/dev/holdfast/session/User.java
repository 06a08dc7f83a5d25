package dev.holdfast.session;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Somebody who logs in with a password.
 *
 * @param passwordHash Argon2id with its parameters and salt; never leaves the server
 * @param disabled keeps the user from logging in
 */
public record User(
    String name,
    Role role,
    String passwordHash,
    boolean disabled,
    String createdBy,
    Instant createdAt,
    Instant changedAt) {
  /** Letters, digits and a few signs: a name is read in logs and journals. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  /** Names under which parts of the system are on record. */
  private static final List<String> RESERVED =
      List.of("admin", "local", "system", "http", "embedder");

  static void checkName(String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must have 1 to 64 letters, digits or . _ @ - and begin with a letter or digit");
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("name must not be " + name + ", which is reserved");
    }
  }

  User changed(Role newRole, String newHash, Boolean nowDisabled, Instant at) {
    return new User(
        name,
        newRole == null ? role : newRole,
        newHash == null ? passwordHash : newHash,
        nowDisabled == null ? disabled : nowDisabled,
        createdBy,
        createdAt,
        at);
  }
}
