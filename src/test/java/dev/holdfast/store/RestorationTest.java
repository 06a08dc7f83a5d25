package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.session.Document;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put in place as a backup, and what is not, which then leaves nothing. */
class RestorationTest {
  private static final byte[] PDF = "%PDF-1.7 content".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DATABASE_NAME = "holdfast.db".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;
  private final Vertx vertx = Vertx.vertx();
  private Path backup;
  private Path target;
  private String document;

  @BeforeEach
  void makeBackup() throws Exception {
    Path data = directory.resolve("data");
    document = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PDF));
    Store store = JdbcStore.open(vertx, "sqlite:", data);
    await(store.load());
    Path uploaded = Files.write(store.uploads().resolve("x.pdf"), PDF);
    await(store.keep(new Document(document, "x.pdf", 1, PDF.length), uploaded, List.of("content")));
    try (Connection connection = SqliteConnections.plain(data.resolve("holdfast.db"))) {
      Sql.run(
          connection, "INSERT INTO document (id, idle_since, body) VALUES (?, 1, '{}')", document);
    }
    backup = directory.resolve("backup.zip");
    assertThat(Backup.write(data, backup)).isEqualTo(1);
    await(store.close());
    target = Files.createDirectory(directory.resolve("outer")).resolve("target");
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private interface Change {
    void on(Map<String, byte[]> entries) throws Exception;
  }

  /** The backup with other entries. */
  private Path changed(Change change) throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(backup.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    change.on(entries);
    Path file = directory.resolve("changed.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  /** The backup with the database after that statement. */
  private Path withDatabaseAfter(String sql) throws Exception {
    return changed(
        entries -> {
          Path database = directory.resolve("changed.db");
          Files.write(database, entries.get("holdfast.db"));
          try (Connection connection = SqliteConnections.plain(database)) {
            SqliteConnections.execute(connection, sql);
          }
          entries.put("holdfast.db", Files.readAllBytes(database));
        });
  }

  private void refuses(Path file, String why) throws IOException {
    assertThatThrownBy(() -> Restoration.run(file, target))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining(why);
    assertThat(target).doesNotExist();
    assertThat(target.getParent()).isEmptyDirectory();
    Files.createDirectory(target);
    assertThatThrownBy(() -> Restoration.run(file, target)).isInstanceOf(StoreUnusable.class);
    assertThat(target).isEmptyDirectory();
    Files.delete(target);
  }

  @Test
  void aBackupIsPutIntoAnEmptyDirectoryOnly() throws Exception {
    Restoration.run(backup, target);
    assertThat(target.resolve("documents/" + document + ".pdf")).hasBinaryContent(PDF);
    assertThatThrownBy(() -> Restoration.run(backup, target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an empty directory");
    Path file = Files.writeString(directory.resolve("a-file"), "kept");
    assertThatThrownBy(() -> Restoration.run(backup, file))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).hasContent("kept");
    assertThatThrownBy(() -> Restoration.run(directory.resolve("none.zip"), target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no file");
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("holdfast.db", "documents");
    }
  }

  @Test
  void anEntryThatPointsElsewhereIsRefused() throws Exception {
    for (String name :
        List.of(
            "../evil",
            "documents/../../evil",
            "/tmp/evil",
            "documents/x.pdf",
            "config.json",
            "documents/",
            "holdfast.db-wal",
            "evil\nname")) {
      refuses(changed(entries -> entries.put(name, PDF)), "it holds ");
    }
  }

  @Test
  void whatIsNoZipFileOrCutOffIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(backup);
    Path file = directory.resolve("broken.zip");
    refuses(Files.write(file, new byte[0]), "no ZIP file");
    refuses(Files.writeString(file, "no zip".repeat(1_000)), "no ZIP file");
    for (int length : List.of(whole.length / 3, whole.length / 2, whole.length - 1)) {
      refuses(Files.write(file, Arrays.copyOf(whole, length)), "no ZIP file");
    }
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, 2_000, 2_200, (byte) 0x5a);
    refuses(Files.write(file, damaged), "");
  }

  /** An entry of zeros is a thousandth of what it becomes. */
  @Test
  void anEntryThatIsLargerThanItSaysIsNotWrittenOut() throws Exception {
    Path bomb = changed(entries -> entries.put("holdfast.db", new byte[64 << 20]));
    byte[] bytes = Files.readAllBytes(bomb);
    int name = lastIndexOf(bytes, DATABASE_NAME);
    int declaredSize = name - 46 + 24;
    bytes[declaredSize] = 100;
    bytes[declaredSize + 1] = 0;
    bytes[declaredSize + 2] = 0;
    bytes[declaredSize + 3] = 0;
    refuses(Files.write(bomb, bytes), "larger than it says");
  }

  @Test
  void whatDoesNotFitOnTheDiskIsRefusedBeforeItIsWritten() throws Exception {
    byte[] bytes = Files.readAllBytes(backup);
    int declaredSize = lastIndexOf(bytes, DATABASE_NAME) - 46 + 24;
    Arrays.fill(bytes, declaredSize, declaredSize + 4, (byte) 0xfe);
    int other = lastIndexOf(bytes, ("documents/" + document).getBytes(StandardCharsets.UTF_8));
    Arrays.fill(bytes, other - 22, other - 18, (byte) 0xfe);
    Path file = Files.write(directory.resolve("huge.zip"), bytes);
    assertThatThrownBy(() -> Restoration.run(file, target))
        .isInstanceOfAny(IOException.class, StoreUnusable.class);
    assertThat(target.getParent()).isEmptyDirectory();
  }

  private static int lastIndexOf(byte[] bytes, byte[] part) {
    for (int i = bytes.length - part.length; ; i--) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
  }

  @Test
  void anotherContentIsRefused() throws Exception {
    String name = "documents/" + document + ".pdf";
    refuses(changed(entries -> entries.put(name, "other".getBytes())), "another content");
    refuses(changed(entries -> entries.remove(name)), "is missing");
    refuses(changed(entries -> entries.remove("holdfast.db")), "holds no database");
    refuses(changed(entries -> entries.put("holdfast.db", PDF)), "its database cannot be read");
    refuses(changed(entries -> entries.put("holdfast.db", new byte[0])), "its database");
    refuses(
        changed(entries -> Arrays.fill(entries.get("holdfast.db"), 9_000, 19_000, (byte) 1)),
        "its database");
    refuses(withDatabaseAfter("DROP TABLE journal"), "its database");
    refuses(withDatabaseAfter("PRAGMA user_version = 99"), "newer Holdfast");
  }

  @Test
  void aRestoredJournalTakesANameOfItsOwnEvenWhenTheCopyHasOne() throws Exception {
    Restoration.run(withDatabaseAfter("UPDATE journal SET id = 'of another'"), target);
    Store store = JdbcStore.open(vertx, "sqlite:", target);
    assertThat(store.journalId()).isNotIn("of another", "");
    await(store.close());
  }

  @Test
  void aBackupIsWrittenOnceAndWhereThereIsADirectory() {
    Path data = directory.resolve("data");
    assertThatThrownBy(() -> Backup.write(data, backup))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exists");
    assertThatThrownBy(() -> Backup.write(data, directory.resolve("none/b.zip")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no directory");
    assertThatThrownBy(() -> Backup.write(target, directory.resolve("b.zip")))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("There is no store");
  }

  @Test
  void aBackupOfADamagedStoreOrWithoutADocumentSaysSoAndLeavesNoFile() throws Exception {
    Path data = directory.resolve("data");
    Path file = directory.resolve("b.zip");
    Files.delete(data.resolve("documents/" + document + ".pdf"));
    assertThatThrownBy(() -> Backup.write(data, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("went away");
    byte[] database = Files.readAllBytes(data.resolve("holdfast.db"));
    Arrays.fill(database, 4_096, database.length, (byte) 1);
    Files.write(data.resolve("holdfast.db"), database);
    assertThatThrownBy(() -> Backup.write(data, file))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("damaged");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("backup.zip", "data", "outer");
    }
  }
}
