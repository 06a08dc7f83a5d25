package dev.holdfast.session;

import java.time.Instant;
import java.util.List;

/** The state that a command is decided on. */
public interface View {
  /** The durable revision: nobody outside can have seen a later one. */
  long revision();

  /** The session, listed or removed within its grace; null when there is none. */
  Session session(String id);

  /** The rows of a session: of an active one always, of an ended one while they are at hand. */
  Table table(String id);

  /** What is left of a purged session, or null. */
  Tombstone tombstone(String id);

  /** The stored document, or null. */
  DocumentUse documentUse(String id);

  /** Like {@link #documentUse}, without who needs it. */
  default Document document(String id) {
    DocumentUse use = documentUse(id);
    return use == null ? null : use.document();
  }

  /** That version of the question set, or null. */
  Table.Shape questionSet(String name, int version);

  /** The highest version of the question set; 0 when there is none. */
  int latestVersion(String name);

  /** Questions of all versions of all question sets together. */
  int questionsStored();

  /** Who may do what. */
  Accounts accounts();

  /** At most {@code limit} of each kind for a sweep to look at; some may be settled already. */
  Due due(Instant now, Policy policy, int limit);

  /**
   * What the clock has brought about, as ids.
   *
   * @param silent external sessions that have not reported for too long
   * @param expired ended sessions past their expiry
   * @param pastGrace removed sessions whose rows are to go
   * @param documents that no session has needed for long enough
   * @param forgotten tombstones past their time
   */
  record Due(
      List<String> silent,
      List<String> expired,
      List<String> pastGrace,
      List<String> documents,
      List<String> forgotten) {
    boolean isEmpty() {
      return silent.isEmpty()
          && expired.isEmpty()
          && pastGrace.isEmpty()
          && documents.isEmpty()
          && forgotten.isEmpty();
    }
  }
}
