package dev.holdfast.cli;

import dev.holdfast.store.Backup;
import dev.holdfast.store.Store;
import dev.holdfast.store.StoreUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Copies an embedded store into one file. */
@Command(
    name = "backup",
    description = "Copies an embedded store into one file, while the server may run.",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @Mixin private StoreOptions options;

  @Parameters(paramLabel = "FILE", description = "The ZIP file to write; must not exist yet.")
  private Path file;

  @Override
  public Integer call() {
    try {
      Settings settings = options.settings();
      if (!settings.store().isEmbedded()) {
        System.err.println(
            "holdfast: the store is in PostgreSQL: use pg_dump, see docs/OPERATIONS.md.");
        return Serve.USAGE;
      }
      int documents = Backup.write(settings.dataDirectory(), file);
      System.out.println(file + " holds the store and " + documents + " documents");
      return 0;
    } catch (IllegalArgumentException e) {
      System.err.println("holdfast: " + e.getMessage());
      return Serve.USAGE;
    } catch (IOException | SQLException | StoreUnusable | Store.Unavailable e) {
      System.err.println("holdfast: " + e.getMessage());
      return Serve.exitCode(e);
    }
  }
}
