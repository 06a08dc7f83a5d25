package dev.holdfast.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.verify.Shape.Call;
import dev.holdfast.verify.Shape.Group;
import dev.holdfast.verify.Shape.ListShape;
import dev.holdfast.verify.Shape.ResultsShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads shapes: the two that are known by name, and those that somebody describes in a file. */
final class Shapes {
  private static final Set<String> NAMES = Set.of("holdfast", "flask");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Shapes() {}

  /**
   * @param as {@code holdfast}, {@code flask} or the name of a file
   */
  static Shape of(String as) {
    return NAMES.contains(as) ? read(as, known(as)) : read(as, described(as));
  }

  private static ObjectNode known(String name) {
    try (InputStream in = Shapes.class.getResourceAsStream("/verify/" + name + ".json")) {
      return (ObjectNode) JSON.readTree(in);
    } catch (IOException e) {
      throw new CannotCheck("the description of " + name + " cannot be read", e);
    }
  }

  private static ObjectNode described(String file) {
    JsonNode given;
    try {
      given = JSON.readTree(Files.readString(Path.of(file)));
    } catch (JsonProcessingException e) {
      throw new CannotCheck(file + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw new CannotCheck(
          "--as must be holdfast, flask or a description; " + file + " cannot be read", e);
    }
    if (!given.isObject()) {
      throw new CannotCheck(file + " must be an object");
    }
    String like = given.path("like").asText("");
    if (like.isEmpty()) {
      return (ObjectNode) given;
    }
    if (!NAMES.contains(like)) {
      throw new CannotCheck(file + ".like must be holdfast or flask");
    }
    return over(known(like), (ObjectNode) given);
  }

  /** Objects are merged, everything else is replaced. */
  private static ObjectNode over(ObjectNode base, ObjectNode given) {
    given
        .properties()
        .forEach(
            member -> {
              JsonNode before = base.get(member.getKey());
              boolean merge = before instanceof ObjectNode && member.getValue().isObject();
              JsonNode now =
                  merge
                      ? over((ObjectNode) before, (ObjectNode) member.getValue())
                      : member.getValue();
              base.set(member.getKey(), now);
            });
    return base;
  }

  private static Shape read(String name, ObjectNode node) {
    Members all =
        new Members(name, node)
            .only("like", "list", "summary", "results", "ended", "create", "stop", "delete");
    Set<String> ended = all.texts("ended");
    if (ended.isEmpty()) {
      throw new CannotCheck(name + ".ended must name the states in which a session has ended");
    }
    return new Shape(
        name.equals("holdfast"),
        list(all.object("list")),
        all.has("summary") ? all.pathWithId("summary") : null,
        results(all.object("results")),
        ended,
        all.has("create") ? call(all.object("create"), true) : null,
        all.has("stop") ? call(all.object("stop"), false) : null,
        all.has("delete") ? call(all.object("delete"), false) : null);
  }

  private static ListShape list(Members list) {
    list.only(
        "path",
        "ofState",
        "groups",
        "id",
        "state",
        "rows",
        "attempt",
        "counts",
        "total",
        "revision",
        "truncated",
        "next",
        "nextParameter");
    String path = list.path("path");
    List<Group> groups =
        list.objects("groups").stream()
            .map(
                group ->
                    new Group(
                        group.only("items", "state", "count").place("items"),
                        group.textOr("state", null),
                        group.placeOr("count")))
            .toList();
    if (groups.isEmpty()) {
      throw new CannotCheck("list.groups must say where the items are");
    }
    return new ListShape(
        path,
        list.has("ofState") ? list.path("ofState") : null,
        groups,
        list.place("id"),
        list.placeOr("state"),
        list.placeList("rows"),
        list.placeOr("attempt"),
        list.places("counts"),
        list.placeOr("total"),
        list.placeOr("revision"),
        list.placeOr("truncated"),
        list.placeOr("next"),
        list.textOr("nextParameter", "cursor"));
  }

  private static ResultsShape results(Members results) {
    results.only("path", "rows", "answered", "open", "state", "attempt", "removed", "gone");
    return new ResultsShape(
        results.pathWithId("path"),
        results.place("rows"),
        results.placeOr("answered"),
        results.texts("open"),
        results.placeOr("state"),
        results.placeOr("attempt"),
        results.placeOr("removed"),
        results.numbers("gone"));
  }

  private static Call call(Members call, boolean creates) {
    call.only("method", "path", "body", "id", "state");
    return new Call(
        call.textOr("method", "POST"),
        creates ? call.path("path") : call.pathWithId("path"),
        call.has("body") ? call.node("body") : null,
        creates ? call.place("id") : Place.NOWHERE,
        call.placeOr("state"));
  }
}
