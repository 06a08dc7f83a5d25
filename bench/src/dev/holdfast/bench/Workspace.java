package dev.holdfast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory on the disk of the project, where the data of one benchmark lies; deleted after. */
final class Workspace implements AutoCloseable {
  private final Path root;

  private Workspace(Path root) {
    this.root = root;
  }

  static Workspace create() throws IOException {
    Path parent = Files.createDirectories(Path.of("target", "bench"));
    return new Workspace(Files.createTempDirectory(parent, "run-"));
  }

  Path file(String name) {
    return root.resolve(name);
  }

  /** What the processes of the benchmark say. */
  Path log() {
    return file("log.txt");
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
