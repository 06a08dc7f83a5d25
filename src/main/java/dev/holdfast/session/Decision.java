package dev.holdfast.session;

import java.util.List;

/** What a command leads to. */
public sealed interface Decision {

  /** The command is carried out by these events; none when everything is as wanted already. */
  record Accepted(List<Event> events) implements Decision {
    public Accepted {
      events = List.copyOf(events);
    }

    static Accepted of(Event... events) {
      return new Accepted(List.of(events));
    }

    static Accepted unchanged() {
      return new Accepted(List.of());
    }
  }

  /** The command is not carried out. */
  record Refused(Refusal reason, String detail) implements Decision {}
}
