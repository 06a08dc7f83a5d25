package dev.holdfast.analysis;

/**
 * How much of a PDF is read before it is refused.
 *
 * @param bytesMax size of the file
 * @param pagesMax pages of the document
 * @param pageCharsMax UTF-16 units of text on one page
 * @param documentCharsMax UTF-16 units of text on all pages
 * @param pageSeconds longest time without a finished page
 * @param documentSeconds longest time for the whole document, and the longest wait for a turn
 */
public record PdfLimits(
    long bytesMax,
    int pagesMax,
    int pageCharsMax,
    long documentCharsMax,
    int pageSeconds,
    int documentSeconds) {

  /** Enough for any bid specification or annual report that people read. */
  public static final PdfLimits DEFAULT =
      new PdfLimits(100L << 20, 2_000, 200_000, 20_000_000, 20, 600);

  public PdfLimits {
    requirePositive("bytesMax", bytesMax);
    requirePositive("pagesMax", pagesMax);
    requirePositive("pageCharsMax", pageCharsMax);
    requirePositive("documentCharsMax", documentCharsMax);
    requirePositive("pageSeconds", pageSeconds);
    requirePositive("documentSeconds", documentSeconds);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }
}
