package dev.holdfast.session;

import java.time.Instant;
import java.util.Comparator;

/** An order of the list; ties are broken by the revision of creation. */
public record Sort(Field field, boolean descending) {
  public static final Sort NEWEST_FIRST = new Sort(Field.CREATED_AT, true);
  static final Sort OLDEST_FIRST = new Sort(Field.CREATED_AT, false);

  /** What sessions can be ordered by. */
  public enum Field {
    CREATED_AT("createdAt"),
    ENDED_AT("endedAt"),
    EXPIRES_AT("expiresAt"),
    TITLE("title");

    private final String label;

    Field(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    /** The text that positions of this order carry; for instants the milliseconds. */
    String key(Session session) {
      return this == TITLE ? session.title() : Long.toString(millis(session));
    }

    private long millis(Session session) {
      return switch (this) {
        case CREATED_AT -> session.createdAt().toEpochMilli();
        case ENDED_AT -> orNever(session.endedAt());
        case EXPIRES_AT -> orNever(session.expiresAt());
        case TITLE -> throw new IllegalStateException("a title is not an instant");
      };
    }

    private static long orNever(Instant instant) {
      return instant == null ? Long.MAX_VALUE : instant.toEpochMilli();
    }

    /**
     * By code points, which is how both databases order bytes of UTF-8; {@code compareTo} puts
     * characters beyond U+FFFF before some others.
     */
    private static int compareTexts(String a, String b) {
      int end = Math.min(a.length(), b.length());
      int same = 0;
      while (same < end && a.charAt(same) == b.charAt(same)) {
        same++;
      }
      if (same == end) {
        return a.length() - b.length();
      }
      char left = a.charAt(same);
      char right = b.charAt(same);
      boolean beyond = Character.isSurrogate(left) != Character.isSurrogate(right);
      return beyond ? (Character.isSurrogate(left) ? 1 : -1) : left - right;
    }

    Comparator<Session> ascending() {
      Comparator<Session> byKey =
          this == TITLE
              ? (a, b) -> compareTexts(a.title(), b.title())
              : Comparator.comparingLong(this::millis);
      return byKey.thenComparingLong(Session::createdRevision);
    }

    /** Like {@link #ascending()}, between a session and a position. */
    int compare(Session session, Position position) {
      int byKey =
          this == TITLE
              ? compareTexts(session.title(), position.key())
              : Long.compare(millis(session), Long.parseLong(position.key()));
      return byKey != 0
          ? byKey
          : Long.compare(session.createdRevision(), position.createdRevision());
    }
  }

  /**
   * A place in an order: of the last session of a page.
   *
   * @param key milliseconds since 1970, or the title
   */
  public record Position(String key, long createdRevision) {}

  public Position position(Session session) {
    return new Position(field.key(session), session.createdRevision());
  }

  /** The parameter value, for example {@code -createdAt}. */
  public String label() {
    return (descending ? "-" : "") + field.label();
  }

  /**
   * The order of that parameter value.
   *
   * @throws IllegalArgumentException naming the fields, for any other text
   */
  public static Sort ofLabel(String label) {
    boolean descending = label.startsWith("-");
    String name = descending ? label.substring(1) : label;
    for (Field field : Field.values()) {
      if (field.label.equals(name)) {
        return new Sort(field, descending);
      }
    }
    throw new IllegalArgumentException(
        "sort must be createdAt, endedAt, expiresAt or title, with - before it for descending");
  }

  Comparator<Session> comparator() {
    return descending ? field.ascending().reversed() : field.ascending();
  }
}
