package dev.holdfast.http;

import dev.holdfast.session.Creation;
import dev.holdfast.session.SessionState;
import dev.holdfast.session.Sort;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The parameters of requests, with what to send instead where they are wrong. */
public final class Params {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 500;
  static final int TEXT_MAX = 200;

  private Params() {}

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.Type.BAD_PARAMETER, detail);
  }

  /** Refuses parameters that the route does not have, and any that is given twice. */
  static void only(RoutingContext context, String... names) {
    known(context, names);
    MultiMap query = context.queryParams();
    for (String name : query.names()) {
      if (query.getAll(name).size() > 1) {
        throw bad("Give " + name + " once.");
      }
    }
  }

  /** Refuses parameters that the route does not have. */
  public static void known(RoutingContext context, String... names) {
    for (String name : context.queryParams().names()) {
      if (!List.of(names).contains(name)) {
        throw bad(
            "There is no parameter "
                + printable(name)
                + (names.length == 0 ? "." : "; there are " + String.join(", ", names) + "."));
      }
    }
  }

  static String printable(String text) {
    String clean = text.replaceAll("[^\\p{Graph}]", "?");
    return clean.length() > 40 ? clean.substring(0, 40) : clean;
  }

  /** The parameter, or null; an empty one counts as absent. */
  static String text(RoutingContext context, String name) {
    String value = context.queryParams().get(name);
    if (value != null && value.length() > TEXT_MAX) {
      throw bad(name + " may have at most " + TEXT_MAX + " characters.");
    }
    if (value != null && !isStorable(value)) {
      throw bad(name + " must not contain a NUL character or half of a surrogate pair.");
    }
    return value == null || value.isEmpty() ? null : value;
  }

  /** Whether every store can hold such a text, and so be asked for it. */
  static boolean isStorable(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** Who created a session and when, of texts that may be null. */
  static Creation creation(String by, String after, String before) {
    Instant from = time(after, "createdAfter");
    Instant to = time(before, "createdBefore");
    try {
      return new Creation(by, from, to);
    } catch (IllegalArgumentException e) {
      throw bad(e.getMessage() + ".");
    }
  }

  /** Years have four digits, as RFC 3339 wants; any store can count those in milliseconds. */
  private static Instant time(String value, String name) {
    try {
      OffsetDateTime time = value == null ? null : OffsetDateTime.parse(value);
      if (time == null || (time.getYear() >= 0 && time.getYear() <= 9_999)) {
        return time == null ? null : time.toInstant();
      }
    } catch (DateTimeParseException e) {
      // Falls through to the refusal, which says what to send.
    }
    throw bad(name + " must be a time like 2026-03-01T10:00:00Z.");
  }

  static int limit(RoutingContext context) {
    long limit = number(context.queryParams().get("limit"), "limit", LIMIT_DEFAULT);
    if (limit < 1 || limit > LIMIT_MAX) {
      throw bad("limit must be from 1 to " + LIMIT_MAX + ".");
    }
    return (int) limit;
  }

  static List<SessionState> states(RoutingContext context) {
    String value = context.queryParams().get("state");
    List<SessionState> states = new ArrayList<>();
    if (value != null) {
      for (String label : value.split(",", -1)) {
        states.add(state(label));
      }
    }
    return states.stream().distinct().sorted().toList();
  }

  static SessionState state(String label) {
    try {
      return SessionState.ofLabel(label);
    } catch (IllegalArgumentException e) {
      throw bad(e.getMessage() + ".");
    }
  }

  static Sort sort(RoutingContext context) {
    String value = context.queryParams().get("sort");
    try {
      return value == null ? Sort.NEWEST_FIRST : Sort.ofLabel(value);
    } catch (IllegalArgumentException e) {
      throw bad(e.getMessage() + ".");
    }
  }

  /** A whole number from 0. */
  public static long number(String value, String name, long absent) {
    if (value == null) {
      return absent;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= 0 && Character.isDigit(value.charAt(0))) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the refusal, which says what to send.
    }
    throw bad(name + " must be a whole number from 0.");
  }

  /** The version behind the {@code @} of a question set; 0, the latest, when there is none. */
  static int version(String[] nameAndVersion) {
    if (nameAndVersion.length == 1) {
      return 0;
    }
    long version = number(nameAndVersion[1], "the version behind @", 0);
    if (version == 0) {
      throw bad("the version behind @ must be a whole number from 1.");
    }
    // No set has as many versions; an overflow would name another one.
    return (int) Math.min(version, Integer.MAX_VALUE);
  }

  static boolean flag(RoutingContext context, String name) {
    String value = context.queryParams().get(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw bad(name + " must be true or false.");
  }

  /** The revision in {@code If-Match}; none for an absent header or a star. */
  static OptionalLong ifMatch(RoutingContext context) {
    String value = context.request().getHeader("If-Match");
    if (value == null || value.equals("*")) {
      return OptionalLong.empty();
    }
    if (!value.matches("\"\\d{1,18}\"")) {
      throw bad("If-Match must be an ETag of this API, for example \"184467\" with its quotes.");
    }
    return OptionalLong.of(Long.parseLong(value.substring(1, value.length() - 1)));
  }
}
