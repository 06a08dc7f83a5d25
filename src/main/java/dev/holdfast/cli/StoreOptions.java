package dev.holdfast.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which store a command is about. */
final class StoreOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration, by default config.json where it exists.")
  private Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where documents and sessions are kept, by default ./data.")
  private Path data;

  /**
   * The configuration with what the command line says.
   *
   * @throws IllegalArgumentException when a value is wrong
   */
  Settings settings() throws IOException {
    Path file = config == null ? Path.of("config.json") : config;
    Settings read = SettingsReader.read(file, config != null, System.getenv());
    return data == null ? read : read.withData(data);
  }
}
