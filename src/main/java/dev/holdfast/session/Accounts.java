package dev.holdfast.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Who may do what. Never changes: each change gives another one.
 *
 * @param users by name
 * @param keys by id
 * @param logins by the digest of what the browser keeps
 */
public record Accounts(
    Map<String, User> users, Map<String, ApiKey> keys, Map<String, Login> logins) {
  public static final Accounts NONE = new Accounts(Map.of(), Map.of(), Map.of());

  static final int USERS_MAX = 10_000;
  static final int KEYS_MAX = 10_000;

  /** Browsers of one user; another login ends the oldest one. */
  static final int LOGINS_PER_USER_MAX = 20;

  public Accounts {
    users = sorted(users);
    keys = sorted(keys);
    logins = sorted(logins);
  }

  private static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }

  private static <V> Map<String, V> with(Map<String, V> map, Consumer<Map<String, V>> change) {
    Map<String, V> copy = new TreeMap<>(map);
    change.accept(copy);
    return copy;
  }

  Accounts withUser(User user) {
    return new Accounts(with(users, all -> all.put(user.name(), user)), keys, logins);
  }

  Accounts withoutUser(String name) {
    return new Accounts(with(users, all -> all.remove(name)), keys, logins).withoutLoginsOf(name);
  }

  Accounts withoutLoginsOf(String user) {
    Map<String, Login> left =
        with(logins, all -> all.values().removeIf(login -> login.user().equals(user)));
    return new Accounts(users, keys, left);
  }

  Accounts withKey(ApiKey key) {
    return new Accounts(users, with(keys, all -> all.put(key.id(), key)), logins);
  }

  Accounts withoutKey(String id) {
    return new Accounts(users, with(keys, all -> all.remove(id)), logins);
  }

  /** Expired logins go with each new one. */
  Accounts withLogin(Login started) {
    Map<String, Login> left = with(logins, all -> add(all, started));
    return new Accounts(users, keys, left);
  }

  private static void add(Map<String, Login> all, Login started) {
    all.values().removeIf(login -> !started.startedAt().isBefore(login.expiresAt()));
    List<Login> ofUser = new ArrayList<>(all.values());
    ofUser.removeIf(login -> !login.user().equals(started.user()));
    ofUser.sort(Comparator.comparingLong(Login::revision));
    int tooMany = ofUser.size() + 1 - LOGINS_PER_USER_MAX;
    for (int i = 0; i < tooMany; i++) {
      all.remove(ofUser.get(i).sha256());
    }
    all.put(started.sha256(), started);
  }

  Accounts withoutLogin(String sha256) {
    return new Accounts(users, keys, with(logins, all -> all.remove(sha256)));
  }

  /** A user whose name differs in case at most, or null. */
  User namedLike(String name) {
    for (User user : users.values()) {
      if (user.name().equalsIgnoreCase(name)) {
        return user;
      }
    }
    return null;
  }

  /** What a login allows, or null. */
  Grant grantOfLogin(String sha256, Instant now) {
    Login login = logins.get(sha256);
    if (login == null || !now.isBefore(login.expiresAt())) {
      return null;
    }
    if (login.token() != null) {
      return new Grant(login.user(), Role.ADMIN, null, login.token(), login.expiresAt());
    }
    User user = users.get(login.user());
    return user == null || user.disabled()
        ? null
        : new Grant(user.name(), user.role(), null, null, login.expiresAt());
  }

  /** What a key allows, or null. */
  Grant grantOfKey(String id, String sha256, Instant now) {
    ApiKey key = keys.get(id);
    return key == null || !key.sha256().equals(sha256) || !key.isValidAt(now)
        ? null
        : new Grant(key.name(), key.role(), key.id(), null, key.expiresAt());
  }
}
