package dev.holdfast.analysis;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a page into what can be quoted: sentences of its prose and rows of its tables.
 *
 * <p>An excerpt is a range of the page with its white space made single, so it stands on the page
 * by construction.
 */
final class Excerpts {
  static final int CHARS_MAX = 600;
  private static final int SHORT_LINE_CHARS = 40;

  private final String page;
  private final List<String> excerpts = new ArrayList<>();

  private Excerpts(String page) {
    this.page = page;
  }

  static List<String> of(String page) {
    Excerpts cutter = new Excerpts(page);
    cutter.cut();
    return cutter.excerpts;
  }

  private void cut() {
    int proseStart = 0;
    int lineStart = 0;
    while (lineStart < page.length()) {
      int newline = page.indexOf('\n', lineStart);
      int lineEnd = newline < 0 ? page.length() : newline;
      if (standsAlone(page.substring(lineStart, lineEnd).strip())) {
        addSentences(proseStart, lineStart);
        addPieces(lineStart, lineEnd);
        proseStart = lineEnd;
      }
      lineStart = lineEnd + 1;
    }
    addSentences(proseStart, page.length());
  }

  /** Whether a line is a row of a table, a heading or a gap, and not a part of running text. */
  private static boolean standsAlone(String line) {
    if (line.isEmpty()) {
      return true;
    }
    return FigureRow.is(line) || (line.length() < SHORT_LINE_CHARS && !line.endsWith("."));
  }

  private void addSentences(int start, int end) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    breaks.setText(page.substring(start, end).replace('\n', ' '));
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      addPieces(start + from, start + to);
      from = to;
    }
  }

  private void addPieces(int start, int end) {
    int from = start;
    while (from < end) {
      int to = end - from <= CHARS_MAX ? end : cutBefore(from, from + CHARS_MAX);
      add(page.substring(from, to));
      from = to;
    }
  }

  /** The last white space before the limit, or the limit, but never inside a character. */
  private int cutBefore(int from, int limit) {
    for (int i = limit; i > from; i--) {
      if (Character.isWhitespace(page.charAt(i))) {
        return i;
      }
    }
    return Character.isLowSurrogate(page.charAt(limit)) ? limit - 1 : limit;
  }

  private void add(String text) {
    String single = text.strip().replaceAll("\\s+", " ");
    if (!single.isEmpty() && single.indexOf('\0') < 0) {
      excerpts.add(single);
    }
  }
}
