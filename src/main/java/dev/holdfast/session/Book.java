package dev.holdfast.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The durable state: what the journal up to {@code revision} adds up to, and nothing else. Every
 * query is answered from here, so nothing that could still be lost is ever shown.
 */
public final class Book implements State {
  private long revision;
  private Instant lastAt = Instant.EPOCH;
  private final Map<String, Session> sessions = new HashMap<>();
  private final Map<String, Table> tables = new HashMap<>();
  private final Map<String, Session> removed = new LinkedHashMap<>();
  private final Map<String, Tombstone> tombstones = new LinkedHashMap<>();
  private final Map<String, DocumentUse> documents = new HashMap<>();
  private final Set<String> unused = new LinkedHashSet<>();
  private final Set<String> lent = new LinkedHashSet<>();
  private final Map<String, TreeMap<Integer, Table.Shape>> questionSets = new TreeMap<>();
  private Accounts accounts = Accounts.NONE;
  private int questionsStored;
  private int runningBuiltIn;
  private final SessionIndex index = new SessionIndex();

  /** The only way the book changes while the owner runs. */
  public void apply(Recorded recorded) {
    if (recorded.revision() != revision + 1 || recorded.at().isBefore(lastAt)) {
      throw new IllegalStateException(
          "event " + recorded.revision() + " cannot follow revision " + revision);
    }
    recorded.applyTo(this);
    revision = recorded.revision();
    lastAt = recorded.at();
  }

  /** Says where the journal stood whose projections were put into this book. */
  public void restored(long atRevision, Instant at) {
    revision = atRevision;
    lastAt = at;
  }

  @Override
  public void put(DocumentUse use) {
    String id = use.document().id();
    documents.put(id, use);
    unused.remove(id);
    if (use.sessions() == 0) {
      unused.add(id);
    }
  }

  @Override
  public void drop(String documentId) {
    documents.remove(documentId);
    unused.remove(documentId);
  }

  @Override
  public void put(Table.Shape shape) {
    QuestionSet set = shape.questions();
    questionSets.computeIfAbsent(set.name(), name -> new TreeMap<>()).put(set.version(), shape);
    questionsStored += set.questions().size();
  }

  @Override
  public void put(Accounts after) {
    accounts = after;
  }

  /** Fills an empty book with sessions, in any order. */
  public void restore(Collection<Session> stored) {
    for (Session session : stored) {
      sessions.put(session.id(), session);
      runningBuiltIn += runsBuiltIn(session);
    }
    index.addAll(stored);
    stored.stream()
        .filter(session -> session.removedAt() != null)
        .sorted(Comparator.comparingLong(Session::stateRevision))
        .forEach(session -> removed.put(session.id(), session));
  }

  @Override
  public void put(Session session) {
    Session former = sessions.put(session.id(), session);
    index.replace(former, session);
    runningBuiltIn += runsBuiltIn(session) - runsBuiltIn(former);
    if (session.removedAt() != null) {
      removed.put(session.id(), session);
    }
    if (session.state().isActive()) {
      lent.remove(session.id());
    }
  }

  @Override
  public void put(String sessionId, Table table) {
    tables.put(sessionId, table);
  }

  /** The rows stay at hand until there are too many of ended sessions. */
  @Override
  public void release(String sessionId) {
    if (tables.containsKey(sessionId)) {
      lent.add(sessionId);
    }
  }

  /** Takes the rows of an ended session from the store, for commands that need them. */
  void lend(String sessionId, Table table) {
    tables.put(sessionId, table);
    lent.add(sessionId);
  }

  /** Lets go of rows of ended sessions, the longest held first, until so many are left. */
  void giveBack(int left, Predicate<String> inUse) {
    if (lent.size() <= left) {
      return;
    }
    for (String id : List.copyOf(lent)) {
      if (lent.size() > left && !inUse.test(id)) {
        tables.remove(id);
        lent.remove(id);
      }
    }
  }

  @Override
  public void bury(Tombstone tombstone) {
    Session former = sessions.remove(tombstone.id());
    index.replace(former, null);
    tables.remove(tombstone.id());
    lent.remove(tombstone.id());
    removed.remove(tombstone.id());
    tombstones.put(tombstone.id(), tombstone);
  }

  @Override
  public void forget(String id) {
    tombstones.remove(id);
  }

  private static int runsBuiltIn(Session session) {
    return session != null
            && session.state() == SessionState.RUNNING
            && session.removedAt() == null
            && !session.isExternal()
        ? 1
        : 0;
  }

  @Override
  public Session session(String id) {
    return sessions.get(id);
  }

  @Override
  public Table table(String id) {
    return tables.get(id);
  }

  @Override
  public Tombstone tombstone(String id) {
    return tombstones.get(id);
  }

  @Override
  public DocumentUse documentUse(String id) {
    return documents.get(id);
  }

  @Override
  public Table.Shape questionSet(String name, int version) {
    TreeMap<Integer, Table.Shape> versions = questionSets.get(name);
    return versions == null ? null : versions.get(version);
  }

  @Override
  public int latestVersion(String name) {
    TreeMap<Integer, Table.Shape> versions = questionSets.get(name);
    return versions == null ? 0 : versions.lastKey();
  }

  @Override
  public int questionsStored() {
    return questionsStored;
  }

  @Override
  public Accounts accounts() {
    return accounts;
  }

  @Override
  public Due due(Instant now, Policy policy, int limit) {
    return new Due(
        silent(now.minus(policy.externalSilence()), limit),
        expired(now, limit),
        first(
            removed.values().stream(),
            session -> !session.removedAt().isAfter(now.minus(policy.grace())),
            Session::id,
            limit),
        first(
            unused.stream(),
            id -> documents.get(id).isIdleSince(now.minus(policy.documentIdle())),
            id -> id,
            limit),
        first(
            tombstones.values().stream(),
            tombstone -> tombstone.removedAt().isBefore(now.minus(policy.tombstones())),
            Tombstone::id,
            limit));
  }

  private List<String> expired(Instant now, int limit) {
    List<String> found = new ArrayList<>();
    for (SessionState state : SessionState.values()) {
      SortedSessions byExpiry = index.of(state, Sort.Field.EXPIRES_AT);
      for (int i = 0; i < byExpiry.size() && found.size() < limit; i++) {
        Session session = byExpiry.get(i);
        if (session.expiresAt() == null || session.expiresAt().isAfter(now)) {
          break;
        }
        if (!session.pinned()) {
          found.add(session.id());
        }
      }
    }
    return found;
  }

  private List<String> silent(Instant since, int limit) {
    List<Session> running = running();
    running.removeIf(session -> !session.isExternal() || !isSilent(session, since));
    return running.stream().limit(limit).map(Session::id).toList();
  }

  /** All running sessions, oldest first; the list is the caller's. */
  List<Session> running() {
    return list(List.of(SessionState.RUNNING), Sort.OLDEST_FIRST, null, Integer.MAX_VALUE);
  }

  /** Whether a running session has reported nothing since then; what was before a resume is old. */
  static boolean isSilent(Session session, Instant since) {
    Instant last = session.progress().lastAt();
    return session.startedAt().isBefore(since) && (last == null || last.isBefore(since));
  }

  /** What comes first in time is due first. */
  private static <T> List<String> first(
      Stream<T> oldestFirst, Predicate<T> due, Function<T, String> id, int limit) {
    return oldestFirst.takeWhile(due).limit(limit).map(id).toList();
  }

  /** Revision of the last event applied; 0 for an empty journal. */
  @Override
  public long revision() {
    return revision;
  }

  /** Time of the last event applied. */
  public Instant lastAt() {
    return lastAt;
  }

  public Counts counts() {
    return index.counts();
  }

  /** At most {@code limit} listed sessions of those states in that order, behind the position. */
  public List<Session> list(List<SessionState> states, Sort sort, Sort.Position after, int limit) {
    return index.list(states, sort, after, limit);
  }

  /** The same of those sessions alone, in an order of creation. */
  public List<Session> list(
      List<SessionState> states, Creation creation, Sort sort, Sort.Position after, int limit) {
    return index.list(states, creation, sort, after, limit);
  }

  /** How many listed sessions are in those states and were created so. */
  public int count(List<SessionState> states, Creation creation) {
    return index.count(states, creation);
  }

  public int count(SessionState state) {
    return index.count(state);
  }

  /** Running sessions of built-in analyzers. */
  int runningBuiltIn() {
    return runningBuiltIn;
  }

  /** The latest version of every question set, by name. */
  public List<QuestionSet> questionSets() {
    return questionSets.values().stream().map(v -> v.lastEntry().getValue().questions()).toList();
  }

  /** All sessions, removed ones too, in the order of their creation. */
  public List<Session> everySession() {
    List<Session> all = new ArrayList<>(sessions.values());
    all.sort(Sort.Field.CREATED_AT.ascending());
    return all;
  }

  /** All stored documents, in no order. */
  public Collection<DocumentUse> everyDocument() {
    return List.copyOf(documents.values());
  }

  /** All tombstones, oldest first. */
  public List<Tombstone> everyTombstone() {
    return List.copyOf(tombstones.values());
  }
}
