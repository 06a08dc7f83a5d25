package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows the stream of Holdfast, cuts it now and then and resumes, and compares what it adds up to
 * with what the server says was the state of that revision.
 */
final class StreamWatcher implements Runnable, AutoCloseable {
  private static final String STREAM = "/api/v1/stream";
  private static final int NAMED = 8;
  private static final long PAUSE_NANOS = 300_000_000L;
  private static final int SAMPLES = 3;

  private final Client client;
  private final Run run;
  private final HotSessions sessions;
  private final Fold fold = new Fold();
  private final List<String> named = new ArrayList<>();
  private long nextComparison;
  private int cuts;
  private volatile InputStream open;

  StreamWatcher(Client client, HotSessions sessions) {
    this.client = client;
    this.run = client.run();
    this.sessions = sessions;
  }

  @Override
  public void run() {
    while (!run.isOver()) {
      open = client.open(path());
      if (open == null) {
        LockSupport.parkNanos(PAUSE_NANOS);
      } else {
        follow(open);
      }
    }
  }

  /** Ends the wait for the next event. */
  @Override
  public void close() {
    try {
      InputStream body = open;
      if (body != null) {
        body.close();
      }
    } catch (IOException e) {
      // It is as closed as it gets.
    }
  }

  /** Every fifth time it begins anew, with other sessions named. */
  private String path() {
    boolean anew = cuts++ % 5 == 0 || fold.revision() < 0;
    if (anew) {
      named.clear();
      sessions.newest(NAMED).forEach(known -> named.add(known.id()));
    }
    StringBuilder path = new StringBuilder(STREAM).append(anew ? "?" : "?after=" + fold.revision());
    named.forEach(id -> path.append("&sessionId=").append(id));
    return path.toString().replace("?&", "?");
  }

  private void follow(InputStream body) {
    int eventsMax = 50 + client.random().nextInt(2_000);
    try (SseEvents events = new SseEvents(body)) {
      for (int i = 0; i < eventsMax && !run.isOver(); i++) {
        SseEvents.Event event = events.next();
        if (event == null) {
          break;
        }
        take(event);
      }
    } catch (IOException e) {
      // The stream was cut; what is held goes on from where it is.
    }
    fold.cut();
  }

  private void take(SseEvents.Event event) {
    switch (event.name()) {
      case "snapshot" -> fold.begin(event.data());
      case "session", "removed", "row" -> fold.part(event);
      case "frame" -> {
        run.findings().compared(Check.CHAIN, 1);
        String why = fold.end(event.data());
        if (why != null) {
          wrong(Check.CHAIN, why, "frame " + event.data());
        }
        compareNowAndThen();
      }
      default -> {
        // A reset is followed by a snapshot, a goodbye by the end; comments are nothing.
      }
    }
  }

  private void compareNowAndThen() {
    if (run.now() > nextComparison) {
      compareList();
      compareSome();
      compareRows();
      nextComparison = run.now() + PAUSE_NANOS;
    }
  }

  private Exchange then(String path) {
    return client.get(path + "at=" + fold.revision());
  }

  /** The newest sessions of then: what is held of them, and all that changed since it is held. */
  private void compareList() {
    Exchange list = then("/api/v1/sessions?limit=500&");
    if (!list.isOk()) {
      return;
    }
    same("counts", fold.counts(), list.body().path("counts"), list);
    for (JsonNode item : list.body().path("items")) {
      String id = item.path("id").asText();
      JsonNode held = fold.sessions().get(id);
      if (held != null || item.path("revision").asLong() > fold.begun()) {
        same("session " + id, held, item, list);
      }
    }
  }

  /** Some of those that are held, which may be older than what a page shows. */
  private void compareSome() {
    Iterator<Map.Entry<String, JsonNode>> held = fold.sessions().entrySet().iterator();
    int pass = client.random().nextInt(Math.max(1, fold.sessions().size() - SAMPLES));
    for (int i = 0; i < pass + SAMPLES && held.hasNext(); i++) {
      Map.Entry<String, JsonNode> one = held.next();
      if (i >= pass) {
        Exchange session = then("/api/v1/sessions/" + one.getKey() + "?");
        JsonNode shown = session.isOk() ? session.body() : null;
        if (session.isAnswered()) {
          same("session " + one.getKey(), one.getValue(), shown, session);
        }
      }
    }
  }

  private void compareRows() {
    fold.rows()
        .forEach(
            (id, rows) -> {
              Exchange results = then("/api/v1/sessions/" + id + "/results?");
              if (results.isOk() && fold.sessions().containsKey(id)) {
                same("the rows of session " + id, rows, Fold.rowsOf(results.body()), results);
              }
            });
  }

  private void same(String what, Object held, Object shown, Exchange exchange) {
    run.findings().compared(Check.FOLD, 1);
    if (!shown.equals(held)) {
      String claim = what + " differs at revision " + fold.revision();
      wrong(
          Check.FOLD,
          claim,
          "held from the stream: " + held + "\n" + exchange.what() + " shows: " + shown);
    }
  }

  private void wrong(Check check, String claim, String what) {
    Step step = new Step(run.now(), run.now(), client.name(), what);
    run.findings().add(new Violation(check, "the stream", claim, List.of(step)));
  }
}
