package dev.holdfast.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;

/** The files of an embedded store, held by one process at a time. */
final class DataDirectory implements AutoCloseable {
  private final Layout layout;
  private final FileChannel lockFile;
  private final FileLock lock;

  /** Where things are. */
  record Layout(Path root) {
    Path database() {
      return root.resolve("holdfast.db");
    }

    Path documents() {
      return root.resolve("documents");
    }

    Path document(String id) {
      return documents().resolve(id + ".pdf");
    }
  }

  private DataDirectory(Layout layout, FileChannel lockFile, FileLock lock) {
    this.layout = layout;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Creates the directory where needed and takes its lock.
   *
   * @throws StoreInUse when another process holds it; nothing was changed then
   */
  static DataDirectory take(Path root) throws IOException {
    Layout layout = new Layout(root);
    Files.createDirectories(layout.documents());
    FileChannel lockFile =
        FileChannel.open(
            root.resolve("holdfast.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = tryLock(lockFile);
    if (lock == null) {
      lockFile.close();
      throw new StoreInUse(root);
    }
    DataDirectory directory = new DataDirectory(layout, lockFile, lock);
    directory.emptyUploads();
    return directory;
  }

  private static FileLock tryLock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Uploads that a crash cut short are of no use to anybody. */
  private void emptyUploads() throws IOException {
    Files.createDirectories(uploads());
    try (Stream<Path> left = Files.list(uploads())) {
      left.forEach(DataDirectory::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path database() {
    return layout.database();
  }

  Path uploads() {
    return layout.root().resolve("uploads");
  }

  Path document(String id) {
    return layout.document(id);
  }

  /** Moves an upload to its place, durably: content first, then the name. */
  void keep(Path uploaded, String id) throws IOException {
    sync(uploaded, StandardOpenOption.WRITE);
    Files.move(uploaded, document(id), StandardCopyOption.ATOMIC_MOVE);
    sync(document(id).getParent(), StandardOpenOption.READ);
  }

  /** Removes the file of a document, if there is one. */
  void drop(String id) throws IOException {
    Files.deleteIfExists(document(id));
  }

  /** Removes the files of documents that are not among the known ones. */
  void keepOnly(Set<String> known) throws IOException {
    try (Stream<Path> files = Files.list(layout.documents())) {
      files
          .filter(file -> !known.contains(file.getFileName().toString().replace(".pdf", "")))
          .forEach(DataDirectory::delete);
    }
  }

  /** Makes durable what was written to a file, or the names in a directory. */
  static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockFile.close();
  }
}
