package dev.holdfast.faults;

import dev.holdfast.faults.DiskOperation.Created;
import dev.holdfast.faults.DiskOperation.MadeDirectory;
import dev.holdfast.faults.DiskOperation.Renamed;
import dev.holdfast.faults.DiskOperation.Resized;
import dev.holdfast.faults.DiskOperation.Synced;
import dev.holdfast.faults.DiskOperation.Unlinked;
import dev.holdfast.faults.DiskOperation.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk as a loss of power may leave it. Of a file there is what was written before its last
 * completed sync; of what was written later, any part: in any order, and torn at sectors. The names
 * in a directory changed in order, at least up to its last completed sync.
 */
final class CrashedDisk {
  private final Path root;
  private final Map<Path, DiskFile> names = new HashMap<>();
  private final Map<Path, DiskDirectory> directories = new HashMap<>();

  private CrashedDisk(Path root) {
    this.root = root;
    directories.put(root, new DiskDirectory());
  }

  /** The disk when the power is lost just before the operation of that index is called. */
  static CrashedDisk before(int cut, List<DiskOperation> operations, Path root) {
    CrashedDisk disk = new CrashedDisk(root);
    long at = moment(cut, operations);
    for (DiskOperation operation : operations.subList(0, cut)) {
      disk.take(operation, at);
    }
    return disk;
  }

  /** When that is, in microseconds since 1970. */
  static long moment(int cut, List<DiskOperation> operations) {
    return cut == operations.size() ? Long.MAX_VALUE : operations.get(cut).span().started();
  }

  private void take(DiskOperation operation, long at) {
    if (operation instanceof Written || operation instanceof Resized) {
      file(operation).change(operation);
    } else if (operation instanceof Synced) {
      if (operation.span().ended() <= at) {
        sync(operation);
      }
    } else if (operation instanceof Created) {
      create(operation);
    } else if (operation instanceof MadeDirectory) {
      directories.put(operation.file(), new DiskDirectory());
      link(operation.span(), operation.file(), new DiskFile());
    } else if (operation instanceof Unlinked) {
      forget(operation.span(), operation.file());
    } else if (operation instanceof Renamed renamed) {
      rename(renamed);
    }
  }

  /** A descriptor may have been opened before the file is first seen here. */
  private DiskFile file(DiskOperation operation) {
    create(operation);
    return names.get(operation.file());
  }

  private void create(DiskOperation operation) {
    if (!names.containsKey(operation.file())) {
      link(operation.span(), operation.file(), new DiskFile());
    }
  }

  private void sync(DiskOperation synced) {
    DiskFile file = names.get(synced.file());
    if (file != null) {
      file.sync(synced.span());
    }
    DiskDirectory directory = directories.get(synced.file());
    if (directory != null) {
      directory.sync(synced.span());
    }
  }

  private void rename(Renamed renamed) {
    DiskFile file = names.get(renamed.file());
    forget(renamed.span(), renamed.file());
    link(renamed.span(), renamed.to(), file);
  }

  private void link(DiskOperation.Span span, Path name, DiskFile file) {
    names.put(name, file);
    directory(name).change(span, name, file);
  }

  private void forget(DiskOperation.Span span, Path name) {
    names.remove(name);
    directory(name).change(span, name, null);
  }

  private DiskDirectory directory(Path name) {
    return directories.get(name.getParent());
  }

  /** All files as they are when nothing is lost. */
  Map<Path, byte[]> whole() {
    Map<Path, byte[]> files = new HashMap<>();
    names.forEach(
        (name, file) -> {
          if (!directories.containsKey(name)) {
            files.put(name, file.whole());
          }
        });
    return files;
  }

  /** Writes one of the states that the files may be in to a directory of the same shape. */
  void writeTo(Path image, Random random) throws IOException {
    double kept = random.nextDouble();
    write(root, image, random, kept);
  }

  /** What lies below a name that was lost is lost with it. */
  private void write(Path directory, Path to, Random random, double kept) throws IOException {
    for (Map.Entry<Path, DiskFile> entry :
        directories.get(directory).afterLoss(random).entrySet()) {
      Path target = to.resolve(entry.getKey().getFileName());
      if (directories.containsKey(entry.getKey())) {
        Files.createDirectory(target);
        write(entry.getKey(), target, random, kept);
      } else {
        Files.write(target, entry.getValue().afterLoss(random, kept));
      }
    }
  }
}
