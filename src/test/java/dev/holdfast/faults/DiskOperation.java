package dev.holdfast.faults;

import java.nio.file.Path;

/** Something a process asked of its disk, successfully. */
sealed interface DiskOperation {

  /** When it was called and when it had returned, in microseconds since 1970. */
  record Span(long started, long ended) {}

  Span span();

  /** The file, by the name that it had then. */
  Path file();

  record Created(Span span, Path file) implements DiskOperation {}

  record MadeDirectory(Span span, Path file) implements DiskOperation {}

  record Written(Span span, Path file, long offset, byte[] bytes) implements DiskOperation {}

  /** Cut, or made longer with zeros. */
  record Resized(Span span, Path file, long size) implements DiskOperation {}

  /** What was written to the file, or which names a directory holds, has reached the disk. */
  record Synced(Span span, Path file) implements DiskOperation {}

  record Renamed(Span span, Path file, Path to) implements DiskOperation {}

  record Unlinked(Span span, Path file) implements DiskOperation {}
}
