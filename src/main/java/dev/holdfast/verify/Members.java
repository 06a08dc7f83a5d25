package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The members of an object in a description; what is wrong is said with the member's name. */
final class Members {
  private final String name;
  private final JsonNode node;

  Members(String name, JsonNode node) {
    if (!node.isObject()) {
      throw new CannotCheck(name + " must be an object");
    }
    this.name = name;
    this.node = node;
  }

  Members only(String... known) {
    Set<String> names = Set.of(known);
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!names.contains(field)) {
                throw new CannotCheck(
                    at(field) + " is unknown; known are " + String.join(", ", known));
              }
            });
    return this;
  }

  private String at(String field) {
    return name + "." + field;
  }

  boolean has(String field) {
    return node.hasNonNull(field);
  }

  JsonNode node(String field) {
    return node.get(field);
  }

  Members object(String field) {
    if (!has(field)) {
      throw new CannotCheck(at(field) + " is missing");
    }
    return new Members(at(field), node.get(field));
  }

  String text(String field) {
    if (!has(field)) {
      throw new CannotCheck(at(field) + " is missing");
    }
    return textOf(at(field), node.get(field));
  }

  String textOr(String field, String other) {
    return has(field) ? text(field) : other;
  }

  /** A path on the server. */
  String path(String field) {
    String path = text(field);
    if (!path.startsWith("/")) {
      throw new CannotCheck(at(field) + " must begin with a slash");
    }
    return path;
  }

  String pathWithId(String field) {
    String path = path(field);
    if (!path.contains("{id}")) {
      throw new CannotCheck(at(field) + " must contain {id}");
    }
    return path;
  }

  Place place(String field) {
    if (!has(field)) {
      throw new CannotCheck(at(field) + " is missing");
    }
    return placeOr(field);
  }

  /** Nowhere when it is not given. */
  Place placeOr(String field) {
    return has(field) ? placeOf(at(field), node.get(field)) : Place.NOWHERE;
  }

  Map<String, Place> places(String field) {
    Map<String, Place> places = new LinkedHashMap<>();
    if (has(field)) {
      Members object = object(field);
      object.node.fieldNames().forEachRemaining(each -> places.put(each, object.place(each)));
    }
    return places;
  }

  List<Place> placeList(String field) {
    return list(field, element -> placeOf(at(field), element));
  }

  Set<String> texts(String field) {
    return new LinkedHashSet<>(list(field, element -> textOf(at(field), element)));
  }

  Set<Integer> numbers(String field) {
    return new LinkedHashSet<>(
        list(
            field,
            element -> {
              if (!element.isInt()) {
                throw new CannotCheck(at(field) + " must be an array of numbers");
              }
              return element.asInt();
            }));
  }

  List<Members> objects(String field) {
    return list(field, element -> new Members(at(field) + "[]", element));
  }

  private <T> List<T> list(String field, Function<JsonNode, T> each) {
    List<T> all = new ArrayList<>();
    if (has(field)) {
      if (!node.get(field).isArray()) {
        throw new CannotCheck(at(field) + " must be an array");
      }
      node.get(field).forEach(element -> all.add(each.apply(element)));
    }
    return all;
  }

  private static String textOf(String at, JsonNode value) {
    if (!value.isTextual()) {
      throw new CannotCheck(at + " must be a text");
    }
    return value.asText();
  }

  private static Place placeOf(String at, JsonNode value) {
    try {
      return new Place(textOf(at, value));
    } catch (IllegalArgumentException e) {
      throw new CannotCheck(at + " " + e.getMessage(), e);
    }
  }
}
