package dev.holdfast.http;

/** Texts as a spreadsheet may hold them: shown as they are, never run as a formula. */
final class Cells {
  /** What a spreadsheet takes for the beginning of a formula, also in full width. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  /** The most characters that Excel takes in a cell; more make it call the file damaged. */
  static final int EXCEL_CHARS_MAX = 32_767;

  private static final String CUT = " …";

  private Cells() {}

  /** The text with an apostrophe before it where it would be taken for a formula; null is empty. */
  static String neutral(String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    return FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  /** Like {@link #neutral}, for XML: without what no XML document can hold, and not too long. */
  static String excel(String text) {
    String neutral = neutral(text);
    int[] shown = neutral.codePoints().map(c -> isXml(c) ? c : '\ufffd').toArray();
    String clean = new String(shown, 0, shown.length);
    if (clean.length() <= EXCEL_CHARS_MAX) {
      return clean;
    }
    int end = EXCEL_CHARS_MAX - CUT.length();
    boolean splitsPair = Character.isHighSurrogate(clean.charAt(end - 1));
    return clean.substring(0, splitsPair ? end - 1 : end) + CUT;
  }

  private static boolean isXml(int c) {
    boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !surrogate && c != 0xfffe && c != 0xffff;
  }
}
