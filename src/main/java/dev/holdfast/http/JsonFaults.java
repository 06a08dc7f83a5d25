package dev.holdfast.http;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what is wrong with a body in the words of its sender, who does not know our classes. */
final class JsonFaults {
  private JsonFaults() {}

  static String detail(JsonMappingException e) {
    String where = where(e);
    if (e instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
      return "There is no member " + short40(where) + "; there are " + known + ".";
    }
    String member = where.isEmpty() ? "The body" : short40(where);
    if (e instanceof InvalidNullException) {
      return member + " must not be or hold null.";
    }
    return e instanceof MismatchedInputException mismatch
        ? member + " must be " + kind(mismatch.getTargetType()) + "."
        : member + " cannot be read: " + e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static String short40(String path) {
    String clean = path.replaceAll("[^\\p{Graph}]", "?");
    return clean.length() > 40 ? clean.substring(0, 40) + "\u2026" : clean;
  }

  private static String kind(Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "an array";
    }
    if (type == String.class) {
      return "a string";
    }
    if (type == int.class || type == long.class || type == Integer.class) {
      return "a whole number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    boolean object =
        type.isRecord() || type == ObjectNode.class || Map.class.isAssignableFrom(type);
    return object ? "an object" : "a number";
  }

  private static String where(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      boolean element = step.getFieldName() == null;
      path.append(path.isEmpty() || element ? "" : ".")
          .append(element ? "[" + step.getIndex() + "]" : step.getFieldName());
    }
    return path.toString();
  }
}
