package dev.holdfast.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** The document of the API: what a server answers must be in it. */
public final class Contract {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SCHEMES = "https://holdfast.dev/openapi.json";
  private static final JsonNode DOCUMENT = read();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V202012,
          builder ->
              builder.schemaLoaders(
                  loaders -> loaders.schemas(Map.of(SCHEMES, DOCUMENT.toString()))));
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();
  private static final List<Operation> OPERATIONS = operations();

  static {
    // It would say of each member of the document that it is no keyword of a schema.
    ((Logger) LoggerFactory.getLogger("com.networknt")).setLevel(Level.ERROR);
  }

  private Contract() {}

  private static JsonNode read() {
    try (InputStream in = Contract.class.getResourceAsStream("/openapi.json")) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A method on a path.
   *
   * @param pointer of the operation in the document
   */
  record Operation(String method, String path, Pattern matching, String pointer, JsonNode node) {
    boolean takes(String method, String path) {
      return this.method.equals(method) && matching.matcher(path).matches();
    }

    boolean isTemplate() {
      return path.contains("{");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static JsonNode document() {
    return DOCUMENT;
  }

  static List<Operation> all() {
    return OPERATIONS;
  }

  private static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    DOCUMENT
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(method -> all.add(operation(path.getKey(), method))));
    // A path without parameters is meant before one with.
    all.sort(Comparator.comparing(Operation::isTemplate));
    return List.copyOf(all);
  }

  private static Operation operation(String path, Map.Entry<String, JsonNode> method) {
    String regex = Pattern.compile("\\{[^}]+}").matcher(path).replaceAll("[^/]+");
    String pointer = "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method.getKey();
    return new Operation(
        method.getKey().toUpperCase(Locale.ROOT),
        path,
        Pattern.compile(regex),
        pointer,
        method.getValue());
  }

  /** Follows a reference within the document. */
  static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
  }

  /**
   * Holds a reply against the document.
   *
   * @param sent the body of the request, or null
   */
  static void check(String method, String path, String contentType, byte[] sent, Reply reply) {
    String route = path.split("\\?", 2)[0];
    String asked = method.equals("HEAD") ? "GET" : method;
    OPERATIONS.stream()
        .filter(one -> one.takes(asked, route))
        .findFirst()
        .ifPresent(
            operation -> {
              checkReply(operation, method.equals("HEAD"), reply);
              if (reply.status() < 300 && sent != null && sent.length > 0) {
                checkRequest(operation, contentType, sent);
              }
            });
  }

  private static void checkReply(Operation operation, boolean isHead, Reply reply) {
    JsonNode responses = operation.node().get("responses");
    String status = Integer.toString(reply.status());
    boolean named = responses.has(status);
    if (!named && reply.status() < 400) {
      throw new AssertionError(operation + " answered, what its document does not say: " + reply);
    }
    String key = named ? status : "default";
    JsonNode response = responses.get(key);
    JsonNode content = resolve(response).get("content");
    if (content == null || isHead) {
      if (!isHead && reply.body().length > 0) {
        throw new AssertionError(operation + " has a body that its document lacks: " + reply);
      }
      return;
    }
    String type = reply.header("Content-Type");
    if (!content.has(type)) {
      // A path of its own may be refused like any other, before its handler is asked.
      if (named && reply.status() >= 400) {
        validate("/components/responses/Problem/content/application~1problem+json/schema", reply);
        return;
      }
      throw new AssertionError(operation + " answered as " + type + ": " + reply);
    }
    if (type.endsWith("json")) {
      String at =
          response.has("$ref")
              ? response.get("$ref").asText().substring(1)
              : operation.pointer() + "/responses/" + key;
      validate(at + "/content/" + type.replace("/", "~1") + "/schema", reply);
    }
  }

  /** A reply of lines has a value in each. */
  private static void validate(String pointer, Reply reply) {
    boolean lines = reply.header("Content-Type").endsWith("ndjson");
    for (String value : lines ? reply.text().lines().toList() : List.of(reply.text())) {
      Set<ValidationMessage> faults = faults(pointer, Reply.parse(value));
      if (!faults.isEmpty()) {
        throw new AssertionError(pointer + " is not met: " + faults + " by " + reply);
      }
    }
  }

  private static void checkRequest(Operation operation, String contentType, byte[] sent) {
    JsonNode content = operation.node().path("requestBody").path("content");
    String type = String.valueOf(contentType).split(";", 2)[0].trim();
    if (!content.has(type)) {
      throw new AssertionError(operation + " took " + type + ", which its document lacks");
    }
    if (type.endsWith("json")) {
      String pointer =
          operation.pointer() + "/requestBody/content/" + type.replace("/", "~1") + "/schema";
      try {
        Set<ValidationMessage> faults = faults(pointer, MAPPER.readTree(sent));
        if (!faults.isEmpty()) {
          throw new AssertionError(operation + " took what its document refuses: " + faults);
        }
      } catch (IOException e) {
        throw new AssertionError(operation + " took what is not JSON", e);
      }
    }
  }

  static Set<ValidationMessage> faults(String pointer, JsonNode value) {
    return SCHEMAS.computeIfAbsent(pointer, Contract::schema).validate(value);
  }

  private static JsonSchema schema(String pointer) {
    if (DOCUMENT.at(pointer).isMissingNode()) {
      throw new AssertionError("the document has no " + pointer);
    }
    return FACTORY.getSchema(SchemaLocation.of(SCHEMES + "#" + pointer), CONFIG);
  }
}
