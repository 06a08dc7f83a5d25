package dev.holdfast.session;

/**
 * A verbatim passage of the document.
 *
 * @param page 1-based
 * @param text as it stands on the page, up to white space; 1 to 4,000 characters
 */
public record Quote(int page, String text) {
  public static final int TEXT_MAX = 4_000;

  public Quote {
    Check.range("quotes.page", page, 1, Row.PAGE_MAX);
    Check.text("quotes.text", text, 1, TEXT_MAX);
  }
}
