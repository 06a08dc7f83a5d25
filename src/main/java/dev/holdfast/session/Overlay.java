package dev.holdfast.session;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a batch that is not durable yet would change: commands are decided on it, no query sees it.
 */
final class Overlay implements State {
  private View below;
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final Map<String, Table> tables = new HashMap<>();
  private final Map<String, Tombstone> tombstones = new LinkedHashMap<>();
  private final Map<String, DocumentUse> documents = new LinkedHashMap<>();
  private final Map<String, Map<Integer, Table.Shape>> questionSets = new HashMap<>();
  private Accounts accounts;
  private int questionsAdded;

  Overlay(View below) {
    this.below = below;
  }

  /** Goes on from another view, which agrees with the former one on everything. */
  void rebase(View view) {
    below = view;
  }

  @Override
  public void put(DocumentUse use) {
    documents.put(use.document().id(), use);
  }

  @Override
  public void drop(String documentId) {
    documents.put(documentId, null);
  }

  @Override
  public void put(Table.Shape shape) {
    QuestionSet set = shape.questions();
    questionSets.computeIfAbsent(set.name(), name -> new HashMap<>()).put(set.version(), shape);
    questionsAdded += set.questions().size();
  }

  @Override
  public void put(Accounts after) {
    accounts = after;
  }

  @Override
  public void put(Session session) {
    sessions.put(session.id(), session);
  }

  @Override
  public void put(String sessionId, Table table) {
    tables.put(sessionId, table);
  }

  /** The rows stay at hand: commands may be decided on them before the batch is merged. */
  @Override
  public void release(String sessionId) {
    // Nothing is held here for longer than the batch takes.
  }

  @Override
  public void bury(Tombstone tombstone) {
    sessions.put(tombstone.id(), null);
    tables.put(tombstone.id(), null);
    tombstones.put(tombstone.id(), tombstone);
  }

  @Override
  public void forget(String id) {
    tombstones.put(id, null);
  }

  @Override
  public long revision() {
    return below.revision();
  }

  @Override
  public Session session(String id) {
    return sessions.containsKey(id) ? sessions.get(id) : below.session(id);
  }

  @Override
  public Table table(String id) {
    return tables.containsKey(id) ? tables.get(id) : below.table(id);
  }

  @Override
  public Tombstone tombstone(String id) {
    return tombstones.containsKey(id) ? tombstones.get(id) : below.tombstone(id);
  }

  @Override
  public DocumentUse documentUse(String id) {
    return documents.containsKey(id) ? documents.get(id) : below.documentUse(id);
  }

  @Override
  public Table.Shape questionSet(String name, int version) {
    Table.Shape shape = questionSets.getOrDefault(name, Map.of()).get(version);
    return shape == null ? below.questionSet(name, version) : shape;
  }

  @Override
  public int latestVersion(String name) {
    int latest = below.latestVersion(name);
    for (int version : questionSets.getOrDefault(name, Map.of()).keySet()) {
      latest = Math.max(latest, version);
    }
    return latest;
  }

  @Override
  public int questionsStored() {
    return below.questionsStored() + questionsAdded;
  }

  @Override
  public Accounts accounts() {
    return accounts == null ? below.accounts() : accounts;
  }

  /**
   * What the durable state has due; deciding looks at each again, so settled ones do no harm. There
   * is room for as many as this batch may settle: else a sweep would find nothing but those, and
   * say that nothing is left.
   */
  @Override
  public Due due(Instant now, Policy policy, int limit) {
    long settled = (long) sessions.size() + documents.size() + tombstones.size();
    return below.due(now, policy, (int) Math.min(Integer.MAX_VALUE, limit + settled));
  }

  /** The touched sessions as this batch leaves them; a null value is a purged one. */
  Map<String, Session> sessions() {
    return sessions;
  }

  /** The touched documents as this batch leaves them; a null value is a purged one. */
  Map<String, DocumentUse> documents() {
    return documents;
  }

  /** The touched tombstones; a null value is a forgotten one. */
  Map<String, Tombstone> tombstones() {
    return tombstones;
  }
}
