package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Does the same to many sessions in one step; those that cannot are refused singly.
 *
 * @param items with distinct sessions, at most {@link #ITEMS_MAX}
 * @param atRevision what the person saw: a session that changed later is refused
 * @param expectCount how many items the person expects; another number does nothing
 * @param dryRun only says what would happen
 */
public record Bulk(
    Action action,
    List<Item> items,
    String reason,
    OptionalLong atRevision,
    OptionalInt expectCount,
    boolean dryRun)
    implements Command<Bulk.Outcome> {
  public static final int ITEMS_MAX = 10_000;

  /** What is done to each session. */
  public enum Action {
    STOP,
    DELETE,
    /** Makes a new session in the way of {@link RetrySession}. */
    RETRY,
    PIN,
    /** Lets the retention of an ended session begin anew. */
    EXTEND;

    /**
     * The action of that name.
     *
     * @throws IllegalArgumentException naming the actions, for any other text
     */
    public static Action ofLabel(String label) {
      for (Action action : values()) {
        if (action.name().toLowerCase(Locale.ROOT).equals(label)) {
          return action;
        }
      }
      throw new IllegalArgumentException("action must be stop, delete, retry, pin or extend");
    }
  }

  /**
   * @param newId of the session that a retry makes; not used otherwise
   */
  public record Item(String sessionId, String newId) {}

  /**
   * How it went for each item, in their order.
   *
   * @param refusal null where it was done, or was as wanted already
   * @param createdId of the session that a retry made, or null
   */
  public record Result(String sessionId, Refusal refusal, String detail, String createdId) {}

  /** All results. */
  public record Outcome(List<Result> results) {}

  public Bulk {
    items = List.copyOf(items);
    Check.count("ids", items.size(), 0, ITEMS_MAX);
    Check.optionalText("reason", reason, REASON_MAX);
    if (items.stream().map(Item::sessionId).distinct().count() != items.size()) {
      throw new IllegalArgumentException("ids must be distinct");
    }
  }

  @Override
  public Decision decide(View view, Instant now, Policy policy) {
    if (expectCount.isPresent() && expectCount.getAsInt() != items.size()) {
      return new Refused(
          Refusal.COUNT_DIFFERS,
          "There are " + items.size() + " sessions, not " + expectCount.getAsInt() + ".");
    }
    List<Event> events = new ArrayList<>();
    List<Result> results = new ArrayList<>(items.size());
    for (Item item : items) {
      results.add(result(item, single(item, view, now, policy), view, now, policy, events));
    }
    return new Accepted(dryRun ? List.of() : events, new Outcome(List.copyOf(results)));
  }

  /** Items have distinct sessions, so that no decision depends on another one. */
  private Result result(
      Item item, Command<?> command, View view, Instant now, Policy policy, List<Event> events) {
    Decision decision = command.decide(view, now, policy);
    if (decision instanceof Refused refused) {
      return new Result(item.sessionId(), refused.reason(), refused.detail(), null);
    }
    events.addAll(((Accepted) decision).events());
    String created = action == Action.RETRY && !dryRun ? item.newId() : null;
    return new Result(item.sessionId(), null, null, created);
  }

  private Command<?> single(Item item, View view, Instant now, Policy policy) {
    String id = item.sessionId();
    return switch (action) {
      case STOP -> new StopSession(id, reason, atRevision);
      case DELETE -> new DeleteSession(id, false, reason, atRevision);
      case RETRY -> new RetrySession(id, item.newId(), reason, atRevision);
      case PIN -> PatchSession.pin(id, reason, atRevision);
      case EXTEND -> PatchSession.expireAt(id, anew(id, view, now, policy), reason, atRevision);
    };
  }

  private static Instant anew(String id, View view, Instant now, Policy policy) {
    Session session = view.session(id);
    return session == null || session.state().isActive()
        ? now
        : now.plus(policy.retention().of(session.state()));
  }

  /** Only the decision knows it; who repeats the command finds it under its key. */
  @Override
  public Outcome subject(View view) {
    return null;
  }
}
