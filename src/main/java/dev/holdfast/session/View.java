package dev.holdfast.session;

import java.time.Instant;
import java.util.List;

/** The state that a command is decided on. */
public interface View {
  /** The session, listed or removed within its grace; null when there is none. */
  Session session(String id);

  /** The rows of an active session; null when it has ended. */
  Table table(String id);

  /** What is left of a purged session, or null. */
  Tombstone tombstone(String id);

  Document document(String id);

  /** That version of the question set, or null. */
  Table.Shape questionSet(String name, int version);

  /** The highest version of the question set; 0 when there is none. */
  int latestVersion(String name);

  /** Questions of all versions of all question sets together. */
  int questionsStored();

  /** Ids of at most {@code limit} sessions for a sweep to look at; some may be settled already. */
  Due due(Instant now, Policy policy, int limit);

  /**
   * What the clock has brought about.
   *
   * @param expired ended sessions past their expiry
   * @param pastGrace removed sessions whose rows are to go
   * @param silent external sessions that have not reported for too long
   * @param forgotten tombstones past their time
   */
  record Due(
      List<String> expired, List<String> pastGrace, List<String> silent, List<String> forgotten) {
    boolean isEmpty() {
      return expired.isEmpty() && pastGrace.isEmpty() && silent.isEmpty() && forgotten.isEmpty();
    }
  }
}
