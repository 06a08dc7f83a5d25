package dev.holdfast.cli;

import dev.holdfast.store.Backup;
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
      Path data = options.settings().dataDirectory();
      Backup.restore(file, data);
      System.out.println(data + " is ready: start the server on it");
      return 0;
    } catch (IllegalArgumentException | IOException e) {
      System.err.println("holdfast: " + e.getMessage());
      return Serve.USAGE;
    }
  }
}
