package dev.holdfast.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A journal in memory that keeps the rules of a real one and checks those of its writer. */
final class SimJournal {
  private static final Duration COMMANDS_KEPT = Duration.ofMinutes(2);

  private final List<Recorded> events = new ArrayList<>();
  private final List<Loaded.KeyDone> keys = new ArrayList<>();
  private final SimModel model = new SimModel();
  private int epoch;

  /** Whoever asks becomes the owner; earlier ones can append no more. */
  int takeOver() {
    return ++epoch;
  }

  /** Writes the batch; false when its owner has been replaced. */
  boolean append(int ownerEpoch, Batch batch) {
    if (ownerEpoch != epoch) {
      return false;
    }
    Laws.require(
        batch.previous() == events.size(),
        "a batch follows revision %d, the journal stands at %d",
        batch.previous(),
        events.size());
    for (Recorded recorded : batch.events()) {
      Laws.require(
          recorded.revision() == events.size() + 1,
          "revision %d is not the one after %d",
          recorded.revision(),
          events.size());
      Laws.require(
          events.isEmpty() || !recorded.at().isBefore(events.get(events.size() - 1).at()),
          "time falls at revision %d",
          recorded.revision());
      model.apply(recorded);
      events.add(recorded);
    }
    batch
        .keys()
        .forEach(
            (key, reply) ->
                keys.add(new Loaded.KeyDone(key, events.get(events.size() - 1).at(), reply)));
    return true;
  }

  long head() {
    return events.size();
  }

  SimModel model() {
    return model;
  }

  List<Recorded> events() {
    return events;
  }

  boolean has(String commandId) {
    return events.stream().anyMatch(recorded -> recorded.commandId().equals(commandId));
  }

  /** The state that the first events add up to, with the rows of ended sessions. */
  Book fold(long revision) {
    Book book = new Book();
    events.subList(0, (int) revision).forEach(book::apply);
    return book;
  }

  Loaded load(Instant now) {
    Map<String, Instant> commands = new LinkedHashMap<>();
    for (Recorded recorded : events) {
      if (recorded.at().isAfter(now.minus(COMMANDS_KEPT))) {
        commands.put(recorded.commandId(), recorded.at());
      }
    }
    List<Loaded.CommandDone> done = new ArrayList<>();
    commands.forEach((id, at) -> done.add(new Loaded.CommandDone(id, at)));
    Book book = fold(events.size());
    book.giveBack(0, id -> false);
    return new Loaded(book, done, List.copyOf(keys));
  }
}
