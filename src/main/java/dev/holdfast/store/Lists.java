package dev.holdfast.store;

import static dev.holdfast.store.Sql.list;
import static dev.holdfast.store.Sql.one;

import dev.holdfast.session.Counts;
import dev.holdfast.session.Creation;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Session;
import dev.holdfast.session.Sort;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists that the owner's indexes cannot give: by text, label or creation, or as they were. */
final class Lists {
  /** In the order of {@link Counts}. */
  private static final String BY_STATE =
      Stream.of("queued", "running", "completed", "partial", "failed")
          .map(state -> "count(*) FILTER (WHERE s.state = '" + state + "')")
          .collect(Collectors.joining(", "));

  private final Dialect dialect;

  Lists(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The page of the list of now, or of the revision in the search. */
  Reply.Done<Query.Page> search(Connection connection, Search search) throws SQLException {
    List<Object> values = new ArrayList<>();
    String from = from(search, values);
    List<Object> wanted = new ArrayList<>();
    String where = where(connection, search.filter(), wanted);
    Tally tally = tally(connection, from, values, where, wanted);
    values.addAll(wanted);
    String lines = from + where + behind(search, values);
    values.add(search.limit() + 1);
    List<Session> oneMore = new ArrayList<>();
    for (Session stored :
        list(
            connection,
            page(search, lines),
            r -> StoreJson.read(r.getString(1), Session.class),
            values.toArray())) {
      oneMore.add(Reads.at(connection, stored, search.asOf()));
    }
    Query.Page page =
        Query.Page.of(tally.counts(), tally.matching(), oneMore, search.sort(), search.limit());
    long revision = search.isOfNow() ? Reads.lastRevision(connection) : search.asOf();
    return new Reply.Done<>(revision, false, page);
  }

  /**
   * The page is found first and read then: an index alone shows what matches of now, while the
   * whole line of every session that is passed would be fetched otherwise. Its key must be in that
   * index, too; no two sessions are created by one event.
   */
  private static String page(Search search, String from) {
    String key = search.isOfNow() ? "created_revision" : "id, revision";
    String table = search.isOfNow() ? "session" : "session_version";
    String order = " ORDER BY " + order(search.sort());
    return "SELECT s.body FROM (SELECT "
        + key
        + " FROM "
        + from
        + order
        + " LIMIT ?) page JOIN "
        + table
        + " s USING ("
        + key
        + ")"
        + order;
  }

  /** All ids that match, in the order of their creation, at most {@code limit}. */
  Reply.Done<Query.Ids> ids(Connection connection, Search search) throws SQLException {
    List<Object> values = new ArrayList<>();
    String from = from(search, values) + where(connection, search.filter(), values);
    values.add(search.limit());
    List<String> ids =
        list(
            connection,
            "SELECT s.id FROM " + from + " ORDER BY s.created_revision LIMIT ?",
            r -> r.getString(1),
            values.toArray());
    return new Reply.Done<>(Reads.lastRevision(connection), false, new Query.Ids(ids));
  }

  private static String from(Search search, List<Object> values) {
    if (search.isOfNow()) {
      return "session s WHERE s.removed_at IS NULL";
    }
    values.add(search.asOf());
    values.add(search.asOf());
    return "session_version s WHERE s.revision <= ? AND s.to_revision > ? AND s.removed_at IS NULL";
  }

  private String where(Connection connection, Filter filter, List<Object> values)
      throws SQLException {
    StringBuilder where = new StringBuilder();
    if (!filter.states().isEmpty()) {
      where.append(" AND s.state IN (").append(Sql.marks(filter.states().size())).append(")");
      filter.states().forEach(state -> values.add(state.label()));
    }
    addTimes(connection, filter.creation(), where, values);
    if (filter.text() != null) {
      where.append(" AND ").append(dialect.holdsText());
      values.add(filter.text().toLowerCase(Locale.ROOT));
    }
    if (filter.creation().by() != null) {
      where.append(" AND ").append(dialect.creator()).append(" = ?");
      values.add(filter.creation().by());
    }
    if (filter.label() != null) {
      where.append(" AND EXISTS (SELECT 1 FROM ").append(dialect.labels()).append(" l");
      where.append(" WHERE l.key = ?");
      values.add(filter.labelKey());
      if (filter.labelValue() != null) {
        where.append(" AND l.value = ?");
        values.add(filter.labelValue());
      }
      where.append(")");
    }
    return where.toString();
  }

  /** Times as revisions, by which the indexes are made. */
  private static void addTimes(
      Connection connection, Creation creation, StringBuilder where, List<Object> values)
      throws SQLException {
    if (creation.after() != null) {
      where.append(" AND s.created_revision > ?");
      values.add(lastBefore(connection, creation.after()));
    }
    if (creation.before() != null) {
      where.append(" AND s.created_revision <= ?");
      values.add(lastBefore(connection, creation.before()));
    }
  }

  private static long lastBefore(Connection connection, Instant at) throws SQLException {
    return History.revisionAt(connection, at.minusMillis(1));
  }

  /** The column of an order, with the value that a missing time is sorted by. */
  private static String column(Sort sort) {
    return switch (sort.field()) {
      case CREATED_AT -> "s.created_at";
      case ENDED_AT -> "coalesce(s.ended_at, " + Long.MAX_VALUE + ")";
      case EXPIRES_AT -> "coalesce(s.expires_at, " + Long.MAX_VALUE + ")";
      case TITLE -> "s.title";
    };
  }

  /** Time never falls in the journal, so that the order of creation is that of the revisions. */
  private static String order(Sort sort) {
    String way = sort.descending() ? " DESC" : "";
    return sort.field() == Sort.Field.CREATED_AT
        ? "s.created_revision" + way
        : column(sort) + way + ", s.created_revision" + way;
  }

  private static String behind(Search search, List<Object> values) {
    if (search.after() == null) {
      // why: true of all of them, and lets an index begin there instead of at the newest.
      values.add(search.asOf());
      return " AND s.created_revision <= ?";
    }
    String compare = search.sort().descending() ? "<" : ">";
    if (search.sort().field() == Sort.Field.CREATED_AT) {
      values.add(search.after().createdRevision());
      return " AND s.created_revision " + compare + " ?";
    }
    String key = search.after().key();
    boolean byTitle = search.sort().field() == Sort.Field.TITLE;
    values.add(byTitle ? key : (Object) Long.valueOf(key));
    values.add(search.after().createdRevision());
    return " AND (" + column(search.sort()) + ", s.created_revision) " + compare + " (?, ?)";
  }

  /** How many there are, and how many match. */
  private record Tally(Counts counts, int matching) {}

  /** In one pass over all of them, which is most of what a search costs; and without sorting. */
  private static Tally tally(
      Connection connection, String from, List<Object> values, String where, List<Object> wanted)
      throws SQLException {
    List<Object> inOrder = new ArrayList<>(wanted);
    inOrder.addAll(values);
    return one(
        connection,
        "SELECT "
            + BY_STATE
            + ", count(*), count(*) FILTER (WHERE s.removed_at IS NULL"
            + where
            + ") FROM "
            + from,
        r ->
            new Tally(
                new Counts(
                    r.getInt(1), r.getInt(2), r.getInt(3), r.getInt(4), r.getInt(5), r.getInt(6)),
                r.getInt(7)),
        inOrder.toArray());
  }
}
