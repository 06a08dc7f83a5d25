package dev.holdfast.http;

import dev.holdfast.session.Query;
import dev.holdfast.session.SessionState;
import dev.holdfast.session.Sort;
import dev.holdfast.store.Search;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which page of which list a request asks for.
 *
 * @param label {@code key} or {@code key:value}, or null
 * @param at the revision or time whose list is asked for, or null for now
 */
record ListFilter(
    List<SessionState> states,
    String text,
    String label,
    Sort sort,
    int limit,
    Sort.Position after,
    String at) {

  static ListFilter of(RoutingContext context) {
    ListFilter first = all(context, Params.limit(context));
    Sort.Position after =
        Cursor.decode(context.queryParams().get("cursor"), first.fingerprint(), first.sort());
    return new ListFilter(
        first.states, first.text, first.label, first.sort, first.limit, after, first.at);
  }

  /** The first {@code limit} sessions that the request asks for. */
  static ListFilter all(RoutingContext context, int limit) {
    return new ListFilter(
        Params.states(context),
        Params.text(context, "q"),
        Params.text(context, "label"),
        Params.sort(context),
        limit,
        null,
        Params.text(context, "at"));
  }

  /** What a cursor is bound to: everything but the page and its size. */
  String fingerprint() {
    return states + "|" + text + "|" + label + "|" + sort.label() + (at == null ? "" : "|" + at);
  }

  /** The owner's indexes know states and orders; texts and labels are the store's. */
  boolean needsSearch() {
    return text != null || label != null;
  }

  Query.ListSessions toQuery() {
    return new Query.ListSessions(states, sort, limit, after);
  }

  /** The search for the list of that revision, or of {@link Search#NOW}. */
  Search toSearch(long asOf) {
    int colon = label == null ? -1 : label.indexOf(':');
    String key = colon < 0 ? label : label.substring(0, colon);
    String value = colon < 0 ? null : label.substring(colon + 1);
    return new Search(states, text, key, value, sort, limit, after, asOf);
  }

  /** A relative link to the next page. */
  String link(String cursor) {
    StringBuilder link = new StringBuilder("sessions?sort=").append(sort.label());
    link.append("&limit=").append(limit);
    if (!states.isEmpty()) {
      link.append("&state=")
          .append(String.join(",", states.stream().map(SessionState::label).toList()));
    }
    append(link, "q", text);
    append(link, "label", label);
    append(link, "at", at);
    append(link, "cursor", cursor);
    return link.toString();
  }

  private static void append(StringBuilder link, String name, String value) {
    if (value != null) {
      link.append('&').append(name).append('=');
      link.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}
