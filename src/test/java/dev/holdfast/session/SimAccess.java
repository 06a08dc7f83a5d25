package dev.holdfast.session;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Who may do what, once more and simpler: users, keys and logins as the journal leaves them. */
final class SimAccess {
  private record Person(Role role, boolean enabled) {}

  private record Key(String name, Role role, String sha256, Instant expiresAt) {}

  private record Browser(String user, boolean token, Instant expiresAt) {}

  private final Map<String, Person> people = new TreeMap<>();
  private final Map<String, Key> keys = new TreeMap<>();
  private final Map<String, Browser> browsers = new TreeMap<>();

  void apply(AccessEvent event, Instant at) {
    if (event instanceof AccessEvent.UserCreated created) {
      Laws.require(!people.containsKey(created.name()), "%s was created twice", created.name());
      people.put(created.name(), new Person(created.role(), true));
    } else if (event instanceof AccessEvent.UserChanged changed) {
      change(changed);
    } else if (event instanceof AccessEvent.UserRemoved removed) {
      Laws.require(people.remove(removed.name()) != null, "nobody was removed");
      endLoginsOf(removed.name());
    } else if (event instanceof AccessEvent.KeyCreated key) {
      keys.put(key.id(), new Key(key.name(), key.role(), key.sha256(), key.expiresAt()));
    } else if (event instanceof AccessEvent.KeyRevoked key) {
      Laws.require(keys.remove(key.id()) != null, "no key was revoked");
    } else if (event instanceof AccessEvent.LoginStarted login) {
      browsers.values().removeIf(browser -> !at.isBefore(browser.expiresAt()));
      browsers.put(
          login.sha256(), new Browser(login.user(), login.token() != null, login.expiresAt()));
    } else if (event instanceof AccessEvent.LoginEnded login) {
      browsers.remove(login.sha256());
    }
  }

  private void change(AccessEvent.UserChanged changed) {
    Person person = people.get(changed.name());
    Laws.require(person != null, "%s was changed but is not there", changed.name());
    boolean enabled = changed.disabled() == null ? person.enabled() : !changed.disabled();
    Role role = changed.role() == null ? person.role() : changed.role();
    people.put(changed.name(), new Person(role, enabled));
    if (changed.passwordHash() != null || !enabled) {
      endLoginsOf(changed.name());
    }
  }

  private void endLoginsOf(String name) {
    browsers.values().removeIf(browser -> browser.user().equals(name));
  }

  /** Whoever is removed, disabled, revoked, logged out or too late has no grant; others have. */
  void check(SessionOwner owner, Instant now) {
    for (String digest : SimPeople.DIGESTS) {
      Role role = role(browsers.get(digest), now);
      require(owner, new Query.GetGrant(null, digest, now), role, "a login");
      for (String id : SimPeople.NAMES) {
        Key key = keys.get(id);
        boolean valid =
            key != null
                && key.sha256().equals(digest)
                && (key.expiresAt() == null || now.isBefore(key.expiresAt()));
        require(owner, new Query.GetGrant(id, digest, now), valid ? key.role() : null, "a key");
      }
    }
  }

  private Role role(Browser browser, Instant now) {
    if (browser == null || !now.isBefore(browser.expiresAt())) {
      return null;
    }
    Person person = people.get(browser.user());
    return browser.token()
        ? Role.ADMIN
        : person == null || !person.enabled() ? null : person.role();
  }

  private static void require(SessionOwner owner, Query<Grant> query, Role role, String what) {
    Grant grant = ((Reply.Done<Grant>) owner.query(query)).value();
    Laws.require(
        (grant == null ? null : grant.role()) == role,
        "%s has the grant %s, it should be %s",
        what,
        grant,
        role);
  }
}
