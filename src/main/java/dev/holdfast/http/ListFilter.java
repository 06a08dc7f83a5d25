package dev.holdfast.http;

import dev.holdfast.session.Creation;
import dev.holdfast.session.Query;
import dev.holdfast.session.SessionState;
import dev.holdfast.session.Sort;
import dev.holdfast.store.Filter;
import dev.holdfast.store.Search;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which page of which list a request asks for.
 *
 * @param at the revision or time whose list is asked for, or null for now
 */
record ListFilter(Filter filter, Sort sort, int limit, Sort.Position after, String at) {
  private static final List<String> PARAMETERS =
      List.of("state", "q", "label", "createdBy", "createdAfter", "createdBefore", "sort", "at");

  /** The names of the parameters of a list, and those that a route has besides. */
  static String[] parameters(String... more) {
    return Stream.concat(PARAMETERS.stream(), Stream.of(more)).toArray(String[]::new);
  }

  static ListFilter of(RoutingContext context) {
    ListFilter first = all(context, Params.limit(context));
    Sort.Position after =
        Cursor.decode(context.queryParams().get("cursor"), first.fingerprint(), first.sort());
    return new ListFilter(first.filter, first.sort, first.limit, after, first.at);
  }

  /** The first {@code limit} sessions that the request asks for. */
  static ListFilter all(RoutingContext context, int limit) {
    Filter filter =
        new Filter(
            Params.states(context),
            Params.text(context, "q"),
            Params.text(context, "label"),
            Params.creation(
                Params.text(context, "createdBy"),
                Params.text(context, "createdAfter"),
                Params.text(context, "createdBefore")));
    return new ListFilter(filter, Params.sort(context), limit, null, Params.text(context, "at"));
  }

  /** What a cursor is bound to: everything but the page and its size. */
  String fingerprint() {
    Creation creation = filter.creation();
    return filter.states()
        + "|"
        + filter.text()
        + "|"
        + filter.label()
        + (creation.isAny() ? "" : "|" + creation)
        + "|"
        + sort.label()
        + (at == null ? "" : "|" + at);
  }

  /** Who created a session and when the owner knows in the order of creation only. */
  boolean needsSearch() {
    return filter.needsSearch()
        || (!filter.creation().isAny() && sort.field() != Sort.Field.CREATED_AT);
  }

  Query.ListSessions toQuery() {
    return new Query.ListSessions(filter.states(), filter.creation(), sort, limit, after);
  }

  /** The search for the list of that revision, or of {@link Search#NOW}. */
  Search toSearch(long asOf) {
    return new Search(filter, sort, limit, after, asOf);
  }

  /** A relative link to the next page. */
  String link(String cursor) {
    StringBuilder link = new StringBuilder("sessions?sort=").append(sort.label());
    link.append("&limit=").append(limit);
    if (!filter.states().isEmpty()) {
      link.append("&state=")
          .append(String.join(",", filter.states().stream().map(SessionState::label).toList()));
    }
    append(link, "q", filter.text());
    append(link, "label", filter.label());
    append(link, "createdBy", filter.creation().by());
    append(link, "createdAfter", filter.creation().after());
    append(link, "createdBefore", filter.creation().before());
    append(link, "at", at);
    append(link, "cursor", cursor);
    return link.toString();
  }

  private static void append(StringBuilder link, String name, Object value) {
    if (value != null) {
      link.append('&').append(name).append('=');
      link.append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
  }
}
