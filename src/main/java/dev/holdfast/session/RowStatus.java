package dev.holdfast.session;

import java.util.Locale;

/** What is known about one question. */
public enum RowStatus {
  /** Nobody has reported on the question yet. */
  PENDING,
  /** The document answers the question. */
  ANSWERED,
  /** The analyzer looked and the document does not answer the question. */
  NOT_FOUND;

  /** The name in the API and the journal. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
