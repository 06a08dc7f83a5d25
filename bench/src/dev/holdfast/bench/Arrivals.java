package dev.holdfast.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Counts the events that readers of a stream receive, by the time stamps that they carry. */
final class Arrivals {
  private static final byte[] MARK = "\"createdAt\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int STAMP_MAX = 32;
  private static final int DELAY_MAX = 60_000;

  private final int[] delays = new int[DELAY_MAX + 1];
  private final Set<Long> seen = new HashSet<>();
  private long from = Long.MAX_VALUE;
  private long until = Long.MAX_VALUE;
  private long received;
  private long bytes;
  private byte[] lastStamp = {};
  private long lastMillis;

  /** Counts what is stamped within these milliseconds, and nothing before. */
  void begin(long fromMillis, long untilMillis) {
    from = fromMillis;
    until = untilMillis;
  }

  /** Different events seen by anybody. */
  int events() {
    return seen.size();
  }

  /** Events seen by all readers together. */
  long received() {
    return received;
  }

  /** Bytes read by all readers together while events were counted. */
  long bytes() {
    return bytes;
  }

  /** The delay in milliseconds that this share of the events did not exceed. */
  int percentile(double share) {
    long left = (long) Math.ceil(received * share);
    int delay = 0;
    while (delay < DELAY_MAX && left > delays[delay]) {
      left -= delays[delay++];
    }
    return delay;
  }

  Reader reader() {
    return new Reader();
  }

  /** One stream; an event may come in pieces. */
  final class Reader {
    private final Set<Long> mine = new HashSet<>();
    private byte[] rest = {};

    void take(byte[] chunk) {
      long now = System.currentTimeMillis();
      if (now >= from && now <= until) {
        bytes += chunk.length;
      }
      byte[] text = chunk;
      if (rest.length > 0) {
        text = Arrays.copyOf(rest, rest.length + chunk.length);
        System.arraycopy(chunk, 0, text, rest.length, chunk.length);
      }
      int done = scan(text, now);
      rest = Arrays.copyOfRange(text, Math.max(done, text.length - MARK.length + 1), text.length);
      if (done < 0) {
        rest = Arrays.copyOfRange(text, -done - 1, text.length);
      }
    }

    /** Where to go on, or -1 - the place of an event whose stamp is not all there. */
    private int scan(byte[] text, long now) {
      int at = 0;
      for (int mark = find(text, at); mark >= 0; mark = find(text, at)) {
        int start = mark + MARK.length;
        int end = start;
        while (end < text.length && text[end] != '"') {
          end++;
        }
        if (end == text.length) {
          return end - start < STAMP_MAX ? -1 - mark : text.length;
        }
        stamped(Arrays.copyOfRange(text, start, end), now, mine);
        at = end;
      }
      return at;
    }
  }

  private static int find(byte[] text, int from) {
    for (int i = from; i <= text.length - MARK.length; i++) {
      if (text[i] == '"'
          && text[i + 1] == 'c'
          && Arrays.equals(text, i, i + MARK.length, MARK, 0, MARK.length)) {
        return i;
      }
    }
    return -1;
  }

  /** A snapshot after a reset may repeat what the reader has. */
  private void stamped(byte[] stamp, long now, Set<Long> mine) {
    if (!Arrays.equals(stamp, lastStamp)) {
      lastStamp = stamp;
      lastMillis = Instant.parse(new String(stamp, StandardCharsets.US_ASCII)).toEpochMilli();
    }
    if (lastMillis >= from && lastMillis < until && mine.add(lastMillis)) {
      seen.add(lastMillis);
      received++;
      delays[(int) Math.max(0, Math.min(DELAY_MAX, now - lastMillis))]++;
    }
  }
}
