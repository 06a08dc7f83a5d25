package dev.holdfast.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which commands met which states, and which moves were made. */
final class SimCoverage {
  private static final List<String> LIFE =
      List.of("none", "queued", "running", "completed", "partial", "failed", "removed", "gone");
  private static final List<String> PERSON = List.of("none", "there", "disabled");
  private static final List<String> THING = List.of("none", "there");

  /** Every command with every state that it can meet. */
  private static final Map<String, List<String>> POSSIBLE = possible();

  /** The owner sends these to itself, and only when they are due; nobody else sends them. */
  static final List<String> IMPOSSIBLE =
      Stream.concat(
              LIFE.stream().filter(s -> !s.equals("queued")).map(s -> "StartSession " + s),
              LIFE.stream().filter(s -> !s.equals("running")).map(s -> "RequeueSession " + s))
          .toList();

  private final Map<String, Map<String, Integer>> met = new TreeMap<>();

  private static Map<String, List<String>> possible() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    Stream.of("Create", "Retry", "Stop", "Delete", "Patch", "Resume", "Complete", "Fail")
        .forEach(kind -> all.put(kind + "Session", LIFE));
    all.put("ReviewRow", LIFE);
    all.put("ReportRows", LIFE);
    for (Bulk.Action action : Bulk.Action.values()) {
      all.put("Bulk " + action.name().toLowerCase(Locale.ROOT), LIFE);
    }
    all.put("StartSession", List.of("queued"));
    all.put("RequeueSession", List.of("running"));
    all.put("Sweep", List.of("idle", "due"));
    all.put("StoreDocument", List.of("none", "unused", "used"));
    all.put("StoreQuestionSet", THING);
    Stream.of("CreateUser", "ChangeUser", "RemoveUser", "StartLogin")
        .forEach(kind -> all.put(kind, PERSON));
    Stream.of("CreateKey", "RevokeKey", "StartTokenLogin", "EndLogin")
        .forEach(kind -> all.put(kind, THING));
    SimModel.ALLOWED.forEach((from, to) -> all.put("move from " + from, List.copyOf(to)));
    return all;
  }

  private void count(String what, String state) {
    met.computeIfAbsent(what, kind -> new TreeMap<>()).merge(state, 1, Integer::sum);
  }

  void moved(String from, String to) {
    count("move from " + from, to);
    if (to.equals("running")) {
      count("StartSession", from);
    } else if (from.equals("running") && to.equals("queued")) {
      count("RequeueSession", from);
    }
  }

  /** A command meets the durable state. */
  void meets(Command<?> command, Book book, boolean due) {
    String kind = command.getClass().getSimpleName();
    if (command instanceof Bulk bulk) {
      String action = kind + " " + bulk.action().name().toLowerCase(Locale.ROOT);
      bulk.items().forEach(item -> count(action, SimModel.stateOf(book, item.sessionId())));
    } else if (command instanceof Command.OnSession one) {
      count(kind, SimModel.stateOf(book, one.sessionId()));
    } else if (command instanceof CreateSession create) {
      count(kind, SimModel.stateOf(book, create.sessionId()));
    } else if (command instanceof RetrySession retry) {
      count(kind, SimModel.stateOf(book, retry.sessionId()));
    } else if (command instanceof StoreDocument store) {
      DocumentUse use = book.documentUse(store.document().id());
      count(kind, use == null ? "none" : use.sessions() == 0 ? "unused" : "used");
    } else if (command instanceof StoreQuestionSet store) {
      count(kind, thing(book.latestVersion(store.questionSet().name()) > 0));
    } else if (command instanceof Sweep) {
      count(kind, due ? "due" : "idle");
    } else {
      count(kind, subject(command, book.accounts()));
    }
  }

  private static String subject(Command<?> command, Accounts accounts) {
    if (command instanceof AccessCommand.CreateKey key) {
      return thing(accounts.keys().containsKey(key.id()));
    } else if (command instanceof AccessCommand.RevokeKey key) {
      return thing(accounts.keys().containsKey(key.id()));
    } else if (command instanceof AccessCommand.StartTokenLogin login) {
      return thing(accounts.logins().containsKey(login.sha256()));
    } else if (command instanceof AccessCommand.EndLogin login) {
      return thing(accounts.logins().containsKey(login.sha256()));
    }
    User user = accounts.users().get(name(command));
    return user == null ? "none" : user.disabled() ? "disabled" : "there";
  }

  private static String name(Command<?> command) {
    if (command instanceof AccessCommand.CreateUser create) {
      return create.name();
    } else if (command instanceof AccessCommand.ChangeUser change) {
      return change.name();
    } else if (command instanceof AccessCommand.RemoveUser remove) {
      return remove.name();
    }
    return ((AccessCommand.StartLogin) command).user();
  }

  private static String thing(boolean there) {
    return there ? "there" : "none";
  }

  /** What can occur and never did. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    POSSIBLE.forEach(
        (what, states) ->
            states.stream()
                .filter(state -> !met.getOrDefault(what, Map.of()).containsKey(state))
                .forEach(state -> missing.add(what + " " + state)));
    return missing;
  }

  /** What occurred and is held to be impossible. */
  List<String> surprising() {
    List<String> surprising = new ArrayList<>();
    met.forEach(
        (what, states) ->
            states.keySet().stream()
                .filter(state -> !POSSIBLE.getOrDefault(what, List.of()).contains(state))
                .forEach(state -> surprising.add(what + " " + state)));
    return surprising;
  }

  /** A line for each command. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    POSSIBLE.forEach(
        (what, states) -> {
          StringBuilder line = new StringBuilder(String.format("%-20s", what));
          for (String state : states) {
            int times = met.getOrDefault(what, Map.of()).getOrDefault(state, 0);
            line.append(String.format(" %s:%d", state, times));
          }
          lines.add(line.toString());
        });
    return lines;
  }
}
