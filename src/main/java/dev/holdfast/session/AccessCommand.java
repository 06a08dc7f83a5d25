package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;

/**
 * What somebody wants done about users, keys and logins. Secrets come as digests only.
 *
 * @param <T> what it leaves behind
 */
public sealed interface AccessCommand<T> extends Command<T> {
  /** Characters of a digest or hash, at most. */
  int HASH_MAX = 200;

  Decision decide(Accounts accounts, Instant now);

  T subject(Accounts accounts);

  @Override
  default Decision decide(View view, Instant now, Policy policy) {
    return decide(view.accounts(), now);
  }

  @Override
  default T subject(View view) {
    return subject(view.accounts());
  }

  /** A command about the user of that name. */
  sealed interface OnUser extends AccessCommand<User> {
    String name();

    @Override
    default User subject(Accounts accounts) {
      return accounts.users().get(name());
    }
  }

  /** A command about the key of that id. */
  sealed interface OnKey extends AccessCommand<ApiKey> {
    String id();

    @Override
    default ApiKey subject(Accounts accounts) {
      return accounts.keys().get(id());
    }
  }

  /** A command about the login of that digest. */
  sealed interface OnLogin extends AccessCommand<Login> {
    String sha256();

    @Override
    default Login subject(Accounts accounts) {
      return accounts.logins().get(sha256());
    }
  }

  private static Refused noUser(String name) {
    return new Refused(Refusal.NOT_FOUND, "There is no user " + name + ".");
  }

  /** Lets somebody log in. */
  record CreateUser(String name, Role role, String passwordHash) implements OnUser {
    public CreateUser {
      User.checkName(name);
      requireRole(role);
      Check.text("passwordHash", passwordHash, 1, HASH_MAX);
    }

    @Override
    public Decision decide(Accounts accounts, Instant now) {
      User like = accounts.namedLike(name);
      if (like != null) {
        return new Refused(
            Refusal.NAME_TAKEN, "There is a user " + like.name() + "; take another name.");
      }
      return accounts.users().size() >= Accounts.USERS_MAX
          ? new Refused(
              Refusal.LIMIT_REACHED,
              "There are " + Accounts.USERS_MAX + " users; remove some first.")
          : Accepted.of(new AccessEvent.UserCreated(name, role, passwordHash));
    }
  }

  private static void requireRole(Role role) {
    if (role == null) {
      throw new IllegalArgumentException("role is missing");
    }
  }

  /** Changes a user; null leaves what it stands for as it is. */
  record ChangeUser(String name, Role role, String passwordHash, Boolean disabled)
      implements OnUser {
    public ChangeUser {
      Check.optionalText("passwordHash", passwordHash, HASH_MAX);
    }

    @Override
    public Decision decide(Accounts accounts, Instant now) {
      User user = accounts.users().get(name);
      if (user == null) {
        return noUser(name);
      }
      Role other = role == user.role() ? null : role;
      Boolean switched = disabled == null || disabled == user.disabled() ? null : disabled;
      return other == null && passwordHash == null && switched == null
          ? Accepted.unchanged()
          : Accepted.of(new AccessEvent.UserChanged(name, other, passwordHash, switched));
    }
  }

  /** Takes a user away. */
  record RemoveUser(String name) implements OnUser {
    @Override
    public Decision decide(Accounts accounts, Instant now) {
      return accounts.users().containsKey(name)
          ? Accepted.of(new AccessEvent.UserRemoved(name))
          : noUser(name);
    }
  }

  /** Makes a key valid. */
  record CreateKey(
      String id, String name, Role role, String sha256, String lastFour, Instant expiresAt)
      implements OnKey {
    public CreateKey {
      Check.text("id", id, 1, 64);
      Check.text("name", name, 1, 64);
      if (!name.codePoints().allMatch(CreateKey::isPlain)) {
        throw new IllegalArgumentException("name must not contain control characters");
      }
      requireRole(role);
      Check.text("sha256", sha256, 64, 64);
      Check.text("lastFour", lastFour, 4, 4);
    }

    private static boolean isPlain(int character) {
      int type = Character.getType(character);
      return type != Character.CONTROL
          && type != Character.FORMAT
          && type != Character.LINE_SEPARATOR
          && type != Character.PARAGRAPH_SEPARATOR;
    }

    @Override
    public Decision decide(Accounts accounts, Instant now) {
      if (expiresAt != null && !expiresAt.isAfter(now)) {
        return new Refused(Refusal.INVALID_VALUE, "expiresAt must be in the future.");
      }
      if (accounts.namedLike(name) != null) {
        return new Refused(
            Refusal.NAME_TAKEN, "A user has this name; the record would not tell them apart.");
      }
      return accounts.keys().size() >= Accounts.KEYS_MAX
          ? new Refused(
              Refusal.LIMIT_REACHED, "There are " + Accounts.KEYS_MAX + " keys; revoke some first.")
          : Accepted.of(new AccessEvent.KeyCreated(id, name, role, sha256, lastFour, expiresAt));
    }
  }

  /** Makes a key worthless. */
  record RevokeKey(String id) implements OnKey {
    @Override
    public Decision decide(Accounts accounts, Instant now) {
      return accounts.keys().containsKey(id)
          ? Accepted.of(new AccessEvent.KeyRevoked(id))
          : new Refused(Refusal.NOT_FOUND, "There is no key " + id + ".");
    }
  }

  /**
   * Logs a user in.
   *
   * @param failed tries under this name before
   * @param passwordHash that the password was compared with: another one since makes it void
   */
  record StartLogin(
      String sha256,
      String user,
      String passwordHash,
      String address,
      int failed,
      Instant expiresAt)
      implements OnLogin {
    public StartLogin {
      Check.text("sha256", sha256, 64, 64);
      Check.text("address", address, 1, 100);
    }

    @Override
    public Decision decide(Accounts accounts, Instant now) {
      User known = accounts.users().get(user);
      return known == null || known.disabled() || !known.passwordHash().equals(passwordHash)
          ? new Refused(Refusal.CHANGED_SINCE, "The user was changed meanwhile; try again.")
          : Accepted.of(
              new AccessEvent.LoginStarted(sha256, user, address, failed, null, expiresAt));
    }
  }

  /**
   * Logs in whoever has the bootstrap token.
   *
   * @param token its digest
   */
  record StartTokenLogin(
      String sha256, String user, String token, String address, Instant expiresAt)
      implements OnLogin {
    public StartTokenLogin {
      Check.text("sha256", sha256, 64, 64);
      Check.text("token", token, 64, 64);
      Check.text("address", address, 1, 100);
    }

    @Override
    public Decision decide(Accounts accounts, Instant now) {
      return Accepted.of(new AccessEvent.LoginStarted(sha256, user, address, 0, token, expiresAt));
    }
  }

  /** Logs a user out; once more is harmless. */
  record EndLogin(String sha256) implements OnLogin {
    @Override
    public Decision decide(Accounts accounts, Instant now) {
      Login login = accounts.logins().get(sha256);
      return login == null
          ? Accepted.unchanged()
          : Accepted.of(new AccessEvent.LoginEnded(sha256, login.user()));
    }
  }
}
