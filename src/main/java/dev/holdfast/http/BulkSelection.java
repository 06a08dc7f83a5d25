package dev.holdfast.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Bulk;
import dev.holdfast.session.Creation;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.SessionState;
import dev.holdfast.session.Sort;
import dev.holdfast.store.Filter;
import dev.holdfast.store.Search;
import dev.holdfast.store.Store;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Which sessions a bulk request is about: named ones, or those that a filter lets through. */
final class BulkSelection {
  /** What a filter has besides the state. */
  private static final List<String> TEXTS =
      List.of("q", "label", "createdBy", "createdAfter", "createdBefore");

  private final SessionClient client;
  private final Store store;
  private final PastReads past;

  BulkSelection(SessionClient client, Store store) {
    this.client = client;
    this.store = store;
    this.past = new PastReads(client, store);
  }

  /**
   * @param revision that the filter was applied at; -1 for ids, which somebody else chose
   */
  record Selected(List<String> ids, long revision) {}

  /** Fails with 413 when there are too many. */
  Future<Selected> select(List<String> ids, JsonNode filter) {
    boolean filtered = filter != null && !filter.isNull();
    if ((ids == null) != filtered) {
      throw new ProblemException(
          Problem.Type.MALFORMED, "Name the sessions by ids or by a filter, one of both.");
    }
    if (ids != null) {
      return Future.succeededFuture(new Selected(few(List.copyOf(new LinkedHashSet<>(ids))), -1));
    }
    return ids(filter(filter), Bulk.ITEMS_MAX + 1)
        .map(found -> new Selected(few(found.value().items()), found.revision()));
  }

  private Future<Done<Query.Ids>> ids(Filter filter, int limit) {
    return filter.needsSearch()
        ? store
            .ids(new Search(filter, Sort.NEWEST_FIRST, limit, null, Search.NOW))
            .compose(past::notAhead)
        : client.ask(new Query.ListIds(filter.states(), filter.creation(), limit));
  }

  private static List<String> few(List<String> ids) {
    if (ids.size() > Bulk.ITEMS_MAX) {
      throw new ProblemException(
          Problem.Type.TOO_LARGE,
          "A request may be about " + Bulk.ITEMS_MAX + " sessions; split it, or filter more.");
    }
    return ids;
  }

  private static Filter filter(JsonNode filter) {
    if (!filter.isObject()) {
      throw bad("filter must be an object.");
    }
    List<SessionState> states = List.of();
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : filter.properties()) {
      if (member.getKey().equals("state")) {
        states = states(member.getValue());
      } else if (TEXTS.contains(member.getKey())) {
        texts.put(member.getKey(), text(member));
      } else {
        throw bad("A filter has state, " + String.join(", ", TEXTS) + ".");
      }
    }
    Creation creation =
        Params.creation(
            texts.get("createdBy"), texts.get("createdAfter"), texts.get("createdBefore"));
    return new Filter(states, texts.get("q"), texts.get("label"), creation);
  }

  /** A comma list like the parameter of the list, or an array. */
  private static List<SessionState> states(JsonNode value) {
    List<String> labels = new ArrayList<>();
    if (value.isTextual()) {
      labels.addAll(List.of(value.textValue().split(",", -1)));
    } else if (value.isArray()) {
      value.forEach(label -> labels.add(label.asText()));
    } else {
      throw bad("filter.state must be a string or an array of strings.");
    }
    return labels.stream().map(Params::state).distinct().sorted().toList();
  }

  private static String text(Map.Entry<String, JsonNode> member) {
    String text = member.getValue().textValue();
    if (text == null
        || text.isEmpty()
        || text.length() > Params.TEXT_MAX
        || !Params.isStorable(text)) {
      throw bad(
          "filter."
              + member.getKey()
              + " must be a text of 1 to "
              + Params.TEXT_MAX
              + " characters.");
    }
    return text;
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.Type.MALFORMED, detail);
  }
}
