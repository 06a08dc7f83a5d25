package dev.holdfast.cli;

import java.io.BufferedReader;
import java.io.IOException;
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

/** A server in a process of its own, as a user starts it. */
final class ServerProcess implements AutoCloseable {
  private static final String READY = "Holdfast is ready: open ";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private final Process process;
  private final List<String> output = Collections.synchronizedList(new ArrayList<>());
  private String url;

  private ServerProcess(Process process) {
    this.process = process;
  }

  static Process launch(Path data, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(System.getProperty("holdfast.jar"));
    command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Starts a server on that data and waits until it says where its page is. */
  static ServerProcess start(Path data) throws IOException {
    ServerProcess server = new ServerProcess(launch(data));
    BufferedReader reader = server.process.inputReader();
    while (server.url == null) {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException("the server ended: " + server.output);
      }
      server.output.add(line);
      if (line.startsWith(READY)) {
        server.url = line.substring(READY.length());
      }
    }
    Thread drain = new Thread(() -> reader.lines().forEach(server.output::add), "server output");
    drain.setDaemon(true);
    drain.start();
    return server;
  }

  String url() {
    return url;
  }

  List<String> output() {
    return output;
  }

  /** Ends the process where it stands. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks the process to end and returns its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the server does not stop: " + output);
    }
    return process.exitValue();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<String> upload(Path pdf) throws IOException, InterruptedException {
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

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
