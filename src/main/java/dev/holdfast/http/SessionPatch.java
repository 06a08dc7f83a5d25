package dev.holdfast.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.session.PatchSession;
import dev.holdfast.session.Session;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A JSON merge patch (RFC 7396) as a command: a member that is null takes a value away. */
final class SessionPatch {
  private static final List<String> MEMBERS = List.of("title", "labels", "pinned", "expiresAt");

  private SessionPatch() {}

  /**
   * The command, with why; for {@code "labels": null} without a word on labels.
   *
   * @throws ProblemException 400 for a member of another name or type
   * @throws IllegalArgumentException for a value that is not acceptable
   */
  static PatchSession of(String sessionId, ObjectNode merge, String reason, OptionalLong ifMatch) {
    merge
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                throw malformed(
                    "There is no member "
                        + Params.printable(name)
                        + "; there are "
                        + String.join(", ", MEMBERS)
                        + ".");
              }
            });
    return new PatchSession(
        sessionId,
        text(merge, "title"),
        labels(merge.get("labels")),
        flag(merge.get("pinned")),
        time(text(merge, "expiresAt")),
        reason,
        ifMatch);
  }

  /** The same, taking away every label that the session has. */
  static PatchSession withoutLabels(PatchSession patch, Session session) {
    Map<String, String> none = new HashMap<>();
    session.labels().keySet().forEach(key -> none.put(key, null));
    return new PatchSession(
        patch.sessionId(),
        patch.title(),
        none,
        patch.pinned(),
        patch.expiresAt(),
        patch.reason(),
        patch.ifMatch());
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(Problem.Type.MALFORMED, detail);
  }

  private static String text(ObjectNode merge, String name) {
    JsonNode value = merge.get(name);
    if (value == null) {
      return null;
    }
    if (value.isNull()) {
      throw new IllegalArgumentException(
          name + " cannot be taken away" + (name.equals("expiresAt") ? "; pin the session" : ""));
    }
    if (!value.isTextual()) {
      throw malformed(name + " must be a string.");
    }
    return value.textValue();
  }

  private static Map<String, String> labels(JsonNode labels) {
    if (labels == null || labels.isNull()) {
      return null;
    }
    if (!labels.isObject()) {
      throw malformed("labels must be an object.");
    }
    Map<String, String> changes = new HashMap<>();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      JsonNode value = label.getValue();
      if (!value.isTextual() && !value.isNull()) {
        throw malformed("A label must be a string, or null to take it away.");
      }
      changes.put(label.getKey(), value.textValue());
    }
    return changes;
  }

  private static Boolean flag(JsonNode pinned) {
    if (pinned == null) {
      return null;
    }
    if (!pinned.isBoolean()) {
      throw malformed("pinned must be true or false.");
    }
    return pinned.booleanValue();
  }

  private static Instant time(String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expiresAt must be a time like 2026-03-01T10:00:00Z");
    }
  }
}
