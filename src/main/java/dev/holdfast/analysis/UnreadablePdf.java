package dev.holdfast.analysis;

/** A PDF whose text cannot be had; the message tells the person who sent it what to do. */
public final class UnreadablePdf extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why the text cannot be had. */
  public enum Reason {
    /** The file is not a PDF at all. */
    NOT_A_PDF("This is not a PDF. Send the document as a PDF file."),
    /** The file is bigger than the limit. */
    TOO_LARGE("The file is too large. Split it, or save it with smaller images."),
    /** The file needs a password, or its author does not allow text extraction. */
    ENCRYPTED("The PDF is protected by a password. Remove the protection and send it again."),
    /** The file begins like a PDF and cannot be parsed. */
    BROKEN("The PDF is damaged or incomplete. Export or download it again."),
    /** The document is well formed and has no page. */
    NO_PAGES("The PDF has no pages. Check that it is the right file."),
    /** No page has text, as in a plain scan. */
    NO_TEXT("No page of the PDF has text; it looks scanned. Run text recognition (OCR) on it."),
    /** The document has more pages than the limit. */
    TOO_MANY_PAGES("The PDF has too many pages. Split it into parts."),
    /** A page or the whole document has more text than the limit. */
    TOO_MUCH_TEXT("The PDF has too much text. Split it into parts."),
    /** A page or the whole document took longer than the limit. */
    TOO_SLOW("Reading the PDF takes too long. Print it to a new PDF, or split it."),
    /** The reading process ended without an answer, for example out of memory. */
    READER_FAILED("The PDF could not be read here. Print it to a new PDF and send that."),
    /** Others were being read all the time; the document itself may be fine. */
    BUSY("Too many documents are being read just now. Try again in a few minutes.");

    private final String advice;

    Reason(String advice) {
      this.advice = advice;
    }

    /** What the sender can do about it, in one or two sentences. */
    public String advice() {
      return advice;
    }
  }

  private final Reason reason;

  public UnreadablePdf(Reason reason) {
    this(reason, "");
  }

  /**
   * With what was seen, put after the advice.
   *
   * @param detail short and fit for a user, such as {@code "5,000 pages, at most 2,000"}; or empty
   */
  public UnreadablePdf(Reason reason, String detail) {
    super(detail.isEmpty() ? reason.advice() : reason.advice() + " (" + detail + ")");
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
