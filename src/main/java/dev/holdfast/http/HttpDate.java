package dev.holdfast.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date header, by which a page tells ages although its own computer's clock is wrong. */
final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** The text of one second; formatting it for each of thousands of replies would be waste. */
  private record Second(long seconds, String text) {}

  private static volatile Second latest = new Second(0, "");

  private HttpDate() {}

  static String of(long millis) {
    long seconds = Math.floorDiv(millis, 1_000L);
    Second known = latest;
    if (known.seconds() != seconds || known.text().isEmpty()) {
      known = new Second(seconds, FORMAT.format(Instant.ofEpochSecond(seconds)));
      latest = known;
    }
    return known.text();
  }
}
