package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, as a user starts it. */
public final class ServerProcess implements AutoCloseable {
  private static final String READY = "Holdfast is ready: open ";
  private static final int END_SECONDS = 20;
  private static final int LINES_SHOWN = 40;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private final Process process;
  private final List<String> output = Collections.synchronizedList(new ArrayList<>());
  private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
  private Thread draining;
  private String url;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /** How a server ended that did not stay. */
  public record Ended(int code, String output) {}

  /** Runs a server that is to end by itself. */
  public static Ended runUnder(List<String> wrapper, Path data, String... more)
      throws IOException, InterruptedException {
    List<String> command = command(data);
    command.addAll(0, wrapper);
    command.addAll(List.of(more));
    return run(command);
  }

  /** Runs a command of the jar to its end. */
  static Ended command(String... arguments) throws IOException, InterruptedException {
    List<String> command = jar();
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static Ended run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).as(output).isTrue();
      return new Ended(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> jar() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(System.getProperty("holdfast.jar"));
    return command;
  }

  private static List<String> command(Path data) {
    List<String> command = jar();
    command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
    return command;
  }

  /** Starts a server on that data and waits until it says where its page is. */
  public static ServerProcess start(Path data) throws IOException {
    return startUnder(List.of(), data);
  }

  /** The same under a command that runs the server in its own place or as its child. */
  public static ServerProcess startUnder(List<String> wrapper, Path data) throws IOException {
    List<String> command = command(data);
    command.addAll(0, wrapper);
    ServerProcess server = new ServerProcess(new ProcessBuilder(command).start());
    server.draining = server.drain(server.process.errorReader(), server.errors);
    server.awaitReady(server.process.inputReader());
    return server;
  }

  private void awaitReady(BufferedReader reader) throws IOException {
    while (url == null) {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException("the server ended: " + output + errors);
      }
      output.add(line);
      if (line.startsWith(READY)) {
        url = line.substring(READY.length());
      }
    }
    drain(reader, output);
  }

  private Thread drain(BufferedReader reader, List<String> into) {
    Thread drain =
        new Thread(
            () -> {
              try {
                reader.lines().forEach(into::add);
              } catch (UncheckedIOException e) {
                // The process was killed, and with it what it had not said.
              }
            },
            "server output");
    drain.setDaemon(true);
    drain.start();
    return drain;
  }

  public String url() {
    return url;
  }

  /** All it said on its standard output, and after that all on its standard error. */
  List<String> output() {
    List<String> all = new ArrayList<>(output);
    all.addAll(errors);
    return all;
  }

  /** All it said on its standard error. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  /** The server itself, also under a command that keeps it as a child. */
  public ProcessHandle handle() {
    return Stream.concat(Stream.of(process.toHandle()), process.children())
        .filter(handle -> handle.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElse(process.toHandle());
  }

  /** Ends the process where it stands. */
  public void kill() throws InterruptedException {
    handle().destroyForcibly();
    process.waitFor();
    awaitLastWords();
  }

  /** Asks the process to end and returns its exit code. */
  public int stop() throws InterruptedException {
    handle().destroy();
    return awaitEnd();
  }

  /** Waits until the process ends by itself and returns its exit code. */
  public int awaitEnd() throws InterruptedException {
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the server does not end: " + lastOf(output()));
    }
    awaitLastWords();
    return process.exitValue();
  }

  private void awaitLastWords() throws InterruptedException {
    draining.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
  }

  private static List<String> lastOf(List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
  }

  public HttpResponse<String> post(String path, String json)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  public HttpResponse<String> upload(Path pdf) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + "/api/v1/documents?filename=sample.pdf"))
            .header("Content-Type", "application/pdf")
            .POST(HttpRequest.BodyPublishers.ofFile(pdf)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(
        request.header("X-Holdfast", "1").timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Returns when the process is gone and holds no file any more. */
  @Override
  public void close() {
    handle().destroyForcibly();
    process.destroyForcibly();
    process.onExit().completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS).join();
  }
}
