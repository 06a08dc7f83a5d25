package dev.holdfast.http;

import dev.holdfast.session.Quote;
import java.util.ArrayList;
import java.util.List;

/**
 * What the cells of a session's table refer to: the quoted passages, the analyzer's remarks, and
 * the rest of texts that are too long for a cell.
 */
final class SessionFootnotes {
  /** Room for a reference at the end of a text, and for what makes it safe at its beginning. */
  private static final int PART_CHARS_MAX = Cells.EXCEL_CHARS_MAX - 100;

  private final List<Note> all = new ArrayList<>();

  /** A line of the footnotes. */
  record Note(String number, String question, String kind, String page, String text) {}

  /** Takes up the quotes and the remark of a row; their numbers. */
  List<String> add(ResultsView.RowView row) {
    List<String> numbers = new ArrayList<>();
    for (Quote quote : row.quotes()) {
      numbers.add(add(row.questionId(), "quote", Integer.toString(quote.page()), quote.text()));
    }
    if (row.footnote() != null && !row.footnote().isEmpty()) {
      numbers.add(add(row.questionId(), "remark", "", row.footnote()));
    }
    return numbers;
  }

  private String add(String question, String kind, String page, String text) {
    String number = Integer.toString(all.size() + 1);
    all.add(new Note(number, question, kind, page, text));
    return number;
  }

  /**
   * The text as a cell can hold it. Where it is too long, its rest becomes footnotes and the cell
   * says which: nothing is cut.
   */
  String fitting(String question, String text) {
    if (text.length() <= PART_CHARS_MAX) {
      return text;
    }
    int end = partEnd(text, 0);
    String first = null;
    String last = null;
    for (int from = end; from < text.length(); ) {
      int to = partEnd(text, from);
      last = add(question, "continued", "", text.substring(from, to));
      first = first == null ? last : first;
      from = to;
    }
    String where = first.equals(last) ? "footnote " + first : "footnotes " + first + " to " + last;
    return text.substring(0, end) + " \u2026 [too long for a cell, continued in " + where + "]";
  }

  private static int partEnd(String text, int from) {
    int end = Math.min(text.length(), from + PART_CHARS_MAX);
    boolean splitsPair = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return splitsPair ? end - 1 : end;
  }

  List<Note> all() {
    return List.copyOf(all);
  }
}
