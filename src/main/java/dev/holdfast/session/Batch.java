package dev.holdfast.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The changes of one transaction, and who waits for it. */
public final class Batch {
  private final long number;
  private final long previous;
  private final Accounts accountsBefore;
  private final Overlay overlay;
  private final List<Recorded> events = new ArrayList<>();
  private final List<Session> after = new ArrayList<>();
  private final Map<String, Map<String, Row>> rows = new LinkedHashMap<>();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Map<String, Waiting> keyed = new LinkedHashMap<>();
  private final List<Effect.Answer> heldRefusals = new ArrayList<>();
  private Instant at;

  /** A command that is decided and answered as soon as the batch is durable. */
  static final class Waiting {
    final Envelope<?> envelope;
    final Reply.Done<?> reply;
    final List<Long> tickets = new ArrayList<>();

    Waiting(Envelope<?> envelope, Reply.Done<?> reply) {
      this.envelope = envelope;
      this.reply = reply;
    }
  }

  Batch(long number, long previous, View below) {
    this.number = number;
    this.previous = previous;
    this.accountsBefore = below.accounts();
    this.overlay = new Overlay(below);
  }

  public long number() {
    return number;
  }

  /** The revision that the journal must stand at for this batch to follow. */
  public long previous() {
    return previous;
  }

  public long revision() {
    return previous + events.size();
  }

  /** When the last of it was decided; null before the first. */
  public Instant at() {
    return at;
  }

  /**
   * In order, with contiguous revisions from {@code previous() + 1}; none when all that is to be
   * kept are replies under a key.
   */
  public List<Recorded> events() {
    return events;
  }

  /** The touched sessions as the batch leaves them, by id; a null value is a purged one. */
  public Map<String, Session> sessions() {
    return overlay.sessions();
  }

  /** The session of each event as that event left it; null where it has none or is purged. */
  public List<Session> after() {
    return after;
  }

  /** The reported and reviewed rows as the batch leaves them, by session and question. */
  public Map<String, Map<String, Row>> rows() {
    return rows;
  }

  /** The touched documents as the batch leaves them, by id; a null value is a purged one. */
  public Map<String, DocumentUse> documents() {
    return overlay.documents();
  }

  /** The touched tombstones, by session id; a null value is a forgotten one. */
  public Map<String, Tombstone> tombstones() {
    return overlay.tombstones();
  }

  /** Who might do what before the batch. */
  public Accounts accountsBefore() {
    return accountsBefore;
  }

  /** Who may do what after it. */
  public Accounts accounts() {
    return overlay.accounts();
  }

  /** The requests with an idempotency key, with the reply to give to their repetitions. */
  public Map<Envelope.Key, Reply.Done<?>> keys() {
    Map<Envelope.Key, Reply.Done<?>> keys = new LinkedHashMap<>();
    keyed.values().forEach(command -> keys.put(command.envelope.key(), command.reply));
    return keys;
  }

  int size() {
    return waiting.size();
  }

  boolean isEmpty() {
    return events.isEmpty() && keyed.isEmpty();
  }

  Overlay view() {
    return overlay;
  }

  void record(Recorded recorded) {
    at = recorded.at();
    events.add(recorded);
    recorded.applyTo(overlay);
    Event event = recorded.event();
    after.add(event.sessionId() == null ? null : overlay.session(event.sessionId()));
    event.questionIds().forEach(question -> touched(event.sessionId(), question));
  }

  private void touched(String sessionId, String questionId) {
    rows.computeIfAbsent(sessionId, id -> new LinkedHashMap<>())
        .put(questionId, overlay.table(sessionId).row(questionId));
  }

  void await(Envelope<?> envelope, Reply.Done<?> reply, long ticket, Instant decided) {
    at = decided;
    Waiting command = new Waiting(envelope, reply);
    command.tickets.add(ticket);
    waiting.put(envelope.commandId(), command);
    if (envelope.key() != null) {
      keyed.put(envelope.key().scope(), command);
    }
  }

  /** Answers that rest on this batch without adding to it. */
  void hold(Effect.Answer answer) {
    heldRefusals.add(answer);
  }

  /** How many answers are held back. */
  int held() {
    return heldRefusals.size();
  }

  /** The command of that id in this batch, or null. */
  Waiting command(String commandId) {
    return waiting.get(commandId);
  }

  /** The command with that key in this batch, or null. */
  Waiting keyed(String scope) {
    return keyed.get(scope);
  }

  Iterable<Waiting> commands() {
    return waiting.values();
  }

  /** Everybody's answer, now that the batch is durable. */
  List<Effect> answers() {
    List<Effect> answers = new ArrayList<>();
    for (Waiting command : waiting.values()) {
      command.tickets.forEach(t -> answers.add(new Effect.Answer(t, command.reply)));
    }
    answers.addAll(heldRefusals);
    return answers;
  }

  /** The same refusal for everybody who waits. */
  List<Effect> refusals(Reply<?> refusal) {
    List<Effect> answers = new ArrayList<>();
    for (Effect effect : answers()) {
      answers.add(new Effect.Answer(((Effect.Answer) effect).ticket(), refusal));
    }
    return answers;
  }
}
