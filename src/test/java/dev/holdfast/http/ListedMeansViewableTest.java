package dev.holdfast.http;

import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The incident that this server replaces: sessions that vanish from the list and come back. */
class ListedMeansViewableTest {
  private static final int WRITERS = 4;
  private static final int READERS = 4;
  private static final int LIVES = 25;
  private static final List<String> STATES =
      List.of("queued", "running", "completed", "partial", "failed");

  @TempDir private static Path data;
  private static TestServer server;
  private final AtomicInteger writing = new AtomicInteger(WRITERS);

  @BeforeAll
  static void start() {
    server = TestServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatIsListedCanBeViewedWhileEverythingChanges() {
    Set<String> created = new HashSet<>();
    AtomicInteger views = new AtomicInteger();

    Crew.of(WRITERS + READERS)
        .all(
            thread -> {
              if (thread < WRITERS) {
                for (int life = 0; life < LIVES; life++) {
                  String id = live(new Random(thread * 1_000L + life));
                  synchronized (created) {
                    created.add(id);
                  }
                }
                writing.decrementAndGet();
              } else {
                watch(new Random(thread), views);
              }
            });

    Set<String> listed = new HashSet<>();
    server
        .get("/api/v1/sessions?limit=500")
        .json()
        .get("items")
        .forEach(item -> listed.add(item.get("id").asText()));
    assertThat(listed).isEqualTo(created);
    assertThat(views.get()).isGreaterThan(READERS);
  }

  /** A session from its creation to one of its ends. */
  private static String live(Random random) {
    String id = server.create("life");
    for (int i = 1; i <= 1 + random.nextInt(5); i++) {
      server.post(session(id) + "/rows", rows(row("Q" + i, "answer"))).is(200);
    }
    switch (random.nextInt(3)) {
      case 0 -> server.post(session(id) + "/stop", null).is(200);
      case 1 -> server.post(session(id) + "/complete", Map.of("attempt", 1)).is(200);
      default ->
          server
              .post(
                  session(id) + "/fail",
                  Map.of("attempt", 1, "error", Map.of("type", "x", "message", "broke")))
              .is(200);
    }
    return id;
  }

  /** Lists and views like somebody who keeps pressing F5; sessions only ever come, never go. */
  private void watch(Random random, AtomicInteger views) {
    long seen = 0;
    Set<String> known = new HashSet<>();
    do {
      Reply list = server.get("/api/v1/sessions?limit=500").is(200);
      seen = notOlder(seen, list.revision());
      Set<String> ids = check(list.json());
      assertThat(ids).as("a listed session stays listed").containsAll(known);
      known = ids;
      for (String id : ids) {
        if (random.nextInt(10) == 0) {
          seen = view(id, seen);
          views.incrementAndGet();
        }
      }
      seen = notOlder(seen, legacy(known));
    } while (writing.get() > 0);
  }

  private static long notOlder(long seen, long revision) {
    assertThat(revision).as("revision after %d", seen).isGreaterThanOrEqualTo(seen);
    return revision;
  }

  private static long view(String id, long seen) {
    Reply summary = server.get(session(id)).is(200);
    Reply results = server.get(session(id) + "/results").is(200);
    JsonNode body = results.json();
    assertThat(body.get("revision").asLong())
        .isGreaterThanOrEqualTo(summary.json().get("revision").asLong());
    int settled = 0;
    for (JsonNode section : body.get("sections")) {
      for (JsonNode row : section.get("rows")) {
        settled += row.get("status").asText().equals("pending") ? 0 : 1;
      }
    }
    assertThat(body.at("/session/progress/answered").asInt()).isEqualTo(settled);
    return notOlder(notOlder(seen, summary.revision()), results.revision());
  }

  private static Set<String> check(JsonNode list) {
    JsonNode items = list.get("items");
    Set<String> ids = new HashSet<>();
    for (JsonNode item : items) {
      assertThat(ids.add(item.get("id").asText())).as("listed once").isTrue();
      assertThat(item.get("revision").asLong()).isLessThanOrEqualTo(list.get("revision").asLong());
    }
    for (String state : STATES) {
      int inState = 0;
      for (JsonNode item : items) {
        inState += item.get("state").asText().equals(state) ? 1 : 0;
      }
      assertThat(list.get("counts").get(state).asInt()).as(state).isEqualTo(inState);
    }
    assertThat(list.get("counts").get("total").asInt()).isEqualTo(ids.size());
    return ids;
  }

  /** The old list shows the same; its revision. */
  private static long legacy(Set<String> known) {
    JsonNode list = server.get("/api/admin/sessions").is(200).json();
    Set<String> ids = new HashSet<>();
    for (String group : List.of("active", "completed", "partial")) {
      JsonNode items = list.get("sessions").get(group);
      assertThat(list.get("summary").get(group + "_count").asInt()).isEqualTo(items.size());
      items.forEach(
          item -> assertThat(ids.add(item.get("session_id").asText())).as("once").isTrue());
    }
    assertThat(ids).containsAll(known);
    if (!known.isEmpty()) {
      server.get("/api/results/" + known.iterator().next()).is(200);
    }
    return list.get("diagnostics").get("revision").asLong();
  }
}
