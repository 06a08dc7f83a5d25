package dev.holdfast.verify;

/** What verify looks for. The sentence says what holds on a right server. */
public enum Check {
  LISTED("missing", "a known session is in the list"),
  ONCE("twice", "a session is listed once"),
  VIEWABLE("not-viewable", "what is listed has results"),
  FORWARD("went-back", "rows never shrink, and what has ended stays so"),
  OWN_WRITE("own-write", "who changed something sees it"),
  COUNTS("counts", "counts are those of the list"),
  REVISION("revision", "revisions never go back"),
  CHAIN("chain", "each frame of the stream continues the one before"),
  FOLD("fold", "the stream adds up to the state"),
  HISTORY("history", "the operations on a session have an order");

  private final String label;
  private final String sentence;

  Check(String label, String sentence) {
    this.label = label;
    this.sentence = sentence;
  }

  /** The stable name in the JSON report. */
  public String label() {
    return label;
  }

  public String sentence() {
    return sentence;
  }
}
