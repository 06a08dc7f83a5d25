package dev.holdfast.analysis;

import java.text.Normalizer;

/** Turns what a PDF's fonts claim to say into text that can be stored, searched and shown. */
final class PlainText {
  private PlainText() {}

  /**
   * Composed (NFC) text with lines ended by a line feed. Control characters, lone surrogates,
   * non-characters and invisible marks are gone, every kind of space is a plain one, and lines have
   * no spaces at their ends.
   */
  static String of(String raw) {
    StringBuilder out = new StringBuilder(raw.length());
    raw.codePoints().forEach(codePoint -> append(out, codePoint));
    trimLineEnd(out);
    String text = Normalizer.normalize(out, Normalizer.Form.NFC);
    return text.strip();
  }

  private static void append(StringBuilder out, int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL -> appendControl(out, codePoint);
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> endLine(out);
      case Character.SPACE_SEPARATOR -> out.append(' ');
      case Character.SURROGATE, Character.FORMAT, Character.UNASSIGNED -> {
        // Lone surrogates cannot be encoded; soft hyphens and joiners would split words in search.
      }
      default -> out.appendCodePoint(codePoint);
    }
  }

  private static void appendControl(StringBuilder out, int codePoint) {
    if (codePoint == '\n') {
      endLine(out);
    } else if (codePoint == '\t') {
      out.append(' ');
    }
  }

  private static void endLine(StringBuilder out) {
    trimLineEnd(out);
    out.append('\n');
  }

  private static void trimLineEnd(StringBuilder out) {
    int end = out.length();
    while (end > 0 && out.charAt(end - 1) == ' ') {
      end--;
    }
    out.setLength(end);
  }
}
