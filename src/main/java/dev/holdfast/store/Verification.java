package dev.holdfast.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Adds the journal of a store up and compares the result with the tables beside it. */
public final class Verification {
  private static final int REVISION = 0;
  private static final int PROGRESS = 10;

  private final Connection store;
  private final Connection scratch;
  private final Statements statements;
  private String difference;

  /**
   * A table as the journal gives it and as it is stored.
   *
   * @param lines that the journal gives
   * @param journalSha256 of these, in the order of their keys
   * @param storeSha256 of those that are stored
   */
  public record Table(String name, long lines, String journalSha256, String storeSha256) {}

  /**
   * @param revision of the last event
   * @param firstDifference what differs first, for people; null when nothing does
   */
  public record Report(long revision, List<Table> tables, String firstDifference) {}

  private Verification(Connection store, Connection scratch) {
    this.store = store;
    this.scratch = scratch;
    this.statements = new Statements(scratch);
  }

  /**
   * Compares everything as of one moment; a server may run on the store meanwhile.
   *
   * @param url as in the configuration
   * @param root the data directory
   * @throws StoreUnusable when there is no store, or one of another version
   */
  public static Report of(String url, Path root)
      throws IOException, SQLException, StoreUnusable, Store.Unavailable {
    Path directory = Files.createTempDirectory("holdfast-replay");
    Path file = directory.resolve("scratch.db");
    try (Connection store = StoreReader.open(url, root);
        Connection scratch = SqliteConnections.writer(file)) {
      return new Verification(store, scratch).run();
    } catch (SQLException e) {
      throw SqliteConnections.orDamage(root, e);
    } finally {
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(directory.resolve("scratch.db" + suffix));
      }
      Files.delete(directory);
    }
  }

  private Report run() throws SQLException {
    // One transaction: what is in it needs to survive nothing.
    SqliteConnections.execute(scratch, "BEGIN");
    long revision = Replay.run(store, scratch, this::take);
    List<Table> tables = new ArrayList<>();
    for (TableComparison comparison : TableComparison.all(History.compacted(store))) {
      tables.add(comparison.run(scratch, store));
      difference = difference == null ? comparison.firstDifference() : difference;
    }
    SqliteConnections.execute(scratch, "ROLLBACK");
    return new Report(revision, tables, difference);
  }

  private void take(Projection projection, List<String> storedProgress) throws SQLException {
    Projections.write(statements, projection);
    for (int i = 0; i < storedProgress.size() && difference == null; i++) {
      Object[] event = projection.events().get(i);
      if (!Objects.equals(event[PROGRESS], storedProgress.get(i))) {
        difference =
            "event "
                + event[REVISION]
                + ": the journal gives the progress "
                + event[PROGRESS]
                + ", the store has "
                + storedProgress.get(i);
      }
    }
  }
}
