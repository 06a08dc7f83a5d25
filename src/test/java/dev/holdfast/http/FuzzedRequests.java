package dev.holdfast.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Makes requests from the document of the API and puts something wrong into most of them. */
final class FuzzedRequests {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEPTH_MAX = 6;
  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "9223372036854775808",
          "null",
          "%",
          "'; DROP TABLE event; --",
          "../../etc/passwd",
          "\u0000",
          "\ud83d\ude00",
          "\u202e",
          "=1+1",
          "a".repeat(3_000));

  private final Random random;

  /** These compute hashes of passwords, which are slow on purpose; some of them are enough. */
  private static final Set<String> HASHING = Set.of("createUser", "changeUser", "login");

  private final List<Contract.Operation> operations;
  private List<String> ids = List.of("x");

  FuzzedRequests(Random random) {
    this.random = random;
    // The stream does not end by itself; it has tests of its own.
    this.operations =
        Contract.all().stream().filter(one -> !one.path().equals("/api/v1/stream")).toList();
  }

  /** A request; it prints itself without the whole of its body. */
  record Fuzzed(String method, String path, String[] headers, byte[] body) {
    boolean isOld() {
      return !path.startsWith("/api/v1/");
    }

    @Override
    public String toString() {
      String shown = body == null ? "" : new String(body, Reply.UTF_8);
      return method
          + " "
          + path
          + " "
          + List.of(headers)
          + " "
          + shown.substring(0, Math.min(500, shown.length()));
    }
  }

  /** Takes ids out of a list, so that requests are about sessions that are there. */
  void know(JsonNode list) {
    List<String> found = new ArrayList<>();
    list.get("items").forEach(session -> found.add(session.get("id").asText()));
    ids = found;
  }

  Fuzzed next() {
    Contract.Operation operation = pick(operations);
    if (HASHING.contains(operation.node().path("operationId").asText()) && !one(5)) {
      operation = pick(operations);
    }
    StringBuilder path = new StringBuilder(operation.path());
    StringBuilder query = new StringBuilder();
    List<String> headers = new ArrayList<>();
    for (JsonNode reference : operation.node().path("parameters")) {
      add(Contract.resolve(reference), path, query, headers);
    }
    if (one(12)) {
      query.append('&').append(encoded(pick(ODD))).append("=1");
    }
    byte[] body = body(operation.node().path("requestBody").path("content"), headers);
    String asked = query.isEmpty() ? "" : "?" + query.substring(1);
    return new Fuzzed(operation.method(), path + asked, headers.toArray(String[]::new), body);
  }

  private void add(
      JsonNode parameter, StringBuilder path, StringBuilder query, List<String> headers) {
    String name = parameter.get("name").asText();
    switch (parameter.get("in").asText()) {
      case "path" -> {
        String inPath = "{" + name + "}";
        int at = path.indexOf(inPath);
        path.replace(at, at + inPath.length(), encoded(inPath(name)));
      }
      case "query" -> {
        if (name.equals("wait")) {
          query.append("&wait=0");
        } else if (one(3) || parameter.path("required").asBoolean()) {
          query.append('&').append(name).append('=').append(encoded(text(parameter)));
        }
      }
      default -> {
        boolean always = name.equals("X-Holdfast");
        if (always ? !one(30) : one(5)) {
          headers.add(name);
          headers.add(always ? "1" : text(parameter).replaceAll("[^ -~]", "?").strip());
        }
      }
    }
  }

  private String inPath(String name) {
    if (one(8)) {
      return pick(ODD.subList(1, ODD.size()));
    }
    return switch (name) {
      case "id" -> pick(ids);
      case "questionId" -> "Q" + (1 + random.nextInt(6));
      case "name" -> pick(List.of(TestServer.SET, TestServer.SET + "@1", "general", "new"));
      default -> Integer.toString(random.nextInt(3));
    };
  }

  private String text(JsonNode parameter) {
    JsonNode value = value(parameter.get("schema"), 0);
    return one(4) ? pick(ODD) : value.isValueNode() ? value.asText() : value.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, Reply.UTF_8).replace("+", "%20");
  }

  private byte[] body(JsonNode content, List<String> headers) {
    if (content.isMissingNode() || one(40)) {
      return null;
    }
    String type = one(25) ? "text/plain" : content.fieldNames().next();
    headers.addAll(List.of("Content-Type", type));
    if (!content.path(type).path("schema").has("$ref")) {
      return pick(ODD).getBytes(Reply.UTF_8);
    }
    JsonNode value = value(content.get(type).get("schema"), 0);
    String json = one(2) ? value.toString() : spoiled(value).toString();
    return (one(15) ? json.substring(0, random.nextInt(json.length() + 1)) : json)
        .getBytes(Reply.UTF_8);
  }

  /** The value with one thing wrong in it, however deep. */
  private JsonNode spoiled(JsonNode value) {
    if (value instanceof ObjectNode object && !object.isEmpty() && !one(6)) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = pick(names);
      switch (random.nextInt(4)) {
        case 0 -> object.remove(name);
        case 1 -> object.put(pick(ODD), 1);
        default -> object.set(name, spoiled(object.get(name)));
      }
      return object;
    }
    if (value instanceof ArrayNode array && !array.isEmpty() && !one(4)) {
      array.set(0, spoiled(array.get(0)));
      return array;
    }
    return switch (random.nextInt(8)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.numberNode(random.nextLong());
      case 2 -> JSON.numberNode(1.5);
      case 3 -> JSON.booleanNode(true);
      case 4 -> JSON.arrayNode().add("x");
      case 5 -> JSON.objectNode().put("x", 1);
      case 6 -> nested(100);
      default -> JSON.textNode(pick(ODD));
    };
  }

  private static JsonNode nested(int depth) {
    ArrayNode array = JSON.arrayNode();
    for (int i = 0; i < depth; i++) {
      array = JSON.arrayNode().add(array);
    }
    return array;
  }

  /** A value as the schema wants it, apart from what only the server can know. */
  private JsonNode value(JsonNode given, int depth) {
    JsonNode schema = Contract.resolve(given);
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    if (schema.has("oneOf")) {
      return value(schema.get("oneOf").get(random.nextInt(schema.get("oneOf").size())), depth);
    }
    JsonNode types = schema.path("type");
    String type = types.isArray() ? types.get(one(4) ? 1 : 0).asText() : types.asText();
    return switch (type) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer" -> JSON.numberNode(integer(schema));
      case "number" -> JSON.numberNode(random.nextInt(100) / 100.0);
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "null" -> JSON.nullNode();
      default -> JSON.textNode(string(schema));
    };
  }

  private JsonNode object(JsonNode schema, int depth) {
    ObjectNode object = JSON.objectNode();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      if (required.contains(member.getKey()) || (depth < DEPTH_MAX && one(2))) {
        object.set(member.getKey(), member(member.getKey(), member.getValue(), depth));
      }
    }
    if (schema.path("additionalProperties").isObject() && one(2)) {
      object.set("key" + random.nextInt(5), value(schema.get("additionalProperties"), depth + 1));
    }
    return object;
  }

  /** Names have meanings that a schema does not say. */
  private JsonNode member(String name, JsonNode schema, int depth) {
    return switch (one(6) ? "" : name) {
      case "questionSet" -> JSON.textNode(TestServer.SET);
      case "analyzer" -> JSON.textNode("external");
      case "questionId" -> JSON.textNode("Q" + (1 + random.nextInt(5)));
      case "attempt" -> JSON.numberNode(1);
      case "name" -> JSON.textNode("new");
      case "ids" -> JSON.arrayNode().add(pick(ids)).add(pick(ids));
      case "filter", "documentId", "expectCount" -> JSON.nullNode();
      default -> value(schema, depth + 1);
    };
  }

  private JsonNode array(JsonNode schema, int depth) {
    ArrayNode array = JSON.arrayNode();
    int least = schema.path("minItems").asInt(0);
    int size = depth >= DEPTH_MAX ? least : least + random.nextInt(3);
    for (int i = 0; i < size; i++) {
      array.add(value(schema.get("items"), depth + 1));
    }
    return array;
  }

  private long integer(JsonNode schema) {
    long least = schema.path("minimum").asLong(0);
    long most = schema.path("maximum").asLong(1_000);
    return least + Math.floorMod(random.nextLong(), Math.min(1_000, most - least + 1));
  }

  private String string(JsonNode schema) {
    if (schema.path("format").asText().equals("date-time")) {
      return "20" + (10 + random.nextInt(80)) + "-01-02T03:04:05Z";
    }
    if (schema.has("pattern")) {
      return schema.get("pattern").asText().contains("\"") ? "\"1\"" : "p" + random.nextInt(100);
    }
    return one(3) ? pick(ODD) : "text " + random.nextInt(1_000);
  }

  /** True once in so many times. */
  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
