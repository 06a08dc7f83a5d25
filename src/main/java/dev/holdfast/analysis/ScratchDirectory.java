package dev.holdfast.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A flat directory of temporary files that goes when the child that used it has gone. */
record ScratchDirectory(Path path) {

  static ScratchDirectory create() throws IOException {
    return new ScratchDirectory(Files.createTempDirectory("holdfast-pdf-"));
  }

  /** Best effort: what cannot be deleted is left to the operating system's own cleaning. */
  void delete() {
    for (Path file : files()) {
      deleteQuietly(file);
    }
    deleteQuietly(path);
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(path)) {
      return files.toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
