package dev.holdfast.owner;

import dev.holdfast.session.Batch;
import dev.holdfast.session.Query;
import dev.holdfast.session.Recorded;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionOwner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** One line for each transition of a session: what it was, what it is, who, why and when. */
final class TransitionLog {

  /** A line, and what of it a log of JSON has as members of their own. */
  record Line(String text, Recorded recorded) {
    void log(Logger log) {
      log.atInfo()
          .addKeyValue("session", recorded.event().sessionId())
          .addKeyValue("actor", printable(recorded.caller().actor()))
          .addKeyValue("request", recorded.caller().requestId())
          .addKeyValue("revision", recorded.revision())
          .log(text);
    }
  }

  /** The lines of a batch, to be written once it is durable; asked before it is merged. */
  List<Line> lines(Batch batch, SessionOwner owner) {
    Map<String, String> states = new HashMap<>();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < batch.events().size(); i++) {
      Recorded recorded = batch.events().get(i);
      String becomes = recorded.event().becomes();
      if (becomes != null) {
        String id = recorded.event().sessionId();
        String was = states.containsKey(id) ? states.get(id) : state(id, owner);
        states.put(id, becomes);
        lines.add(new Line(line(recorded, was, becomes, batch.after().get(i)), recorded));
      }
    }
    return lines;
  }

  private static String state(String id, SessionOwner owner) {
    return owner.query(new Query.GetSession(id)) instanceof Done<Session> done
        ? label(done.value())
        : "new";
  }

  private static String label(Session session) {
    return session.removedAt() == null ? session.state().label() : "removed";
  }

  private static String line(Recorded recorded, String was, String becomes, Session after) {
    String reason = recorded.event().reason();
    String why = reason == null ? "" : " reason=\"" + printable(reason) + "\"";
    return "session="
        + recorded.event().sessionId()
        + " "
        + was
        + "→"
        + becomes
        + (after == null ? "" : " attempt=" + after.attempt())
        + " by="
        + printable(recorded.caller().actor())
        + why
        + " revision="
        + recorded.revision();
  }

  /** People's words must not be able to fake a line of the log. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\"]", "?");
  }
}
