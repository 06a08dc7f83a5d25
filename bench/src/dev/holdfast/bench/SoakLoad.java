package dev.holdfast.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Well-behaved clients of a server that may be restarted under them: writers and readers of a fixed
 * set of sessions, and streams. They go at a steady pace, so that a server's speed does not change
 * how much it has to hold.
 */
final class SoakLoad implements AutoCloseable {
  private static final int SESSIONS = 500;
  private static final int WRITERS = 4;
  private static final int READERS = 4;
  private static final int STREAMS = 3;
  private static final int PAUSE_MILLIS = 10;
  private static final int SLOWEST_MICROS = 5_000_000;
  private static final int MICROS_A_STEP = 100;
  private static final int FAILURES_SHOWN = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicIntegerArray attempts = new AtomicIntegerArray(SESSIONS);
  private final List<String> ids = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLongArray latencies =
      new AtomicLongArray(SLOWEST_MICROS / MICROS_A_STEP + 1);
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final String questionSet;
  private volatile int port;
  private volatile boolean on;
  private volatile boolean restarting;
  private volatile boolean closed;

  SoakLoad(int port, String questionSet) throws IOException, InterruptedException {
    this.port = port;
    this.questionSet = questionSet;
    for (int i = 0; i < SESSIONS; i++) {
      ids.add(create());
      attempts.set(i, 1);
    }
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(i);
      start(() -> write(random));
    }
    for (int i = 0; i < READERS; i++) {
      Random random = new Random(100 + i);
      start(() -> read(random));
    }
    for (int i = 0; i < STREAMS; i++) {
      start(this::follow);
    }
  }

  /** What a thread does over and over. */
  private interface Work {
    void once() throws IOException, InterruptedException;
  }

  private void start(Work work) {
    Thread thread = new Thread(() -> repeat(work), "soak load");
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private void repeat(Work work) {
    while (!closed) {
      int before = port;
      try {
        if (on) {
          work.once();
        }
        LockSupport.parkNanos(Duration.ofMillis(PAUSE_MILLIS).toNanos());
      } catch (IOException e) {
        lost(before, e.toString());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** What was sent to a server that was restarted meanwhile does not count. */
  private void lost(int sentTo, String how) {
    if (!restarting && on && sentTo == port && failed.getAndIncrement() < FAILURES_SHOWN) {
      System.err.println(Instant.now() + " not answered: " + how);
    }
  }

  void on() {
    on = true;
  }

  /** Nothing new is sent, and streams end. */
  void off() {
    on = false;
  }

  void restarting() {
    restarting = true;
  }

  void restarted(int newPort) {
    port = newPort;
    restarting = false;
  }

  long answered() {
    return answered.get();
  }

  /** Requests that got no answer, or one that blames the server, while it was up. */
  long failed() {
    return failed.get();
  }

  /** The time within which 99 of 100 reads were answered since the last call, in milliseconds. */
  double takeP99() {
    long all = 0;
    long[] counts = new long[latencies.length()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = latencies.getAndSet(i, 0);
      all += counts[i];
    }
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen * 100 >= all * 99) {
        return i * MICROS_A_STEP / 1_000.0;
      }
    }
    return 0;
  }

  private void write(Random random) throws IOException, InterruptedException {
    int number = random.nextInt(SESSIONS);
    String path = "/api/v1/sessions/" + ids.get(number);
    int chance = random.nextInt(100);
    if (chance < 70) {
      String row = "{\"questionId\":\"Q1\",\"status\":\"answered\",\"answer\":\"answer %d\"}";
      String rows = String.format(row, random.nextInt());
      send("POST", path + "/rows", "{\"attempt\":" + attempts.get(number) + ",\"rows\":[" + rows + "]}");
    } else if (chance < 84) {
      send("POST", path + "/stop", "");
    } else if (chance < 99) {
      HttpResponse<byte[]> resumed = send("POST", path + "/resume", "{}");
      if (resumed.statusCode() == 200) {
        attempts.set(number, JSON.readTree(resumed.body()).path("attempt").asInt());
      }
    } else {
      send("DELETE", "/api/v1/sessions/" + create() + "?force=true", "");
    }
  }

  private String create() throws IOException, InterruptedException {
    String body = "{\"questionSet\":\"" + questionSet + "\",\"analyzer\":\"external\"}";
    JsonNode created = JSON.readTree(send("POST", "/api/v1/sessions", body).body());
    return created.path("id").asText();
  }

  private void read(Random random) throws IOException, InterruptedException {
    String one = "/api/v1/sessions/" + ids.get(random.nextInt(SESSIONS));
    List<String> paths =
        List.of("/api/v1/sessions?limit=50", one, one + "/results", "/api/v1/sessions?q=pump");
    long start = System.nanoTime();
    send("GET", paths.get(random.nextInt(paths.size())), "");
    int micros = (int) Math.min(SLOWEST_MICROS - 1, (System.nanoTime() - start) / 1_000);
    latencies.incrementAndGet(micros / MICROS_A_STEP);
  }

  private void follow() throws IOException, InterruptedException {
    HttpRequest request = request("/api/v1/stream").GET().build();
    HttpResponse<InputStream> stream = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = stream.body()) {
      byte[] buffer = new byte[8_192];
      int read = body.read(buffer);
      while (read >= 0 && on && !closed) {
        read = body.read(buffer);
      }
    }
  }

  private HttpResponse<byte[]> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).timeout(Duration.ofSeconds(30));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    request.method(
        method,
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    int sentTo = port;
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    if (response.statusCode() >= 500) {
      lost(sentTo, response + " " + new String(response.body(), StandardCharsets.UTF_8));
    } else {
      answered.incrementAndGet();
    }
    return response;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("X-Holdfast", "1");
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
