package dev.holdfast.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened: always as one number a step, and on demand as one line a step. */
final class SimStory {
  private static final Instant BEGIN = Simulation.BEGIN;
  private static final int WORDS_MAX = 150;

  private final boolean telling;
  private final List<Long> digests = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private StringBuilder line = new StringBuilder();
  private long digest;

  /**
   * @param telling whether anybody will read it
   */
  SimStory(boolean telling) {
    this.telling = telling;
  }

  /** A step begins. */
  void step(String name, Instant now) {
    digests.add(digest);
    if (telling) {
      flush();
      long millis = now.toEpochMilli() - BEGIN.toEpochMilli();
      line.append(String.format("%5s %8.3fs", name, millis / 1000.0));
    }
  }

  /** Something happens within the step. */
  void say(String what, Object about) {
    digest = 31 * (31 * digest + what.hashCode()) + about.hashCode();
    if (telling) {
      String words = words(about).replace("OptionalLong.empty", "-");
      line.append("  ").append(what).append(' ');
      line.append(words.length() > WORDS_MAX ? words.substring(0, WORDS_MAX) + "…" : words);
    }
  }

  private static String words(Object about) {
    if (about instanceof Envelope<?> envelope) {
      boolean isLong = envelope.command() instanceof StoreQuestionSet;
      String command = isLong ? "StoreQuestionSet" : envelope.command().toString();
      String key = envelope.key() == null ? "" : " under " + envelope.key();
      return envelope.commandId() + " " + command + key;
    }
    return about.toString();
  }

  private void flush() {
    if (line.length() > 0) {
      lines.add(line.toString());
      line = new StringBuilder();
    }
  }

  /** The same numbers are the same story. */
  List<Long> digests() {
    List<Long> all = new ArrayList<>(digests);
    all.add(digest);
    return all;
  }

  /** One line a step; empty when nobody was to read it. */
  List<String> lines() {
    flush();
    return lines;
  }
}
