package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * Clients that change sessions and read them while a test disturbs the server, and remember what
 * they were told, to compare it with what is there afterwards.
 */
public final class Load {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Client> clients = new ArrayList<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicLong shown = new AtomicLong();
  private final List<Future<?>> running = new ArrayList<>();
  private ExecutorService threads;
  private volatile Supplier<String> url;
  private volatile boolean ending;

  /**
   * @param clients that change and read, each one request at a time
   */
  public Load(int clients) {
    for (int i = 0; i < clients; i++) {
      this.clients.add(new Client(i));
    }
  }

  /** Begins, or goes on with the sessions of before. */
  public void start(Supplier<String> server) {
    url = server;
    ending = false;
    running.clear();
    threads = Executors.newFixedThreadPool(clients.size());
    clients.forEach(client -> running.add(threads.submit(client)));
  }

  /** Lets every client end after its request; fails when one of them saw something wrong. */
  public void stop() throws InterruptedException {
    ending = true;
    try {
      for (Future<?> client : running) {
        client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a client saw something wrong", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a client got no answer", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Waits for that many more acknowledged changes, so that a slow machine does as well. */
  public void awaitAcknowledged(int more) {
    int enough = acknowledged.get() + more;
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> acknowledged.get() >= enough || running.stream().anyMatch(Future::isDone));
    assertThat(running).as("clients that ended").noneMatch(Future::isDone);
  }

  /** Changes that were acknowledged so far. */
  public int acknowledged() {
    return acknowledged.get();
  }

  /** Requests that were refused with 503 so far. */
  public int unavailable() {
    return unavailable.get();
  }

  /** Everything acknowledged or shown is there, and nothing that nobody asked for. */
  public void check(Supplier<String> server) throws IOException, InterruptedException {
    url = server;
    for (Client client : clients) {
      client.check();
    }
    Set<String> titles = new HashSet<>();
    Set<String> ids = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page = json(get("/api/v1/sessions?limit=500" + cursor));
      for (JsonNode item : page.get("items")) {
        assertThat(ids.add(item.get("id").asText())).isTrue();
        assertThat(titles.add(item.get("title").asText())).as("carried out once").isTrue();
      }
      JsonNode next = page.get("nextCursor");
      cursor = next.isNull() ? null : "&cursor=" + next.asText();
    } while (cursor != null);
    titles.removeIf(title -> !title.startsWith("client "));
    assertThat(asked).as("no phantom").containsAll(titles);
    clients.forEach(client -> assertThat(ids).as("nothing lost").containsAll(client.created));
  }

  private static JsonNode json(HttpResponse<String> reply) throws IOException {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url.get() + path)).GET());
  }

  private HttpResponse<String> post(String path, String json)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url.get() + path))
            .header("X-Holdfast", "1")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** No answer is older than one that anybody had before it was asked for. */
  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    long before = shown.get();
    HttpRequest sent = request.timeout(PATIENCE).build();
    HttpResponse<String> reply = http.send(sent, BodyHandlers.ofString());
    if (reply.statusCode() / 100 == 2) {
      long revision =
          reply.headers().firstValueAsLong("Holdfast-Revision").orElseThrow(AssertionError::new);
      assertThat(revision).as("%s", sent.uri()).isGreaterThanOrEqualTo(before);
      shown.accumulateAndGet(revision, Math::max);
    }
    return reply;
  }

  /** One session after another, each change sent when the one before it was answered. */
  private final class Client implements Runnable {
    private final int number;
    private final Set<String> created = new HashSet<>();

    /** What may be found: the last that was acknowledged or shown, then what was sent since. */
    private final List<String> possibleAnswers = new ArrayList<>();

    private String session;
    private boolean acknowledgedStop;
    private boolean sentStop;
    private int count;

    Client(int number) {
      this.number = number;
    }

    @Override
    public void run() {
      try {
        while (!ending) {
          step();
        }
      } catch (IOException killed) {
        // The server is gone; what was sent last may or may not have happened.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void step() throws IOException, InterruptedException {
      count++;
      if (session == null || acknowledgedStop || sentStop) {
        create();
      } else if (count % 9 == 0) {
        sentStop = true;
        acknowledgedStop = ok(post("/api/v1/sessions/" + session + "/stop", "{}"));
      } else if (count % 5 == 0) {
        check(get("/api/v1/sessions/" + session + "/results"));
      } else {
        report("answer " + number + "." + count);
      }
    }

    private void report(String answer) throws IOException, InterruptedException {
      possibleAnswers.add(answer);
      String row =
          "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"answered\",\"answer\":\""
              + answer
              + "\"}]}";
      if (ok(post("/api/v1/sessions/" + session + "/rows", row))) {
        possibleAnswers.clear();
        possibleAnswers.add(answer);
      }
    }

    private void create() throws IOException, InterruptedException {
      String title = "client " + number + " session " + count;
      asked.add(title);
      session = null;
      HttpResponse<String> reply =
          post(
              "/api/v1/sessions",
              "{\"questionSet\":\"general\",\"analyzer\":\"external\",\"title\":\""
                  + title
                  + "\"}");
      if (ok(reply)) {
        session = JSON.readTree(reply.body()).get("id").asText();
        created.add(session);
        possibleAnswers.clear();
        possibleAnswers.add("");
        acknowledgedStop = false;
        sentStop = false;
      }
    }

    private boolean ok(HttpResponse<String> reply) {
      if (reply.statusCode() / 100 == 2) {
        acknowledged.incrementAndGet();
        return true;
      }
      assertThat(reply.statusCode()).as(reply.body()).isIn(503, 429);
      unavailable.incrementAndGet();
      return false;
    }

    /** Nothing is under way any more: what is not there now has not happened. */
    void check() throws IOException, InterruptedException {
      if (session != null) {
        HttpResponse<String> reply = get("/api/v1/sessions/" + session + "/results");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        check(reply);
        possibleAnswers.subList(1, possibleAnswers.size()).clear();
        sentStop = acknowledgedStop;
      }
    }

    /** What is shown once is as good as acknowledged; what was sent after it may come yet. */
    private void check(HttpResponse<String> reply) throws IOException {
      if (reply.statusCode() != 200) {
        assertThat(reply.statusCode()).as(reply.body()).isIn(503, 429);
        return;
      }
      JsonNode results = JSON.readTree(reply.body());
      JsonNode answer = results.at("/sections/0/rows/0/answer");
      String found = answer.isNull() ? "" : answer.asText();
      assertThat(possibleAnswers).contains(found);
      possibleAnswers.subList(0, possibleAnswers.indexOf(found)).clear();
      String state = results.at("/session/state").asText();
      assertThat(state)
          .isIn(acknowledgedStop ? "partial" : "running", sentStop ? "partial" : "running");
      acknowledgedStop = state.equals("partial");
    }
  }
}
