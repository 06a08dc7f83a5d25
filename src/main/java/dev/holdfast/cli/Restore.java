package dev.holdfast.cli;

import dev.holdfast.store.Restoration;
import dev.holdfast.store.StoreUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts a backup in place. */
@Command(
    name = "restore",
    description = "Puts a backup of an embedded store into an empty data directory.",
    mixinStandardHelpOptions = true)
final class Restore implements Callable<Integer> {
  @Mixin private StoreOptions options;

  @Parameters(paramLabel = "FILE", description = "What backup has written.")
  private Path file;

  @Override
  public Integer call() {
    try {
      Settings settings = options.settings();
      if (!settings.store().isEmbedded()) {
        System.err.println(
            "holdfast: the store is in PostgreSQL: use pg_restore, see docs/OPERATIONS.md.");
        return Serve.USAGE;
      }
      Path data = settings.dataDirectory();
      Restoration.run(file, data);
      System.out.println(data + " is ready: start the server on it");
      return 0;
    } catch (IllegalArgumentException e) {
      System.err.println("holdfast: " + e.getMessage());
      return Serve.USAGE;
    } catch (IOException | StoreUnusable e) {
      System.err.println("holdfast: " + e.getMessage());
      return Serve.exitCode(e);
    }
  }
}
