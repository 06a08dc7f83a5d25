package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where something stands in a JSON body: names behind slashes, {@code *} for each element of an
 * array. The empty text is the body itself, null is nowhere.
 */
record Place(String path) {
  static final Place NOWHERE = new Place(null);

  Place {
    if (path != null && !path.isEmpty() && !path.startsWith("/")) {
      throw new IllegalArgumentException("must begin with a slash, as in /sessions/active");
    }
  }

  boolean isNowhere() {
    return path == null;
  }

  /** All that is there; nothing when a name on the way is missing. */
  List<JsonNode> all(JsonNode body) {
    if (isNowhere()) {
      return List.of();
    }
    List<JsonNode> here = List.of(body);
    for (String name : path.isEmpty() ? new String[0] : path.substring(1).split("/", -1)) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : here) {
        step(node, name, next);
      }
      here = next;
    }
    return here;
  }

  private static void step(JsonNode node, String name, List<JsonNode> into) {
    if (name.equals("*")) {
      node.forEach(into::add);
    } else if (node.has(name)) {
      into.add(node.get(name));
    }
  }

  JsonNode one(JsonNode body) {
    List<JsonNode> all = all(body);
    return all.isEmpty() ? MissingNode.getInstance() : all.get(0);
  }

  /** The text of what is there; null when there is nothing, or null. */
  String text(JsonNode body) {
    JsonNode one = one(body);
    return one.isMissingNode() || one.isNull() ? null : one.asText();
  }
}
