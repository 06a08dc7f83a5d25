package dev.holdfast.store;

import dev.holdfast.session.Accounts;
import dev.holdfast.session.ApiKey;
import dev.holdfast.session.Login;
import dev.holdfast.session.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Users, keys and logins as lines of one table; the id begins with what a line is.
 *
 * @param lines to be inserted or replaced
 * @param dropped ids of lines that go
 */
record AccountLines(List<Object[]> lines, List<String> dropped) {
  private static final String USER = "user ";
  private static final String KEY = "key ";
  private static final String LOGIN = "login ";

  /** What differs. */
  static AccountLines of(Accounts before, Accounts after) {
    AccountLines change = new AccountLines(new ArrayList<>(), new ArrayList<>());
    if (before != after) {
      change.compare(USER, before.users(), after.users());
      change.compare(KEY, before.keys(), after.keys());
      change.compare(LOGIN, before.logins(), after.logins());
    }
    return change;
  }

  private void compare(String kind, Map<String, ?> before, Map<String, ?> after) {
    after.forEach(
        (id, value) -> {
          if (!value.equals(before.get(id))) {
            lines.add(new Object[] {kind + id, StoreJson.write(value)});
          }
        });
    for (String id : before.keySet()) {
      if (!after.containsKey(id)) {
        dropped.add(kind + id);
      }
    }
  }

  static Accounts read(Connection connection) throws SQLException {
    Map<String, User> users = new HashMap<>();
    Map<String, ApiKey> keys = new HashMap<>();
    Map<String, Login> logins = new HashMap<>();
    Sql.each(
        connection,
        "SELECT id, body FROM account",
        r -> {
          String id = r.getString(1);
          String body = r.getString(2);
          boolean known =
              add(id, USER, body, User.class, users)
                  || add(id, KEY, body, ApiKey.class, keys)
                  || add(id, LOGIN, body, Login.class, logins);
          if (!known) {
            throw new IllegalStateException("the store holds an account line " + id);
          }
        });
    return new Accounts(users, keys, logins);
  }

  private static <T> boolean add(
      String id, String kind, String body, Class<T> type, Map<String, T> to) {
    if (id.startsWith(kind)) {
      to.put(id.substring(kind.length()), StoreJson.read(body, type));
      return true;
    }
    return false;
  }
}
