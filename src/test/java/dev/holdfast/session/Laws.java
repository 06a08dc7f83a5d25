package dev.holdfast.session;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must hold whatever happens. */
final class Laws {
  private static final List<SessionState> ALL = List.of(SessionState.values());

  private Laws() {}

  static void require(boolean holds, String law, Object... details) {
    if (!holds) {
      throw new AssertionError(String.format(Locale.ROOT, law, details));
    }
  }

  /** The two books say the same about everything. */
  static void sameState(Book shown, Book folded) {
    require(
        shown.revision() == folded.revision(),
        "shown is revision %d, durable is %d",
        shown.revision(),
        folded.revision());
    require(
        shown.everySession().equals(folded.everySession()),
        "sessions differ at revision %d: %s is not %s",
        shown.revision(),
        shown.everySession(),
        folded.everySession());
    require(
        shown.everyTombstone().equals(folded.everyTombstone()),
        "tombstones differ at revision %d",
        shown.revision());
    require(
        shown.accounts().equals(folded.accounts()),
        "accounts differ at revision %d",
        shown.revision());
    for (Session session : shown.everySession()) {
      Table held = shown.table(session.id());
      boolean active = session.state().isActive() && session.removedAt() == null;
      require(
          held == null ? !active : held.equals(folded.table(session.id())),
          "rows of %s differ at revision %d",
          session.id(),
          shown.revision());
    }
    require(
        Set.copyOf(shown.everyDocument()).equals(Set.copyOf(folded.everyDocument())),
        "documents differ at revision %d",
        shown.revision());
    documentsAddUp(shown);
    require(shown.counts().equals(folded.counts()), "counts differ");
  }

  /** No document is purged while a session needs it, and each knows how many do. */
  private static void documentsAddUp(Book book) {
    for (Session session : book.everySession()) {
      require(
          session.document() == null || book.document(session.document().id()) != null,
          "%s has lost its document",
          session.id());
    }
    for (DocumentUse use : book.everyDocument()) {
      long sessions =
          book.everySession().stream().filter(s -> use.document().equals(s.document())).count();
      require(use.sessions() == sessions, "%d sessions need %s", sessions, use);
      require((use.idleSince() == null) == (sessions > 0), "%s is not idle", use);
    }
  }

  /** Every listed session is in the list of its state, in no other, in every order. */
  static void listsAddUp(Book book) {
    Counts counts = book.counts();
    int sum =
        counts.queued()
            + counts.running()
            + counts.completed()
            + counts.partial()
            + counts.failed();
    require(sum == counts.total(), "counts do not add up: %s", counts);
    long listable =
        book.everySession().stream().filter(session -> session.removedAt() == null).count();
    for (Sort.Field field : Sort.Field.values()) {
      Set<String> listed = new HashSet<>();
      for (SessionState state : ALL) {
        Sort sort = new Sort(field, false);
        for (Session session : book.list(List.of(state), sort, null, Integer.MAX_VALUE - 1)) {
          require(
              session.state() == state && session.removedAt() == null,
              "a session is in the list of %s but is not",
              state);
          require(
              listed.add(session.id()) && book.session(session.id()) == session,
              "the lists by %s do not hold every session once",
              field.label());
        }
      }
      require(
          listed.size() == counts.total() && listed.size() == listable,
          "the lists by %s do not hold every session once",
          field.label());
    }
    creationsAddUp(book);
  }

  /** Who created them and when lets through the same as a look at each of them. */
  private static void creationsAddUp(Book book) {
    List<Session> listed =
        book.everySession().stream().filter(session -> session.removedAt() == null).toList();
    Set<String> creators =
        listed.stream().map(Session::createdBy).collect(Collectors.toCollection(TreeSet::new));
    creators.add("nobody");
    Instant middle = listed.isEmpty() ? null : listed.get(listed.size() / 2).createdAt();
    for (String by : creators) {
      for (Creation creation :
          List.of(
              new Creation(by, null, null),
              new Creation(by, middle, null),
              new Creation(null, null, middle))) {
        List<Session> fitting = listed.stream().filter(creation::fits).toList();
        require(
            book.count(ALL, creation) == fitting.size()
                && book.list(ALL, creation, Sort.OLDEST_FIRST, null, Integer.MAX_VALUE)
                    .equals(fitting),
            "the list of %s is not what a look at each session gives",
            creation);
      }
    }
  }
}
