package dev.holdfast.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Puts a backup in place. It may come from anywhere: nothing is where a server would find it before
 * all of it was checked, and what was written is removed when it is not a backup.
 */
public final class Restoration {
  private static final int BUFFER = 64 << 10;

  private final Path file;
  private final Path root;

  private Restoration(Path file, Path root) {
    this.file = file;
    this.root = root;
  }

  /**
   * @param root a data directory that does not exist or is empty
   * @throws StoreUnusable when the file is no backup, or a damaged one
   * @throws IllegalArgumentException when there is no such file, or the directory holds something
   * @throws IOException when the disk does not take it
   */
  public static void run(Path file, Path root) throws IOException, StoreUnusable {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("There is no file " + file + ".");
    }
    if (Files.exists(root) && !isEmptyDirectory(root)) {
      throw new IllegalArgumentException(
          root + " is not an empty directory; name another one with --data.");
    }
    new Restoration(file, root).run();
  }

  private static boolean isEmptyDirectory(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.findAny().isEmpty();
    }
  }

  private void run() throws IOException, StoreUnusable {
    try (ZipFile zip = open()) {
      List<? extends ZipEntry> entries = zip.stream().toList();
      requireNames(entries);
      boolean made = !Files.exists(root);
      Files.createDirectories(root);
      Path part = Files.createTempDirectory(root, "restoring-");
      try {
        requireSpace(entries);
        unpack(zip, entries, part);
        requireDatabase(part);
        moveIntoPlace(part);
      } finally {
        removeAll(part);
        if (made && isEmptyDirectory(root)) {
          Files.delete(root);
        }
      }
    }
  }

  private ZipFile open() throws IOException, StoreUnusable {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw refusal("it is no ZIP file, or cut off (" + e.getMessage() + ")", e);
    }
  }

  private StoreUnusable refusal(String why, Throwable cause) {
    return new StoreUnusable(
        file + " is not a whole backup of Holdfast: " + why + ". Nothing was restored.", cause);
  }

  /** Only what a backup consists of, each once, so that no entry can point elsewhere. */
  private void requireNames(List<? extends ZipEntry> entries) throws StoreUnusable {
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : entries) {
      String name = entry.getName();
      boolean known =
          name.equals(Backup.DATABASE) || name.matches(Backup.DOCUMENTS + "[0-9a-f]{64}\\.pdf");
      if (!known || !names.add(name)) {
        throw refusal("it holds " + name.replaceAll("\\p{Cntrl}", "?"), null);
      }
    }
    if (!names.contains(Backup.DATABASE)) {
      throw refusal("it holds no database", null);
    }
  }

  private void requireSpace(List<? extends ZipEntry> entries) throws IOException {
    long space = Files.getFileStore(root).getUsableSpace();
    for (ZipEntry entry : entries) {
      space -= entry.getSize();
      if (space < 0) {
        throw new IOException("There is not enough space for " + file + " on the disk of " + root);
      }
    }
  }

  private void unpack(ZipFile zip, List<? extends ZipEntry> entries, Path part)
      throws IOException, StoreUnusable {
    Files.createDirectory(part.resolve(Backup.DOCUMENTS));
    for (ZipEntry entry : entries) {
      Path target = part.resolve(entry.getName());
      String sha256 = unpack(zip, entry, target);
      if (!entry.getName().equals(Backup.DATABASE)
          && !target.getFileName().toString().equals(sha256 + ".pdf")) {
        throw refusal(entry.getName() + " has another content than its name says", null);
      }
      DataDirectory.sync(target, StandardOpenOption.WRITE);
    }
  }

  /** Writes no more than the entry says it has; its SHA-256. */
  private String unpack(ZipFile zip, ZipEntry entry, Path target)
      throws IOException, StoreUnusable {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
      long left = entry.getSize();
      for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
        left -= n;
        if (left < 0) {
          throw refusal(entry.getName() + " is larger than it says", null);
        }
        out.write(buffer, 0, n);
      }
      if (left > 0) {
        throw refusal(entry.getName() + " is cut off", null);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private int read(InputStream in, byte[] buffer) throws IOException, StoreUnusable {
    try {
      return in.read(buffer);
    } catch (ZipException | java.io.EOFException e) {
      throw refusal("it is damaged (" + e.getMessage() + ")", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** It is whole, of a version this one knows, and all its documents are here. */
  private void requireDatabase(Path part) throws StoreUnusable {
    try (Connection database = SqliteConnections.plain(part.resolve(Backup.DATABASE))) {
      String integrity = Sql.one(database, "PRAGMA integrity_check(1)", r -> r.getString(1));
      if (!"ok".equals(integrity)) {
        throw refusal("its database is damaged (" + integrity + ")", null);
      }
      SqliteConnections.requireNotNewer(database);
      JournalName.remove(database);
      List<String> documents = Sql.list(database, "SELECT id FROM document", r -> r.getString(1));
      for (String id : documents) {
        if (!Files.exists(part.resolve(Backup.DOCUMENTS + id + ".pdf"))) {
          throw refusal("document " + id + " is missing", null);
        }
      }
    } catch (SQLException e) {
      throw refusal("its database cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** The database last: without it a server finds nothing here. */
  private void moveIntoPlace(Path part) throws IOException {
    DataDirectory.sync(part.resolve(Backup.DOCUMENTS), StandardOpenOption.READ);
    for (String name : List.of(Backup.DOCUMENTS, Backup.DATABASE)) {
      Files.move(part.resolve(name), root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      DataDirectory.sync(root, StandardOpenOption.READ);
    }
  }

  private static void removeAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
