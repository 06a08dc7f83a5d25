package dev.holdfast.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Defaults, then the file, then the environment. */
final class SettingsReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();
  private static final String SECRET = "admin.token";

  private SettingsReader() {}

  /**
   * The settings.
   *
   * @param file may be absent when {@code required} is false
   * @throws IllegalArgumentException with the key and what it takes, for people
   */
  static Settings read(Path file, boolean required, Map<String, String> environment)
      throws IOException {
    ObjectNode tree = MAPPER.valueToTree(Settings.DEFAULT);
    if (required || Files.exists(file)) {
      JsonNode given = parse(file);
      overlay(tree, given, "", file.toString());
    }
    for (String key : keys(tree).keySet()) {
      String value = environment.get(variable(key));
      if (value != null) {
        set(tree, key, value);
      }
    }
    return toSettings(tree);
  }

  private static JsonNode parse(Path file) throws IOException {
    try {
      JsonNode given = MAPPER.readTree(Files.readString(file));
      if (!given.isObject()) {
        throw new IllegalArgumentException(file + " must hold a JSON object.");
      }
      return given;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " is not JSON: " + e.getOriginalMessage());
    }
  }

  private static void overlay(ObjectNode tree, JsonNode given, String prefix, String source) {
    given
        .properties()
        .forEach(
            entry -> {
              String key = prefix + entry.getKey();
              JsonNode known = tree.get(entry.getKey());
              if (known == null) {
                throw new IllegalArgumentException(
                    source + ": there is no key " + key + "; did you mean " + nearest(key) + "?");
              }
              if (known.isObject() && entry.getValue().isObject()) {
                overlay((ObjectNode) known, entry.getValue(), key + ".", source);
              } else if (known.isObject()) {
                throw new IllegalArgumentException(source + ": " + key + " must be an object.");
              } else {
                tree.set(entry.getKey(), entry.getValue());
              }
            });
  }

  /** One value changed, as an environment variable would. */
  static Settings with(Settings settings, String key, String value) {
    ObjectNode tree = MAPPER.valueToTree(settings);
    if (!keys(tree).containsKey(key)) {
      throw new IllegalArgumentException(
          "There is no key " + key + "; did you mean " + nearest(key) + "?");
    }
    set(tree, key, value);
    return toSettings(tree);
  }

  /** Environment variables are text; numbers and lists are recognised by what they replace. */
  private static void set(ObjectNode tree, String key, String value) {
    int dot = key.lastIndexOf('.');
    ObjectNode group = (ObjectNode) tree.at("/" + key.substring(0, dot).replace('.', '/'));
    String name = key.substring(dot + 1);
    JsonNode known = group.get(name);
    if (known.isNumber()) {
      if (!value.matches("-?\\d{1,9}")) {
        throw new IllegalArgumentException(variable(key) + " must be a whole number.");
      }
      group.put(name, Integer.parseInt(value));
    } else if (known.isArray()) {
      group.set(name, MAPPER.valueToTree(Arrays.asList(value.split(","))));
    } else {
      group.put(name, value);
    }
  }

  private static Settings toSettings(ObjectNode tree) {
    try {
      return MAPPER.treeToValue(tree, Settings.class);
    } catch (ValueInstantiationException e) {
      throw new IllegalArgumentException(
          e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The configuration has a wrong type: "
              + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }

  /** The dotted keys with their values, in the order of the records. */
  static Map<String, JsonNode> keys(Settings settings) {
    return keys(MAPPER.<ObjectNode>valueToTree(settings));
  }

  private static Map<String, JsonNode> keys(ObjectNode tree) {
    Map<String, JsonNode> keys = new LinkedHashMap<>();
    collect(tree, "", keys);
    return keys;
  }

  private static void collect(JsonNode group, String prefix, Map<String, JsonNode> keys) {
    for (Map.Entry<String, JsonNode> entry : group.properties()) {
      String key = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        collect(entry.getValue(), key + ".", keys);
      } else {
        keys.put(key, entry.getValue());
      }
    }
  }

  /** {@code http.port} is {@code HOLDFAST_HTTP_PORT}. */
  static String variable(String key) {
    return "HOLDFAST_"
        + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** The effective values, one for a line, without secrets. */
  static String describe(Settings settings) {
    StringBuilder text = new StringBuilder();
    keys(settings)
        .forEach(
            (key, value) -> {
              boolean hidden = key.equals(SECRET) && !value.isNull();
              String shown = hidden ? "(set)" : value.toString();
              text.append(' ').append(key).append('=').append(withoutPassword(shown));
            });
    return text.substring(1);
  }

  /** A URL keeps its user, not what stands behind the colon. */
  private static String withoutPassword(String text) {
    return text.replaceAll("(//[^/:@]*):[^@]*@", "$1:***@");
  }

  private static String nearest(String key) {
    return keys(Settings.DEFAULT).keySet().stream()
        .min(Comparator.comparingInt(known -> distance(key, known)))
        .orElseThrow();
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
