package dev.holdfast.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.ServerProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that create sessions and report rows until they are stopped or the server is gone. */
final class Writers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REPORTS_A_SESSION = 12;
  private static final int PAUSE_MILLIS = 20;

  private final ServerProcess server;
  private final Ledger ledger;
  private final String padding;
  private final int rows;
  private final ExecutorService threads;
  private final List<Future<?>> running = new ArrayList<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean stopped;

  private Writers(ServerProcess server, Ledger ledger, int clients, int rows, String padding) {
    this.server = server;
    this.ledger = ledger;
    this.rows = rows;
    this.padding = padding;
    threads = Executors.newFixedThreadPool(clients);
    for (int i = 0; i < clients; i++) {
      running.add(threads.submit(new Client()));
    }
  }

  /** Reports of one short row each. */
  static Writers small(ServerProcess server, Ledger ledger, int clients) {
    return new Writers(server, ledger, clients, 1, "");
  }

  /** Reports of twelve rows of 8,000 characters each, so that the journal is soon long. */
  static Writers large(ServerProcess server, Ledger ledger, int clients) {
    return new Writers(server, ledger, clients, 12, "x".repeat(8_000));
  }

  /** Changes answered with 2xx so far. */
  int acknowledged() {
    return acknowledged.get();
  }

  /** Changes answered with 503 so far. */
  int refused() {
    return refused.get();
  }

  /** Waits for what is under way; fails when an answer was neither 2xx nor 503. */
  void stop() throws InterruptedException {
    stopped = true;
    for (Future<?> client : running) {
      try {
        client.get();
      } catch (ExecutionException e) {
        throw new AssertionError("a writer met what it must not meet", e.getCause());
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }

  /** One session after another, each change sent when the one before it was answered. */
  private final class Client implements Runnable {
    private String session;
    private int number;

    @Override
    public void run() {
      try {
        while (!stopped) {
          step();
        }
      } catch (IOException gone) {
        // The server has ended; what was sent last may or may not have happened.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void step() throws IOException, InterruptedException {
      if (session == null || number == REPORTS_A_SESSION) {
        create();
      } else {
        report();
      }
    }

    private void create() throws IOException, InterruptedException {
      String title = "session " + UUID.randomUUID();
      ledger.asked(title);
      JsonNode created =
          post(
              "/api/v1/sessions",
              "{\"questionSet\":\"general\",\"analyzer\":\"external\",\"title\":\""
                  + title
                  + "\"}");
      if (created != null) {
        session = created.get("id").asText();
        number = 0;
        ledger.created(session, created.get("revision").asLong());
      }
    }

    private void report() throws IOException, InterruptedException {
      number++;
      ledger.sent(session, number);
      StringBuilder body = new StringBuilder("{\"attempt\":1,\"rows\":[");
      for (int row = 1; row <= rows; row++) {
        body.append(row == 1 ? "" : ",")
            .append("{\"questionId\":\"Q" + row + "\",\"status\":\"answered\",\"answer\":\"")
            .append(Ledger.answer(session, number))
            .append(padding)
            .append("\"}");
      }
      JsonNode reported = post("/api/v1/sessions/" + session + "/rows", body.append("]}") + "");
      if (reported != null) {
        ledger.answered(session, number, reported.get("revision").asLong());
      }
    }

    /** The answer; null when the change was refused for now. */
    private JsonNode post(String path, String body) throws IOException, InterruptedException {
      HttpResponse<String> reply = server.post(path, body);
      if (reply.statusCode() / 100 == 2) {
        acknowledged.incrementAndGet();
        return JSON.readTree(reply.body());
      }
      if (reply.statusCode() != 503) {
        throw new AssertionError(reply.statusCode() + " " + reply.body());
      }
      refused.incrementAndGet();
      // why: a client that is told to come back later does not come back at once.
      Thread.sleep(PAUSE_MILLIS);
      return null;
    }
  }
}
