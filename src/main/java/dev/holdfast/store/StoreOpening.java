package dev.holdfast.store;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Opens the store that a URL names, and says in words of its own why that cannot be done. */
final class StoreOpening {
  private StoreOpening() {}

  /** See {@link JdbcStore#open}. */
  static JdbcStore open(Vertx vertx, String url, Path root)
      throws StoreInUse, StoreUnusable, Store.Unavailable, Store.Broken {
    JdbcStore.checkUrl(url);
    try {
      DataDirectory directory = DataDirectory.take(root);
      JdbcStore store =
          JdbcStore.isEmbedded(url)
              ? sqlite(vertx, directory)
              : postgresql(vertx, PostgresConnections.of(url), directory);
      store.openJournal();
      return store;
    } catch (StoreInUse e) {
      throw e;
    } catch (IOException e) {
      throw new Store.Unavailable(
          "The data directory "
              + root
              + " cannot be used ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "). Check its rights and the space on its disk, then start again.",
          e);
    } catch (SQLException e) {
      throw new Store.Unavailable(e);
    }
  }

  private static JdbcStore sqlite(Vertx vertx, DataDirectory directory) {
    SqliteJournal journal = new SqliteJournal(directory.database());
    return new JdbcStore(
        vertx,
        directory,
        journal,
        new FileContents(directory, journal),
        Dialect.SQLITE,
        () -> SqliteConnections.reader(directory.database()));
  }

  private static JdbcStore postgresql(
      Vertx vertx, PostgresConnections connections, DataDirectory directory) {
    return new JdbcStore(
        vertx,
        directory,
        new PostgresJournal(connections),
        new ChunkContents(connections, directory),
        Dialect.POSTGRESQL,
        connections::openReader);
  }
}
