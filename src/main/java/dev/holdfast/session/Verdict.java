package dev.holdfast.session;

import java.util.Locale;

/** What a person thinks of a row. */
public enum Verdict {
  /** The row is right. */
  ACCEPTED,
  /** The row is wrong or open; the person gives the answer. */
  CORRECTED,
  /** The row is wrong; the person gives no other answer. */
  REJECTED;

  /** The name in the API. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The verdict of that name.
   *
   * @throws IllegalArgumentException naming the three verdicts, for any other text
   */
  public static Verdict ofLabel(String label) {
    for (Verdict verdict : values()) {
      if (verdict.label().equals(label)) {
        return verdict;
      }
    }
    throw new IllegalArgumentException("verdict must be accepted, corrected or rejected");
  }
}
