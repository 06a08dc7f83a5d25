package dev.holdfast.store;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The processes of a PostgreSQL server on this machine, found by the directory of its data. */
final class PostgresProcesses {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final char STOPPED = 'T';
  private static final char ENDED = 'Z';

  private final Path data;
  private Path binaries;

  PostgresProcesses(Path data) {
    this.data = data;
  }

  boolean running() {
    return Files.exists(pidFile());
  }

  void pause() {
    ProcessHandle postmaster = postmaster();
    // why: a stopped postmaster starts no more processes, so that those found next are all.
    signal("STOP", List.of(postmaster));
    awaitState(postmaster, true);
    List<ProcessHandle> children = postmaster.children().collect(Collectors.toList());
    signal("STOP", children);
    children.forEach(child -> awaitState(child, true));
  }

  void resume() {
    List<ProcessHandle> all = all();
    signal("CONT", all);
    all.forEach(process -> awaitState(process, false));
  }

  private List<ProcessHandle> all() {
    ProcessHandle postmaster = postmaster();
    return Stream.concat(Stream.of(postmaster), postmaster.children()).collect(Collectors.toList());
  }

  void stopHard() {
    binaries = Path.of(postmaster().info().command().orElseThrow()).getParent();
    List<ProcessHandle> all = all();
    // why: a paused process finds this signal before anything else it was sent.
    signal("QUIT", all);
    signal("CONT", all);
    await(() -> !running());
  }

  /** Starts again with the options of the first start, which the server keeps beside its data. */
  void startAgain() {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      // why: PostgreSQL refuses to run as root.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(binaries.resolve("pg_ctl").toString(), "-D", data.toString()));
    command.addAll(List.of("-w", "-t", Long.toString(PATIENCE.toSeconds()), "restart"));
    run(command);
  }

  private Path pidFile() {
    return data.resolve("postmaster.pid");
  }

  private ProcessHandle postmaster() {
    try (Stream<String> lines = Files.lines(pidFile())) {
      long pid = Long.parseLong(lines.findFirst().orElseThrow());
      return ProcessHandle.of(pid).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ignores processes that have ended by themselves. */
  private static void signal(String name, List<ProcessHandle> processes) {
    String pids =
        processes.stream().map(p -> Long.toString(p.pid())).collect(Collectors.joining(" "));
    run(List.of("sh", "-c", "kill -" + name + " " + pids + " || true"));
  }

  private static void awaitState(ProcessHandle process, boolean stopped) {
    await(
        () -> {
          char state = state(process);
          return state == ENDED || (state == STOPPED) == stopped;
        });
  }

  private static void await(Callable<Boolean> fact) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(fact);
  }

  /**
   * The letter after the name in parentheses. A process that has ended stays as a zombie while its
   * parent is stopped and does not ask for its exit code.
   */
  private static char state(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return ENDED;
    }
  }

  private static void run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException("failed: " + command);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + command, e);
    }
  }
}
