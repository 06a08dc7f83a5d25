package dev.holdfast.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine that a test cannot do without. */
record Tool(String name, String debianPackage) {
  private static final int SECONDS_MAX = 30;

  /** What a program said, and how it ended. */
  record Ended(int code, String output) {}

  /** Skips the test on a machine without the program. */
  void assumeInstalled() {
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    assumeTrue(found, name + " is not installed (Debian: apt-get install " + debianPackage + ")");
  }

  static Ended run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      // why: one that hangs would never close its output, so its end is waited for first.
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IOException(List.of(command) + " does not end");
      }
      return new Ended(process.exitValue(), new String(process.getInputStream().readAllBytes()));
    } finally {
      process.destroyForcibly();
    }
  }
}
