package dev.holdfast.session;

import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.Reply.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A question about the durable state; answering changes nothing.
 *
 * @param <A> the answer
 */
public sealed interface Query<A> {

  Reply<A> answer(Shown shown);

  /**
   * What the owner knows and may tell.
   *
   * @param book the durable state
   * @param log the latest steps to it
   * @param lastSweep what the last cleanup did, or null
   */
  record Shown(Book book, ChangeLog log, SweepReport lastSweep) {}

  private static <A> Reply<A> found(Book book, A value) {
    return new Done<>(book.revision(), false, value);
  }

  private static <A> Reply<A> missing(Book book, String sessionId) {
    Decision.Refused refused = Refusals.session(sessionId, book.tombstone(sessionId));
    return new Refused<>(book.revision(), refused.reason(), refused.detail());
  }

  /** One session, listed or within its grace. */
  record GetSession(String sessionId) implements Query<Session> {
    @Override
    public Reply<Session> answer(Shown shown) {
      Book book = shown.book();
      Session session = book.session(sessionId);
      return session == null ? missing(book, sessionId) : found(book, session);
    }
  }

  /**
   * A session with its rows, both as of one revision.
   *
   * @param table null in the owner's own answer where only the store has the rows
   */
  record Results(Session session, Table table) {
    /** The questions that the current attempt has to answer, in the order of the table. */
    public List<QuestionSet.Question> open() {
      return table.open(session);
    }
  }

  /** The table of one session. */
  record GetResults(String sessionId) implements Query<Results> {
    @Override
    public Reply<Results> answer(Shown shown) {
      Book book = shown.book();
      Session session = book.session(sessionId);
      return session == null
          ? missing(book, sessionId)
          : found(book, new Results(session, book.table(sessionId)));
    }
  }

  /**
   * A page of the list.
   *
   * @param counts of all listed sessions, whatever the filter
   * @param matching how many the filter lets through
   * @param next where the next page begins, or null at the end
   */
  record Page(Counts counts, int matching, List<Session> items, Sort.Position next) {
    /** The page out of one session more than fits, if there is more. */
    public static Page of(
        Counts counts, int matching, List<Session> oneMore, Sort sort, int limit) {
      boolean more = oneMore.size() > limit;
      List<Session> items = List.copyOf(more ? oneMore.subList(0, limit) : oneMore);
      return new Page(counts, matching, items, more ? sort.position(items.get(limit - 1)) : null);
    }
  }

  /**
   * The listed sessions.
   *
   * @param states none for all
   * @param creation who created them and when; anything but {@link Creation#ANY} only in an order
   *     of creation, in which alone the owner knows it
   * @param after the position of the last session seen, or null
   */
  record ListSessions(
      List<SessionState> states, Creation creation, Sort sort, int limit, Sort.Position after)
      implements Query<Page> {
    public ListSessions {
      if (!creation.isAny() && sort.field() != Sort.Field.CREATED_AT) {
        throw new IllegalArgumentException("only the store has this list by " + sort.label());
      }
    }

    @Override
    public Reply<Page> answer(Shown shown) {
      Book book = shown.book();
      List<SessionState> wanted = states.isEmpty() ? List.of(SessionState.values()) : states;
      int matching = book.count(wanted, creation);
      List<Session> oneMore =
          creation.isAny()
              ? book.list(wanted, sort, after, limit + 1)
              : book.list(wanted, creation, sort, after, limit + 1);
      return found(book, Page.of(book.counts(), matching, oneMore, sort, limit));
    }
  }

  /**
   * What a stream starts with.
   *
   * @param items the newest sessions and all active ones, newest first
   * @param results of the named sessions that can be viewed
   */
  record Snapshot(Counts counts, List<Session> items, List<Results> results) {}

  /** The newest {@code newest} sessions, all active ones and the tables of the named sessions. */
  record GetSnapshot(int newest, List<String> sessionIds) implements Query<Snapshot> {
    @Override
    public Reply<Snapshot> answer(Shown shown) {
      Book book = shown.book();
      List<Session> items =
          new ArrayList<>(
              book.list(List.of(SessionState.values()), Sort.NEWEST_FIRST, null, newest));
      long oldest = items.isEmpty() ? 0 : items.get(items.size() - 1).createdRevision();
      List<Session> active =
          book.list(
              List.of(SessionState.QUEUED, SessionState.RUNNING),
              Sort.NEWEST_FIRST,
              null,
              Integer.MAX_VALUE);
      active.removeIf(session -> session.createdRevision() >= oldest);
      items.addAll(active);
      List<Results> results = new ArrayList<>();
      for (String id : sessionIds) {
        if (book.session(id) != null) {
          results.add(new Results(book.session(id), book.table(id)));
        }
      }
      return found(book, new Snapshot(book.counts(), List.copyOf(items), List.copyOf(results)));
    }
  }

  /** Ids of sessions, in the order of their creation. */
  record Ids(List<String> items) {}

  /**
   * Which sessions are in those states and were created so.
   *
   * @param states none for all
   */
  record ListIds(List<SessionState> states, Creation creation, int limit) implements Query<Ids> {
    @Override
    public Reply<Ids> answer(Shown shown) {
      Book book = shown.book();
      List<SessionState> wanted = states.isEmpty() ? List.of(SessionState.values()) : states;
      List<Session> listed = book.list(wanted, creation, Sort.OLDEST_FIRST, null, limit);
      return found(book, new Ids(listed.stream().map(Session::id).toList()));
    }
  }

  /** One document. */
  record GetDocument(String documentId) implements Query<Document> {
    @Override
    public Reply<Document> answer(Shown shown) {
      Book book = shown.book();
      Document document = book.document(documentId);
      return document == null
          ? new Refused<>(
              book.revision(), Refusal.NOT_FOUND, "No document has the id " + documentId + ".")
          : found(book, document);
    }
  }

  /** Question sets, by name. */
  record QuestionSets(List<QuestionSet> items) {}

  /** The latest version of every question set. */
  record ListQuestionSets() implements Query<QuestionSets> {
    @Override
    public Reply<QuestionSets> answer(Shown shown) {
      Book book = shown.book();
      return found(book, new QuestionSets(book.questionSets()));
    }
  }

  /**
   * One question set.
   *
   * @param version 0 for the latest
   */
  record GetQuestionSet(String name, int version) implements Query<QuestionSet> {
    @Override
    public Reply<QuestionSet> answer(Shown shown) {
      Book book = shown.book();
      int wanted = version == 0 ? book.latestVersion(name) : version;
      Table.Shape shape = book.questionSet(name, wanted);
      return shape == null
          ? new Refused<>(
              book.revision(),
              Refusal.NOT_FOUND,
              "No question set " + name + (version == 0 ? "" : "@" + version) + " is stored.")
          : found(book, shape.questions());
    }
  }

  /** The revision of the durable state, to see whether an owner answers. */
  record GetRevision() implements Query<Counts> {
    @Override
    public Reply<Counts> answer(Shown shown) {
      Book book = shown.book();
      return found(book, book.counts());
    }
  }

  /** Who may do what; secrets are in it as digests only, which no API shows. */
  record GetAccounts() implements Query<Accounts> {
    @Override
    public Reply<Accounts> answer(Shown shown) {
      return found(shown.book(), shown.book().accounts());
    }
  }

  /** The user of that name; null when there is none. */
  record GetUser(String name) implements Query<User> {
    @Override
    public Reply<User> answer(Shown shown) {
      return found(shown.book(), shown.book().accounts().users().get(name));
    }
  }

  /**
   * What a credential allows; null when it is not valid.
   *
   * @param keyId of an API key, or null for a login
   * @param sha256 of the secret
   */
  record GetGrant(String keyId, String sha256, Instant now) implements Query<Grant> {
    @Override
    public Reply<Grant> answer(Shown shown) {
      Accounts accounts = shown.book().accounts();
      return found(
          shown.book(),
          keyId == null
              ? accounts.grantOfLogin(sha256, now)
              : accounts.grantOfKey(keyId, sha256, now));
    }
  }

  /** What the last cleanup did; null before the first one since the owner began. */
  record GetLastSweep() implements Query<SweepReport> {
    @Override
    public Reply<SweepReport> answer(Shown shown) {
      return found(shown.book(), shown.lastSweep());
    }
  }

  /**
   * Steps of the durable state, oldest first.
   *
   * @param complete false when the revision asked for is outside the window: take a snapshot then
   */
  record Changes(boolean complete, List<ChangeSet> steps) {}

  /** The steps after a revision, for whoever missed a publication. */
  record ChangesSince(long after) implements Query<Changes> {
    @Override
    public Reply<Changes> answer(Shown shown) {
      Book book = shown.book();
      List<ChangeSet> steps = shown.log().since(after);
      return found(book, new Changes(steps != null, steps == null ? List.of() : steps));
    }
  }
}
