package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While sessions change, every list is one state, nothing goes back, and listed means viewable. */
class ConsistencyTest {
  private static final int WRITERS = 4;
  private static final int READERS = 4;
  private static final int LIVES = 60;
  @TempDir private Path data;

  @Test
  void whatIsListedCanBeViewedAndCountsAddUpWhileSessionsChange() throws Exception {
    try (TestServer server = TestServer.start(data)) {
      ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS);
      AtomicInteger writing = new AtomicInteger(WRITERS);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        all.add(threads.submit(() -> write(server, writing)));
      }
      for (int i = 0; i < READERS; i++) {
        all.add(threads.submit(() -> read(server, writing)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      threads.shutdown();
      assertThat(server.get("/api/v1/sessions").json().at("/counts/total").asInt())
          .isEqualTo(WRITERS * LIVES);
    }
  }

  private static void write(TestServer server, AtomicInteger writing) {
    try {
      for (int i = 0; i < LIVES; i++) {
        String path = TestServer.session(server.create("Life " + i));
        server.post(path + "/rows", TestServer.rows(TestServer.row("Q1", "a"))).is(200);
        String end = i % 2 == 0 ? "/stop" : "/complete";
        server.post(path + end, i % 2 == 0 ? "{}" : "{\"attempt\":1}").is(200);
      }
    } finally {
      writing.decrementAndGet();
    }
  }

  private static void read(TestServer server, AtomicInteger writing) {
    long seen = 0;
    Set<String> known = new HashSet<>();
    while (writing.get() > 0) {
      Reply reply = server.get("/api/v1/sessions?limit=500").is(200);
      assertThat(reply.revision()).isGreaterThanOrEqualTo(seen);
      seen = reply.revision();
      JsonNode list = reply.json();
      Set<String> listed = new HashSet<>();
      list.get("items").forEach(item -> assertThat(listed.add(item.get("id").asText())).isTrue());
      assertThat(listed).hasSize(list.at("/counts/total").asInt()).containsAll(known);
      known = listed;
      listed.stream()
          .limit(3)
          .forEach(id -> server.get(TestServer.session(id) + "/results").is(200));
      JsonNode legacy = server.get("/api/admin/sessions").is(200).json();
      int inGroups = 0;
      for (JsonNode group : legacy.get("sessions")) {
        inGroups += group.size();
      }
      assertThat(inGroups).isEqualTo(legacy.at("/summary/total_sessions").asInt());
    }
  }
}
