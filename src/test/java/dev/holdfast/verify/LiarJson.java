package dev.holdfast.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.verify.World.Session;
import java.util.Collection;
import java.util.List;

/** The liar's bodies, in the shapes of Holdfast and of the old application. */
final class LiarJson {
  static final ObjectMapper JSON = new ObjectMapper();
  static final List<String> STATES = List.of("queued", "running", "completed", "partial", "failed");
  private static final List<String> QUESTIONS = List.of("Q1", "Q2", "Q3", "Q4", "Q5");

  private LiarJson() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static ObjectNode session(Session session) {
    ObjectNode node = object();
    node.put("id", session.id()).put("state", session.state());
    node.put("attempt", session.attempt()).put("revision", session.revision());
    node.putObject("progress").put("answered", session.rows().size()).put("notFound", 0);
    return node;
  }

  static ObjectNode list(long revision, Collection<Session> counted, Collection<Session> shown) {
    ObjectNode node = object().put("revision", revision);
    node.set("counts", counts(counted));
    ArrayNode items = node.putArray("items");
    shown.forEach(session -> items.add(session(session)));
    return node.putNull("nextCursor");
  }

  static ObjectNode counts(Collection<Session> sessions) {
    ObjectNode node = object();
    for (String state : STATES) {
      node.put(state, sessions.stream().filter(session -> session.state().equals(state)).count());
    }
    return node.put("total", sessions.size());
  }

  static ObjectNode results(Session session) {
    ObjectNode node = object().put("revision", session.revision());
    node.set("session", session(session));
    ArrayNode rows = node.putArray("sections").addObject().put("id", "all").putArray("rows");
    QUESTIONS.forEach(question -> rows.add(row(session, question)));
    return node;
  }

  static ObjectNode row(Session session, String question) {
    String answer = session.rows().get(question);
    return object()
        .put("questionId", question)
        .put("status", answer == null ? "pending" : "answered")
        .put("answer", answer);
  }

  static ObjectNode questionSets() {
    ObjectNode node = object();
    node.putArray("items").addObject().put("name", "all").put("version", 1).put("questions", 5);
    return node;
  }

  static ObjectNode questionSet() {
    ObjectNode node = object();
    ArrayNode questions = node.putArray("sections").addObject().putArray("questions");
    QUESTIONS.forEach(question -> questions.addObject().put("id", question));
    return node;
  }

  static ObjectNode oldList(long revision, Collection<Session> counted, Collection<Session> shown) {
    ObjectNode node = object().put("success", true);
    ObjectNode summary = node.putObject("summary").put("total_sessions", counted.size());
    ObjectNode groups = node.putObject("sessions");
    for (String group : List.of("active", "completed", "partial", "legacy")) {
      summary.put(
          group + "_count", counted.stream().filter(each -> group.equals(group(each))).count());
      ArrayNode items = groups.putArray(group);
      for (Session session : shown) {
        if (group.equals(group(session))) {
          items
              .addObject()
              .put("session_id", session.id())
              .put("status", session.isActive() ? "active" : session.state())
              .put("questions_answered", session.rows().size());
        }
      }
    }
    node.putObject("diagnostics").put("revision", revision);
    return node;
  }

  private static String group(Session session) {
    return switch (session.state()) {
      case "running" -> "active";
      case "completed" -> "completed";
      default -> "partial";
    };
  }

  static ObjectNode oldResults(Session session) {
    ObjectNode node = object().put("success", true);
    ArrayNode questions =
        node.putObject("result").putArray("sections").addObject().putArray("questions");
    for (String question : QUESTIONS) {
      String answer = session.rows().getOrDefault(question, "");
      questions.addObject().put("question_id", question).put("answer", answer);
    }
    return node;
  }
}
