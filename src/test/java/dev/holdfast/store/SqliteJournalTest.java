package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteJournalTest {
  private static final int PAGE_BYTES = 4_096;

  @TempDir private Path directory;
  private SqliteJournal journal;

  @BeforeEach
  void open() throws Exception {
    journal = new SqliteJournal(directory.resolve("holdfast.db"));
    journal.open();
  }

  @AfterEach
  void close() throws Exception {
    journal.close();
  }

  private void append(String name) throws Exception {
    Projection batch = Projection.of(SqliteStoreTest.batch(journal.load(), name));
    assertThat(journal.append(batch)).isEqualTo(Store.Appended.DURABLE);
  }

  @Test
  void aDiskThatFailsBesideTheJournalIsToldAtTheNextAppend() throws Exception {
    SQLiteException failure = new SQLiteException("fsync", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
    assertThatThrownBy(
            () ->
                journal.transaction(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThatThrownBy(() -> append("set")).isInstanceOf(Store.Broken.class).hasCause(failure);
  }

  /** Few batches of many pages count as well as many of few. */
  @Test
  void theLogIsCopiedBeforeItIsLong() throws Exception {
    List<String> pages = List.of("x".repeat(PAGE_BYTES * SqliteJournal.CHECKPOINT_PAGES / 4));
    for (int i = 0; i < 20; i++) {
      journal.insertPages("document " + i, pages);
      append("set-" + i);
    }
    Path log = directory.resolve("holdfast.db-wal");
    assertThat(Files.size(log)).isLessThan(2L * PAGE_BYTES * SqliteJournal.CHECKPOINT_PAGES);
  }
}
