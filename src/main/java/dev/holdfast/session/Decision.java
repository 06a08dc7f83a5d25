package dev.holdfast.session;

import java.util.List;

/** What a command leads to. */
public sealed interface Decision {

  /**
   * The command is carried out by these events; none when everything is as wanted already.
   *
   * @param outcome what to answer; null for the subject of the command after the events
   */
  record Accepted(List<Event> events, Object outcome) implements Decision {
    public Accepted {
      events = List.copyOf(events);
    }

    static Accepted of(Event... events) {
      return new Accepted(List.of(events), null);
    }

    static Accepted unchanged() {
      return new Accepted(List.of(), null);
    }
  }

  /** The command is not carried out. */
  record Refused(Refusal reason, String detail) implements Decision {}
}
