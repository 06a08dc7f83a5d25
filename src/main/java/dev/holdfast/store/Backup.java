package dev.holdfast.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A copy of an embedded store in one ZIP file, which holds a data directory: the database as of one
 * moment, with no name of its own for its journal, and the documents.
 */
public final class Backup {
  private static final String DATABASE = "holdfast.db";
  private static final String DOCUMENTS = "documents/";

  private Backup() {}

  /**
   * Copies the store while a server may run on it.
   *
   * @param root the data directory
   * @param file must not exist yet
   * @return documents that are in the copy
   * @throws StoreUnusable when there is no store of this version, or it is damaged
   */
  public static int write(Path root, Path file)
      throws IOException, SQLException, StoreUnusable, Store.Unavailable {
    if (Files.exists(file)) {
      throw new IOException(file + " exists; name another file.");
    }
    Path directory = file.toAbsolutePath().getParent();
    Path copy = Files.createTempFile(directory, "holdfast-", ".db");
    Path part = Files.createTempFile(directory, "holdfast-", ".part");
    try {
      Files.delete(copy);
      List<String> documents = copyDatabase(root, copy);
      pack(root, copy, documents, part);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return documents.size();
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(part);
    }
  }

  private static List<String> copyDatabase(Path root, Path copy)
      throws SQLException, StoreUnusable, Store.Unavailable {
    try (Connection store = StoreReader.open(JdbcStore.SQLITE, root)) {
      store.rollback();
      store.setAutoCommit(true);
      Sql.run(store, "VACUUM INTO ?", copy.toString());
    }
    try (Connection connection = SqliteConnections.plain(copy)) {
      JournalName.remove(connection);
      return Sql.list(connection, "SELECT id FROM document ORDER BY id", r -> r.getString(1));
    }
  }

  private static void pack(Path root, Path database, List<String> documents, Path target)
      throws IOException {
    DataDirectory.Layout layout = new DataDirectory.Layout(root);
    try (OutputStream out = Files.newOutputStream(target);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, DATABASE, database);
      for (String id : documents) {
        put(zip, DOCUMENTS + id + ".pdf", layout.document(id));
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    Files.copy(file, zip);
    zip.closeEntry();
  }

  /**
   * Puts a backup in place.
   *
   * @param root a data directory that does not exist or is empty
   * @throws IOException when the file is no backup, or the directory holds something
   */
  public static void restore(Path file, Path root) throws IOException {
    if (Files.exists(root) && Files.list(root).findAny().isPresent()) {
      throw new IOException(root + " is not empty; name another directory with --data.");
    }
    Files.createDirectories(root.resolve(DOCUMENTS));
    boolean database = false;
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, place(root, entry.getName()));
        database |= entry.getName().equals(DATABASE);
      }
    }
    if (!database) {
      throw new IOException(file + " is no backup of Holdfast.");
    }
  }

  /** Only what a backup consists of, so that no entry can point elsewhere. */
  private static Path place(Path root, String name) throws IOException {
    if (name.equals(DATABASE) || name.matches(DOCUMENTS + "[0-9a-f]{64}\\.pdf")) {
      return root.resolve(name);
    }
    throw new IOException("A backup of Holdfast does not hold " + name + ".");
  }
}
