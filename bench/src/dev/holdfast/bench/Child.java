package dev.holdfast.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own on this class path; it is killed with this object, which Holdfast survives. */
final class Child implements AutoCloseable {
  private static final int LOG_LINES = 5;
  private static final String NO_DNS = "-Dvertx.disableDnsResolver=true";

  private final Process process;
  private final Path log;
  private final BufferedReader out;
  private final PrintStream in;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Runs a main class; what it says on its error output goes to the log. */
  static Child java(Path log, List<String> flags, Class<?> main, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(flags);
    line.add(NO_DNS);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    line.addAll(List.of(arguments));
    return start(log, line);
  }

  /** Runs a command line. */
  static Child start(Path log, List<String> line) throws IOException {
    return new Child(
        new ProcessBuilder(line)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  /** The rest of the next line that has this in it; everything before is skipped. */
  String awaitLine(String marker) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      int at = line.indexOf(marker);
      if (at >= 0) {
        return line.substring(at + marker.length()).trim();
      }
    }
    List<String> said = Files.readAllLines(log);
    said = said.subList(Math.max(0, said.size() - LOG_LINES), said.size());
    throw new IOException("the process ended without saying " + marker + ": " + said);
  }

  void say(String line) {
    in.println(line);
  }

  long pid() {
    return process.pid();
  }

  /** Processor time so far, of all threads. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Ends the process in order. */
  void terminate(int seconds) throws InterruptedException {
    process.destroy();
    process.waitFor(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
