package dev.holdfast.session;

import dev.holdfast.session.Effect.Answer;
import dev.holdfast.session.Reply.Done;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides. One thread, no I/O: inputs are calls, outputs are the effects they return.
 *
 * <p>Commands are decided on the durable book plus the overlays of at most two batches: one is
 * being written while the next one fills. Queries see the book only. A batch that turns out durable
 * is merged first and answered then; one that was surely not written is dropped with everything
 * decided on top of it; after an unknown outcome everything is dropped and read again.
 */
public final class SessionOwner {
  /** The ticket of commands that nobody waits for. */
  public static final long NOBODY = 0;

  /**
   * @param commandsMax commands that wait for the journal, and answers held back for it
   * @param changesMax sessions and rows that are kept for who missed a publication
   * @param rememberedMax command ids, and likewise idempotency keys
   * @param rowsAtHandMax ended sessions whose rows are kept in memory
   */
  public record Limits(
      int commandsMax,
      int changesMax,
      int rememberedMax,
      int rowsAtHandMax,
      Duration commandsKept,
      Duration keysKept) {
    public static final Limits DEFAULT =
        new Limits(4_096, 50_000, 100_000, 64, Duration.ofMinutes(2), Duration.ofHours(24));
  }

  /** The steps of a cleanup follow each other at once; after so long its client is gone. */
  private static final Duration SWEEP_STEP_MAX = Duration.ofSeconds(10);

  private final Policy policy;
  private final Limits limits;
  private Book book;
  private Batch inFlight;
  private Batch filling;
  private long batches;
  private boolean reloading;
  private final ChangeLog log;
  private Repetitions repetitions;
  private final Parked parked = new Parked();
  private final Runs runs;
  private SweepReport lastSweep;

  public SessionOwner(Loaded loaded, Policy policy, Limits limits) {
    this.policy = policy;
    this.limits = limits;
    this.runs = new Runs(policy.analysesMax());
    this.log = new ChangeLog(loaded.book().revision(), limits.changesMax());
    adopt(loaded);
  }

  private void adopt(Loaded loaded) {
    book = loaded.book();
    inFlight = null;
    filling = new Batch(++batches, book.revision(), book);
    repetitions = new Repetitions(loaded, limits);
    runs.noneOnTheWay();
    log.restart(book.revision());
  }

  /** Takes over after a start: what was running has lost its run; what is queued can begin. */
  public List<Effect> start(Instant now) {
    runs.loseAll(book);
    return tick(now);
  }

  /** The durable state, for tests to compare. */
  Book book() {
    return book;
  }

  /** Answers from the durable state, at once. */
  public <A> Reply<A> query(Query<A> query) {
    return query.answer(new Query.Shown(book, log, lastSweep));
  }

  /** Decides the command; the answer comes with this call or with a later one, exactly once. */
  public List<Effect> submit(Envelope<?> envelope, long ticket, Instant now) {
    List<Effect> effects = new ArrayList<>();
    if (reloading) {
      effects.add(refuse(ticket, Refusal.OWNER_UNAVAILABLE, "The owner is reading its journal."));
    } else if (!repeated(envelope, ticket, effects)) {
      admit(envelope, ticket, now, effects);
    }
    send(effects);
    return effects;
  }

  /** True when the command, or another request with its key, was decided before. */
  private boolean repeated(Envelope<?> envelope, long ticket, List<Effect> effects) {
    if (envelope.key() != null && repeatedKey(envelope.key(), ticket, effects)) {
      return true;
    }
    if (repetitions.knowsCommand(envelope.commandId())) {
      Object subject = envelope.command().subject(book);
      effects.add(new Answer(ticket, new Done<>(book.revision(), true, subject)));
      return true;
    }
    Batch.Waiting pending = pendingCommand(envelope.commandId());
    if (pending != null) {
      pending.tickets.add(ticket);
      return true;
    }
    return false;
  }

  private boolean repeatedKey(Envelope.Key key, long ticket, List<Effect> effects) {
    Remembered.Entry known = repetitions.underKey(key.scope());
    if (known != null) {
      boolean same = known.fingerprint().equals(key.fingerprint());
      effects.add(same ? new Answer(ticket, known.reply()) : refuseKey(ticket));
      return true;
    }
    Batch.Waiting pending = pendingKey(key.scope());
    if (pending == null) {
      return false;
    }
    if (pending.envelope.key().fingerprint().equals(key.fingerprint())) {
      pending.tickets.add(ticket);
    } else {
      settle(refuseKey(ticket), effects);
    }
    return true;
  }

  private Batch.Waiting pendingCommand(String commandId) {
    Batch.Waiting pending = filling.command(commandId);
    return pending == null && inFlight != null ? inFlight.command(commandId) : pending;
  }

  private Batch.Waiting pendingKey(String scope) {
    Batch.Waiting pending = filling.keyed(scope);
    return pending == null && inFlight != null ? inFlight.keyed(scope) : pending;
  }

  private void admit(Envelope<?> envelope, long ticket, Instant now, List<Effect> effects) {
    if (now.isAfter(envelope.deadline())) {
      effects.add(refuse(ticket, Refusal.DEADLINE_PASSED, "The command came too late."));
    } else if (waiting() >= limits.commandsMax()) {
      effects.add(refuse(ticket, Refusal.OVERLOADED, "Too many commands wait; try again."));
    } else if (lacksRows(envelope.command().rowsNeeded())) {
      park(envelope, ticket, effects);
    } else {
      decide(envelope, ticket, now, effects);
    }
  }

  /** Commands that wait to be written or for rows, and answers that wait for a write. */
  private int waiting() {
    int heldForWritten = inFlight == null ? 0 : inFlight.held();
    return filling.size() + filling.held() + heldForWritten + parked.size();
  }

  private boolean lacksRows(String sessionId) {
    return sessionId != null
        && filling.view().session(sessionId) != null
        && filling.view().table(sessionId) == null;
  }

  private void park(Envelope<?> envelope, long ticket, List<Effect> effects) {
    String id = envelope.command().rowsNeeded();
    if (parked.add(id, envelope, ticket)) {
      effects.add(new Effect.FetchRows(id));
    }
  }

  /**
   * The rows that {@link Effect.FetchRows} asked for; rows of another revision are asked for again,
   * and rows that are at hand by now are left alone: their session may have become active.
   *
   * @param sessionRevision that the rows belong to; -1 when the store has no such session
   */
  public List<Effect> fetched(String sessionId, long sessionRevision, List<Row> rows, Instant now) {
    Session session = book.session(sessionId);
    if (session != null && session.revision() == sessionRevision && book.table(sessionId) == null) {
      QuestionSetRef set = session.questionSet();
      book.lend(sessionId, Table.empty(book.questionSet(set.name(), set.version())).with(rows));
    }
    List<Effect> effects = new ArrayList<>();
    for (Parked.Waiting command : parked.take(sessionId)) {
      effects.addAll(submit(command.envelope(), command.ticket(), now));
    }
    // why: a command that is refused makes no batch, after which rows are given back, too.
    book.giveBack(limits.rowsAtHandMax(), this::isTouched);
    return effects;
  }

  /** The store cannot read the rows. */
  public List<Effect> notFetched(String sessionId, String why) {
    List<Effect> effects = new ArrayList<>();
    for (Parked.Waiting command : parked.take(sessionId)) {
      effects.add(refuse(command.ticket(), Refusal.INTERNAL, why));
    }
    return effects;
  }

  private void decide(Envelope<?> envelope, long ticket, Instant now, List<Effect> effects) {
    Instant at = notBefore(now.truncatedTo(ChronoUnit.MILLIS));
    Decision decision = envelope.command().decide(filling.view(), at, policy);
    if (decision instanceof Decision.Refused refused) {
      settle(refuse(ticket, refused.reason(), refused.detail()), effects);
      return;
    }
    Decision.Accepted accepted = (Decision.Accepted) decision;
    List<Event> events = accepted.events();
    for (Event event : events) {
      filling.record(
          new Recorded(filling.revision() + 1, at, envelope.caller(), envelope.commandId(), event));
    }
    Object value =
        accepted.outcome() == null
            ? envelope.command().subject(filling.view())
            : accepted.outcome();
    Done<?> reply = new Done<>(filling.revision(), !events.isEmpty(), value);
    if (events.isEmpty() && envelope.key() == null) {
      noteSweep(reply);
      settle(new Answer(ticket, reply), effects);
    } else {
      filling.await(envelope, reply, ticket, at);
    }
  }

  private void noteSweep(Done<?> reply) {
    if (reply.value() instanceof SweepReport report && !report.dryRun()) {
      lastSweep = report;
    }
  }

  /** Time in the journal never falls, whatever the clock does. */
  private Instant notBefore(Instant now) {
    Instant latest = book.lastAt();
    for (Batch batch : pending()) {
      if (!batch.isEmpty()) {
        latest = batch.at();
      }
    }
    return now.isBefore(latest) ? latest : now;
  }

  private List<Batch> pending() {
    return inFlight == null ? List.of(filling) : List.of(inFlight, filling);
  }

  /** Gives an answer that adds nothing: held back while it may rest on what is not durable. */
  private void settle(Answer answer, List<Effect> effects) {
    if (!filling.isEmpty()) {
      filling.hold(answer);
    } else if (inFlight != null) {
      inFlight.hold(answer);
    } else {
      effects.add(answer);
    }
  }

  private void send(List<Effect> effects) {
    if (inFlight == null && !filling.isEmpty()) {
      inFlight = filling;
      filling = new Batch(++batches, inFlight.revision(), inFlight.view());
      effects.add(new Effect.Append(inFlight));
    }
  }

  private Answer refuse(long ticket, Refusal reason, String detail) {
    return new Answer(ticket, new Reply.Refused<>(book.revision(), reason, detail));
  }

  private Answer refuse(long ticket, String why) {
    return refuse(ticket, Refusal.OWNER_UNAVAILABLE, why);
  }

  private Answer refuseKey(long ticket) {
    return refuse(
        ticket,
        Refusal.KEY_REUSED,
        "The Idempotency-Key was used with another request; take a new one.");
  }

  /** The batch in flight is in the journal. */
  public List<Effect> durable(long number, Instant now) {
    Batch batch = landed(number);
    if (batch == null) {
      return List.of();
    }
    Merge merge = new Merge(book, batch);
    batch.events().forEach(book::apply);
    filling.view().rebase(book);
    List<Effect> effects = new ArrayList<>();
    if (!batch.events().isEmpty()) {
      ChangeSet step = merge.step();
      log.add(step);
      effects.add(new Effect.Publish(step));
    }
    effects.addAll(batch.answers());
    effects.addAll(merge.analyses());
    remember(batch);
    runs.arrived(batch.sessions().keySet());
    schedule(now, effects);
    send(effects);
    book.giveBack(limits.rowsAtHandMax(), this::isTouched);
    return effects;
  }

  /** Whether a batch under way has changed the session. */
  private boolean isTouched(String sessionId) {
    return pending().stream().anyMatch(batch -> batch.sessions().containsKey(sessionId));
  }

  private void remember(Batch batch) {
    repetitions.remember(batch);
    batch.commands().forEach(command -> noteSweep(command.reply));
  }

  private Batch landed(long number) {
    if (inFlight == null || inFlight.number() != number) {
      return null;
    }
    Batch batch = inFlight;
    inFlight = null;
    return batch;
  }

  /** The batch in flight was surely not written. */
  public List<Effect> failed(long number, String why) {
    Batch batch = landed(number);
    if (batch == null) {
      return List.of();
    }
    List<Effect> effects = new ArrayList<>();
    drop(batch, Refusal.JOURNAL_UNAVAILABLE, why, effects);
    drop(filling, Refusal.JOURNAL_UNAVAILABLE, why, effects);
    filling = new Batch(++batches, book.revision(), book);
    runs.noneOnTheWay();
    return effects;
  }

  private void drop(Batch batch, Refusal reason, String why, List<Effect> effects) {
    effects.addAll(batch.refusals(new Reply.Refused<>(book.revision(), reason, why)));
  }

  /** Nobody knows whether the batch in flight was written, or the owner met the impossible. */
  public List<Effect> unknown(String why) {
    List<Effect> effects = new ArrayList<>();
    if (!reloading) {
      reloading = true;
      pending().forEach(batch -> drop(batch, Refusal.OWNER_UNAVAILABLE, why, effects));
      for (Parked.Waiting command : parked.takeAll()) {
        effects.add(refuse(command.ticket(), why));
      }
      inFlight = null;
      filling = new Batch(++batches, book.revision(), book);
      effects.add(new Effect.Reload());
    }
    return effects;
  }

  /** What the journal holds, after {@link Effect.Reload}; runs go on if their workers do. */
  public List<Effect> reloaded(Loaded loaded, Instant now) {
    adopt(loaded);
    reloading = false;
    List<Effect> effects = new ArrayList<>();
    effects.add(
        new Effect.Publish(
            new ChangeSet(
                book.revision(), book.revision(), book.lastAt(), List.of(), book.counts())));
    for (Session session : runs.alive(book)) {
      effects.add(new Effect.StartAnalysis(session.id(), session.attempt()));
    }
    effects.addAll(tick(now));
    return effects;
  }

  /** Forgets what is old and begins what is due; wanted about once a second. */
  public List<Effect> tick(Instant now) {
    List<Effect> effects = new ArrayList<>();
    if (!reloading) {
      repetitions.forgetBefore(now);
      forgetSweeper(now);
      schedule(now, effects);
      send(effects);
    }
    return effects;
  }

  private void forgetSweeper(Instant now) {
    if (lastSweep != null
        && lastSweep.more()
        && lastSweep.at().plus(SWEEP_STEP_MAX).isBefore(now)) {
      lastSweep = lastSweep.brokenOff();
    }
  }

  private void schedule(Instant now, List<Effect> effects) {
    for (Runs.Due due : runs.due(book)) {
      submitOwn(due.command(), due.commandId(), now, effects);
      if (due.command() instanceof StartSession && pendingCommand(due.commandId()) != null) {
        runs.starting(due.sessionId());
      }
    }
  }

  private void submitOwn(Command<?> command, String id, Instant now, List<Effect> effects) {
    Envelope<?> envelope = new Envelope<>(id, Instant.MAX, Caller.SYSTEM, null, command);
    if (pendingCommand(id) == null) {
      admit(envelope, NOBODY, now, effects);
    }
  }
}
