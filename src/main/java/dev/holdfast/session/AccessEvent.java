package dev.holdfast.session;

import java.time.Instant;

/** What happened to users, keys and logins. No session is concerned. */
public sealed interface AccessEvent extends Event {

  /** Who may do what after the event. */
  Accounts after(Accounts before, Recorded.Position position);

  @Override
  default String sessionId() {
    return null;
  }

  @Override
  default void apply(State state, Recorded.Position position) {
    state.put(after(state.accounts(), position));
  }

  /** Somebody can log in from now on. */
  record UserCreated(String name, Role role, String passwordHash) implements AccessEvent {
    @Override
    public Accounts after(Accounts before, Recorded.Position position) {
      return before.withUser(
          new User(
              name, role, passwordHash, false, position.actor(), position.at(), position.at()));
    }
  }

  /** A user was changed; null stands for what stayed as it was. A new password ends all logins. */
  record UserChanged(String name, Role role, String passwordHash, Boolean disabled)
      implements AccessEvent {
    @Override
    public Accounts after(Accounts before, Recorded.Position position) {
      User user = before.users().get(name);
      Accounts after = before.withUser(user.changed(role, passwordHash, disabled, position.at()));
      boolean ends = passwordHash != null || Boolean.TRUE.equals(disabled);
      return ends ? after.withoutLoginsOf(name) : after;
    }
  }

  /** The user is gone, and every login of this user. */
  record UserRemoved(String name) implements AccessEvent {
    @Override
    public Accounts after(Accounts before, Recorded.Position position) {
      return before.withoutUser(name);
    }
  }

  /** A key can be used from now on. */
  record KeyCreated(
      String id, String name, Role role, String sha256, String lastFour, Instant expiresAt)
      implements AccessEvent {
    @Override
    public Accounts after(Accounts before, Recorded.Position position) {
      return before.withKey(
          new ApiKey(id, name, role, sha256, lastFour, position.actor(), position.at(), expiresAt));
    }
  }

  /** The key is worth nothing any more. */
  record KeyRevoked(String id) implements AccessEvent {
    @Override
    public Accounts after(Accounts before, Recorded.Position position) {
      return before.withoutKey(id);
    }
  }

  /**
   * Somebody logged in.
   *
   * @param failed tries under this name that led to nothing before
   * @param token digest of the bootstrap token that opened it, or null
   */
  record LoginStarted(
      String sha256, String user, String address, int failed, String token, Instant expiresAt)
      implements AccessEvent {
    @Override
    public Accounts after(Accounts before, Recorded.Position position) {
      Login login = new Login(sha256, user, token, position.revision(), position.at(), expiresAt);
      return before.withLogin(login);
    }
  }

  /** The user logged out. */
  record LoginEnded(String sha256, String user) implements AccessEvent {
    @Override
    public Accounts after(Accounts before, Recorded.Position position) {
      return before.withoutLogin(sha256);
    }
  }
}
