package dev.holdfast.analysis;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the operating system keeps from the process that reads PDFs, where it can. */
enum Sandbox {
  /** No network, no other processes, and nothing that can be written but the scratch directory. */
  BUBBLEWRAP("no network, files read-only"),
  /** No network. */
  UNSHARE("no network"),
  /** The limits of the process itself, and nothing more. */
  NONE("none; install bubblewrap to have one");

  private static final long TRY_SECONDS = 5;

  private final String description;

  Sandbox(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  /** The strictest that works here, found out by running a command that does nothing. */
  static Sandbox detect() {
    for (Sandbox sandbox : List.of(BUBBLEWRAP, UNSHARE)) {
      if (runs(sandbox.around(List.of("true"), Path.of("/tmp")))) {
        return sandbox;
      }
    }
    return NONE;
  }

  /** The command line that runs another one inside; the sandbox ends with this process. */
  List<String> around(List<String> command, Path writable) {
    List<String> line = new ArrayList<>();
    if (this == BUBBLEWRAP) {
      line.addAll(List.of("bwrap", "--unshare-all", "--die-with-parent", "--new-session"));
      line.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"));
      line.addAll(List.of("--bind", writable.toString(), writable.toString(), "--"));
    } else if (this == UNSHARE) {
      line.addAll(List.of("unshare", "--map-root-user", "--net", "--"));
    }
    line.addAll(command);
    return line;
  }

  private static boolean runs(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(TRY_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
