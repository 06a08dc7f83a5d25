package dev.holdfast.analysis;

import java.util.ArrayList;
import java.util.List;

/** Cuts a page into overlapping runs of whole lines, so that no statement falls between two. */
final class Passages {
  private static final int WORDS = 100;
  private static final int OVERLAP_WORDS = 50;

  private Passages() {}

  /** The passages of a page, as ranges of its lines. */
  static List<List<String>> of(List<String> lines) {
    List<List<String>> passages = new ArrayList<>();
    int start = 0;
    int end = 0;
    while (end < lines.size()) {
      end = endOf(lines, start);
      passages.add(lines.subList(start, end));
      start = nextStart(lines, start, end);
    }
    return passages;
  }

  private static int endOf(List<String> lines, int start) {
    int words = 0;
    int end = start;
    while (end < lines.size() && words < WORDS) {
      words += wordsIn(lines.get(end));
      end++;
    }
    return end;
  }

  private static int nextStart(List<String> lines, int start, int end) {
    int words = 0;
    int next = end;
    while (next > start + 1 && words < OVERLAP_WORDS) {
      next--;
      words += wordsIn(lines.get(next));
    }
    return next;
  }

  private static int wordsIn(String line) {
    return line.strip().split("\\s+").length;
  }
}
