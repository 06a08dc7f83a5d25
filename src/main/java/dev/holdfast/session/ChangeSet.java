package dev.holdfast.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step of the durable state from one revision to a later one.
 *
 * @param previous the revision that it starts from
 * @param changes one for each session that changed, in the order in which they were first touched
 * @param counts as of {@code revision}
 */
public record ChangeSet(
    long previous, long revision, Instant at, List<Change> changes, Counts counts) {

  /** How much it holds: sessions and rows. */
  int size() {
    int size = 1;
    for (Change change : changes) {
      size += 1 + change.rows().size();
    }
    return size;
  }

  /** Several steps, each from where the one before ends, as one. */
  public static ChangeSet merge(List<ChangeSet> steps) {
    if (steps.size() == 1) {
      return steps.get(0);
    }
    Map<String, Change> latest = new LinkedHashMap<>();
    Map<String, Map<String, Row>> rows = new LinkedHashMap<>();
    for (ChangeSet step : steps) {
      for (Change change : step.changes()) {
        latest.put(change.sessionId(), change);
        Map<String, Row> known =
            rows.computeIfAbsent(change.sessionId(), id -> new LinkedHashMap<>());
        change.rows().forEach(row -> known.put(row.questionId(), row));
      }
    }
    List<Change> merged = new ArrayList<>(latest.size());
    latest.forEach(
        (id, change) ->
            merged.add(
                new Change(
                    id, change.session(), change.cause(), List.copyOf(rows.get(id).values()))));
    ChangeSet last = steps.get(steps.size() - 1);
    return new ChangeSet(
        steps.get(0).previous(), last.revision(), last.at(), List.copyOf(merged), last.counts());
  }
}
