package dev.holdfast.analysis;

/** Tells rows of figures from running text. */
final class FigureRow {
  private FigureRow() {}

  /**
   * Whether a line ends in two figures, such as "Total current assets 16,525 15,134". A date at the
   * end of a line of text, "December 31, 2019", does not count.
   */
  static boolean is(String line) {
    String[] parts = line.strip().split("\\s+");
    int figures = 0;
    int at = parts.length - 1;
    while (at >= 0 && figures < 2 && isFigureOrSign(parts[at])) {
      figures += hasDigit(parts[at]) ? 1 : 0;
      at--;
    }
    return figures == 2;
  }

  private static boolean isFigureOrSign(String part) {
    return !part.endsWith(",") && part.chars().noneMatch(Character::isLetter);
  }

  private static boolean hasDigit(String part) {
    return part.chars().anyMatch(Character::isDigit);
  }
}
