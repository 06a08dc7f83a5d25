package dev.holdfast.bus;

import dev.holdfast.session.Refusal;

/** A command or query was refused, or no owner answered; nothing was changed. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Refusal reason;
  private final long revision;

  /**
   * @param detail what to do about it, for people
   * @param revision at which it was refused; 0 when no owner answered
   */
  public RefusedException(Refusal reason, String detail, long revision) {
    super(detail, null, false, false);
    this.reason = reason;
    this.revision = revision;
  }

  public Refusal reason() {
    return reason;
  }

  public long revision() {
    return revision;
  }
}
