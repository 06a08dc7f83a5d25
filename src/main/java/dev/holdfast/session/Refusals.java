package dev.holdfast.session;

import dev.holdfast.session.Decision.Refused;
import java.util.OptionalLong;

/** The refusals that several commands and queries share. */
final class Refusals {
  private Refusals() {}

  /** There is no such session: it never existed, or it is gone and the tombstone says why. */
  static Refused session(String id, Tombstone tombstone) {
    return tombstone == null
        ? new Refused(Refusal.NOT_FOUND, "No session ever had the id " + id + ".")
        : new Refused(Refusal.GONE, gone(tombstone));
  }

  private static String gone(Tombstone tombstone) {
    String how =
        tombstone.cause().equals("deleted")
            ? "was deleted by " + tombstone.by()
            : "expired and was removed";
    String why = tombstone.reason() == null ? "" : ", because: " + tombstone.reason();
    return "The session \u201c"
        + tombstone.title()
        + "\u201d "
        + how
        + " at "
        + tombstone.removedAt()
        + why
        + ".";
  }

  static Refused notBegun(int attempt) {
    return new Refused(
        Refusal.STALE_ATTEMPT, "Attempt " + attempt + " has not begun; stop reporting.");
  }

  static Refused removed(Session session) {
    return new Refused(
        Refusal.SESSION_REMOVED,
        "The session left the lists at "
            + session.removedAt()
            + "; it can be read for a while but not changed.");
  }

  /**
   * What somebody saw is not what they would overwrite.
   *
   * @param seen the revision that they have seen, if they say so
   * @param changedAt the revision at which that last changed
   * @return null when nothing has changed since
   */
  static Refused changedSince(OptionalLong seen, long changedAt, View view) {
    if (seen.isEmpty()) {
      return null;
    }
    if (seen.getAsLong() > view.revision()) {
      return new Refused(
          Refusal.CHANGED_SINCE,
          "Revision "
              + seen.getAsLong()
              + " is not of this journal, which stands at "
              + view.revision()
              + "; read again and decide anew.");
    }
    return changedAt <= seen.getAsLong()
        ? null
        : new Refused(
            Refusal.CHANGED_SINCE,
            "It changed at revision " + changedAt + "; read it again and decide anew.");
  }
}
