package dev.holdfast.analysis;

import java.io.IOException;
import java.io.StringWriter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * Walks a document once and hands out the text of each page as soon as it is finished.
 *
 * <p>PDFBox's own way to get single pages starts from page one each time, which is quadratic in a
 * long document.
 */
final class PageStripper extends PDFTextStripper {

  /** Where finished pages go. */
  interface Sink {
    void page(int number, String text) throws IOException;
  }

  /** Text beyond a limit; unchecked, because PDFBox swallows checked ones thrown at some depths. */
  static final class TooMuchText extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuchText(String message) {
      super(message);
    }
  }

  private final int pageCharsMax;
  private final long documentCharsMax;
  private final Sink sink;
  private final StringWriter page = new StringWriter();
  private int pageChars;
  private long documentChars;
  private int finished;

  PageStripper(int pageCharsMax, long documentCharsMax, Sink sink) {
    this.pageCharsMax = pageCharsMax;
    this.documentCharsMax = documentCharsMax;
    this.sink = sink;
    setLineSeparator("\n");
    // Rows of tables stay whole, label and figures on one line, whatever order they were drawn in.
    setSortByPosition(true);
  }

  /** Every page goes to the sink, in order, the empty ones too. */
  void strip(PDDocument document) throws IOException {
    writeText(document, page);
    finishUpTo(document.getNumberOfPages());
  }

  // PDFBox gathers a whole page before it writes any of it, so the count has to start here.
  @Override
  protected void processTextPosition(TextPosition text) {
    pageChars += text.getUnicode().length();
    if (pageChars > pageCharsMax) {
      throw new TooMuchText(
          "more than " + pageCharsMax + " characters on page " + getCurrentPageNo());
    }
    super.processTextPosition(text);
  }

  @Override
  protected void endPage(PDPage ended) throws IOException {
    // Pages without contents are skipped by PDFBox and have no event of their own.
    finishUpTo(getCurrentPageNo() - 1);
    finish(PlainText.of(page.toString()));
    page.getBuffer().setLength(0);
    pageChars = 0;
  }

  private void finishUpTo(int number) throws IOException {
    while (finished < number) {
      finish("");
    }
  }

  private void finish(String text) throws IOException {
    documentChars += text.length();
    if (documentChars > documentCharsMax) {
      throw new TooMuchText("more than " + documentCharsMax + " characters");
    }
    finished++;
    sink.page(finished, text);
  }
}
