package dev.holdfast.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A copy of an embedded store in one ZIP file, which holds a data directory: the database as of one
 * moment, with no name of its own for its journal, and the documents.
 */
public final class Backup {
  static final String DATABASE = "holdfast.db";
  static final String DOCUMENTS = "documents/";

  private Backup() {}

  /**
   * Copies the store while a server may run on it.
   *
   * @param root the data directory
   * @param file must not exist yet
   * @return documents that are in the copy
   * @throws StoreUnusable when there is no store of this version, or it is damaged
   * @throws IllegalArgumentException when the file exists, or its directory does not
   */
  public static int write(Path root, Path file)
      throws IOException, SQLException, StoreUnusable, Store.Unavailable {
    if (Files.exists(file)) {
      throw new IllegalArgumentException(file + " exists; name another file.");
    }
    Path directory = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException("There is no directory " + directory + ".");
    }
    Path copy = Files.createTempFile(directory, "holdfast-", ".db");
    Path part = Files.createTempFile(directory, "holdfast-", ".part");
    try {
      Files.delete(copy);
      List<String> documents = copyDatabase(root, copy);
      pack(root, copy, documents, part);
      DataDirectory.sync(part, StandardOpenOption.WRITE);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      DataDirectory.sync(directory, StandardOpenOption.READ);
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
    } catch (SQLException e) {
      throw SqliteConnections.orDamage(root, e);
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
        putDocument(zip, id, layout.document(id));
      }
    }
  }

  private static void putDocument(ZipOutputStream zip, String id, Path file) throws IOException {
    try {
      put(zip, DOCUMENTS + id + ".pdf", file);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "Document " + id + " went away while it was copied; start the backup again.", e);
    }
  }

  private static void put(ZipOutputStream zip, String name, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    Files.copy(file, zip);
    zip.closeEntry();
  }
}
