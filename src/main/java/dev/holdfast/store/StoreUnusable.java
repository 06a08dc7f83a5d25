package dev.holdfast.store;

/** What is stored cannot be used by this version; the message says what to do. */
public final class StoreUnusable extends Exception {
  private static final long serialVersionUID = 1L;

  StoreUnusable(String message, Throwable cause) {
    super(message, cause);
  }

  static StoreUnusable newer() {
    return new StoreUnusable(
        "The store was written by a newer Holdfast. Start that version; this one changed nothing.",
        null);
  }

  static StoreUnusable older() {
    return new StoreUnusable(
        "The store was written by an older Holdfast. Start this version on it once: it brings the"
            + " store up to date.",
        null);
  }

  static StoreUnusable corrupt(Object place, Throwable cause) {
    return new StoreUnusable(
        place
            + " is damaged or not a database of Holdfast ("
            + cause.getMessage()
            + "). Nothing was changed. Move it away and restore a backup; docs/OPERATIONS.md says"
            + " how.",
        cause);
  }
}
