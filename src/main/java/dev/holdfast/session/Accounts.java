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
 * @param tries by what they are of
 */
public record Accounts(
    Map<String, User> users,
    Map<String, ApiKey> keys,
    Map<String, Login> logins,
    Map<String, Tries> tries) {
  public static final Accounts NONE = new Accounts(Map.of(), Map.of(), Map.of(), Map.of());

  static final int USERS_MAX = 10_000;
  static final int KEYS_MAX = 10_000;

  /** Browsers of one user; another login ends the oldest one. */
  static final int LOGINS_PER_USER_MAX = 20;

  /** More names and addresses than that are not remembered: the oldest tries go. */
  static final int TRIES_MAX = 10_000;

  public Accounts {
    users = sorted(users);
    keys = sorted(keys);
    logins = sorted(logins);
    tries = sorted(tries);
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
    return new Accounts(with(users, all -> all.put(user.name(), user)), keys, logins, tries);
  }

  Accounts withoutUser(String name) {
    return new Accounts(with(users, all -> all.remove(name)), keys, logins, tries)
        .withoutLoginsOf(name);
  }

  Accounts withoutLoginsOf(String user) {
    Map<String, Login> left =
        with(logins, all -> all.values().removeIf(login -> login.user().equals(user)));
    return new Accounts(users, keys, left, tries);
  }

  Accounts withKey(ApiKey key) {
    return new Accounts(users, with(keys, all -> all.put(key.id(), key)), logins, tries);
  }

  Accounts withoutKey(String id) {
    return new Accounts(users, with(keys, all -> all.remove(id)), logins, tries);
  }

  /** Expired logins go with each new one. */
  Accounts withLogin(Login started) {
    Map<String, Login> left = with(logins, all -> add(all, started));
    return new Accounts(users, keys, left, tries);
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
    return new Accounts(users, keys, with(logins, all -> all.remove(sha256)), tries);
  }

  Accounts tried(String user, String address, Instant at) {
    Map<String, Tries> after =
        with(
            tries,
            all -> {
              all.values().removeIf(former -> former.isForgottenAt(at));
              for (String of : List.of(triesOfUser(user), triesFrom(address))) {
                all.put(of, all.getOrDefault(of, new Tries(of, 0, at)).oneMore(at));
              }
              forgetOldest(all);
            });
    return new Accounts(users, keys, logins, after);
  }

  private static void forgetOldest(Map<String, Tries> all) {
    while (all.size() > TRIES_MAX) {
      Tries oldest =
          Collections.min(
              all.values(), Comparator.comparing(Tries::lastAt).thenComparing(Tries::of));
      all.remove(oldest.of());
    }
  }

  /** A login that came about takes back what was tried before. */
  Accounts succeeded(String user, String address) {
    Map<String, Tries> left =
        with(
            tries,
            all -> {
              all.remove(triesOfUser(user));
              all.remove(triesFrom(address));
            });
    return new Accounts(users, keys, logins, left);
  }

  /** When the next try of the user from that address is taken. */
  Instant triableAt(String user, String address) {
    Instant latest = Instant.MIN;
    for (String of : List.of(triesOfUser(user), triesFrom(address))) {
      Tries former = tries.get(of);
      if (former != null && former.notBefore().isAfter(latest)) {
        latest = former.notBefore();
      }
    }
    return latest;
  }

  private static String triesOfUser(String user) {
    return "user " + user;
  }

  private static String triesFrom(String address) {
    return "address " + address;
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
