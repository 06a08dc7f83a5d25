package dev.holdfast.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The names in one directory and how far the disk is sure of them. */
final class DiskDirectory {
  private final List<Change> changes = new ArrayList<>();
  private int durable;

  /** A name means that file from now on, or none when null. */
  private record Change(DiskOperation.Span span, Path name, DiskFile file) {}

  void change(DiskOperation.Span span, Path name, DiskFile file) {
    changes.add(new Change(span, name, file));
  }

  /** All that had been done before the sync was called. */
  void sync(DiskOperation.Span sync) {
    while (durable < changes.size() && changes.get(durable).span().ended() <= sync.started()) {
      durable++;
    }
  }

  /** A journalling file system loses the latest changes, never one in between. */
  Map<Path, DiskFile> afterLoss(Random random) {
    int survived = durable + random.nextInt(changes.size() - durable + 1);
    Map<Path, DiskFile> names = new LinkedHashMap<>();
    for (Change change : changes.subList(0, survived)) {
      if (change.file() == null) {
        names.remove(change.name());
      } else {
        names.put(change.name(), change.file());
      }
    }
    return names;
  }
}
