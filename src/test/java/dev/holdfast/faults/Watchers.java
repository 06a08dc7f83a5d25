package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Readers of the list, of tables and of the stream, who write down all they are shown. */
final class Watchers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "data: ";

  private final ServerProcess server;
  private final Ledger ledger;
  private final Random random;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Future<?> reading;
  private final Future<?> streaming;
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger frames = new AtomicInteger();
  private volatile boolean stopped;

  Watchers(ServerProcess server, Ledger ledger, Random random) {
    this.server = server;
    this.ledger = ledger;
    this.random = new Random(random.nextLong());
    reading = threads.submit(this::read);
    streaming = threads.submit(this::stream);
  }

  /** Reads answered with 200 so far. */
  int reads() {
    return reads.get();
  }

  /** Reads that were not answered with 200 so far. */
  int refused() {
    return refused.get();
  }

  /** Snapshots and frames of the stream so far. */
  int frames() {
    return frames.get();
  }

  /** Ends the readers once the server is gone, and fails when one saw what it must not see. */
  void stop() throws InterruptedException {
    stopped = true;
    for (Future<?> watcher : List.of(reading, streaming)) {
      try {
        watcher.get();
      } catch (ExecutionException e) {
        throw new AssertionError("a reader saw what it must not see", e.getCause());
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }

  private void read() {
    try {
      while (!stopped) {
        readList();
        readResults();
      }
    } catch (IOException gone) {
      // The server has ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was answered before this read was sent must be in it. */
  private void readList() throws IOException, InterruptedException {
    long acknowledged = ledger.acknowledgedRevision();
    JsonNode list = get("/api/v1/sessions?limit=500");
    if (list != null) {
      long revision = list.get("revision").asLong();
      assertThat(revision).as("reads never go back").isGreaterThanOrEqualTo(acknowledged);
      ledger.shown(revision);
      list.get("items").forEach(ledger::shown);
    }
  }

  private void readResults() throws IOException, InterruptedException {
    List<String> sessions = ledger.sessions();
    if (!sessions.isEmpty()) {
      String session = sessions.get(random.nextInt(sessions.size()));
      JsonNode results = get("/api/v1/sessions/" + session + "/results");
      if (results != null) {
        ledger.shownResults(results);
      }
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> reply = server.get(path);
    if (reply.statusCode() == 503) {
      refused.incrementAndGet();
      return null;
    }
    assertThat(reply.statusCode()).as(path + reply.body()).isEqualTo(200);
    reads.incrementAndGet();
    return JSON.readTree(reply.body());
  }

  private void stream() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/stream")).build();
    try (Stream<String> lines =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
      lines.filter(line -> line.startsWith(DATA)).forEach(this::take);
    } catch (IOException | UncheckedIOException gone) {
      // The server has ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A frame, a snapshot or a part of one, each with what it shows. */
  private void take(String line) {
    try {
      JsonNode data = JSON.readTree(line.substring(DATA.length()).getBytes(StandardCharsets.UTF_8));
      if (data.has("session")) {
        ledger.shown(data.get("session"));
      }
      if (data.has("revision")) {
        ledger.shown(data.get("revision").asLong());
        frames.incrementAndGet();
      }
      data.path("items").forEach(ledger::shown);
    } catch (IOException e) {
      throw new IllegalStateException(line, e);
    }
  }
}
