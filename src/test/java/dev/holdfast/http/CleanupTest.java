package dev.holdfast.http;

import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What expires leaves the lists, then goes, and whoever asks learns when and why. */
class CleanupTest {
  private static final String CLEANUP = "/api/v1/cleanup";
  private static final int LONG_GRACE = 10;

  @TempDir private Path data;

  private static String stopped(TestServer server, String title) {
    String id = server.create(title);
    server.post(session(id) + "/rows", rows(row("Q1", "kept"))).is(200);
    server.post(session(id) + "/stop", null).is(200);
    return id;
  }

  private static void counts(Reply cleanup, int expired, int purged) {
    JsonNode report = cleanup.is(200).json();
    assertThat(Reply.names(report))
        .containsExactly(
            "revision",
            "at",
            "dryRun",
            "running",
            "expired",
            "purged",
            "failed",
            "documents",
            "forgotten");
    assertThat(report.get("expired").asInt()).as("%s", report).isEqualTo(expired);
    assertThat(report.get("purged").asInt()).as("%s", report).isEqualTo(purged);
    assertThat(report.get("running").asBoolean()).isFalse();
    assertThat(report.get("revision").asLong()).isEqualTo(cleanup.revision());
  }

  @Test
  void anExpiredSessionLeavesTheListsAndCanStillBeViewed() {
    try (TestServer server = TestServer.start(TestServer.kept(data, 30, LONG_GRACE))) {
      String id = stopped(server, "Expired");
      String other = stopped(server, "Other");
      server.expire(id);
      JsonNode before = server.get(session(id) + "/results").json();

      counts(server.cleanUp(), 1, 0);

      JsonNode results = server.get(session(id) + "/results").is(200).json();
      assertThat(results.at("/session/removedAt").isNull()).isFalse();
      assertThat(results.get("sections")).isEqualTo(before.get("sections"));
      server.get(session(id) + "/export?format=csv").is(200);
      assertThat(server.get(session(id) + "/events").json().at("/items/5/type").asText())
          .isEqualTo("session-removed.v1");
      JsonNode list = server.get("/api/v1/sessions").json();
      assertThat(list.get("items")).hasSize(1);
      assertThat(list.at("/items/0/id").asText()).isEqualTo(other);
      assertThat(list.at("/counts/total").asInt()).isEqualTo(1);
      counts(server.cleanUp(), 0, 0);
      server.delete(session(id)).is(204);
      server.get(session(id)).isProblem(410, "gone");
    }
  }

  @Test
  void withoutGraceItIsGoneInTheSameCall() {
    try (TestServer server = TestServer.start(TestServer.kept(data, 30, 0))) {
      String id = stopped(server, "Gone");
      server.expire(id);

      counts(server.cleanUp(), 1, 1);

      for (String path : List.of("", "/results", "/events")) {
        JsonNode gone = server.get(session(id) + path).isProblem(410, "gone");
        assertThat(gone.get("detail").asText()).contains("Gone", "expired");
      }
      server.restart();
      server.get(session(id)).isProblem(410, "gone");
    }
  }

  @Test
  void withoutRetentionAnEndedSessionGoesAtOnceAndAnActiveOneStays() {
    try (TestServer server = TestServer.start(TestServer.kept(data, 0, 0))) {
      String ended = stopped(server, "Ended");
      String active = server.create("Active");
      server.patch(session(active), Map.of("pinned", false)).is(200);

      counts(server.cleanUp(), 1, 1);

      server.get(session(ended)).isProblem(410, "gone");
      server.get(session(active)).is(200);
    }
  }

  @Test
  void everyStateHasItsOwnRetention() {
    Settings own =
        TestServer.kept(data, 30, LONG_GRACE)
            .with("retention.completedDays", 1)
            .with("retention.partialDays", 2)
            .with("retention.failedDays", 3);
    try (TestServer server = TestServer.start(own)) {
      String completed = server.create("completed");
      server.post(session(completed) + "/complete", Map.of("attempt", 1)).is(200);
      String partial = stopped(server, "partial");
      String failed = server.create("failed");
      Map<String, String> error = Map.of("type", "x", "message", "broke");
      server.post(session(failed) + "/fail", Map.of("attempt", 1, "error", error)).is(200);

      assertThat(kept(server, completed)).isEqualTo(Duration.ofDays(1));
      assertThat(kept(server, partial)).isEqualTo(Duration.ofDays(2));
      assertThat(kept(server, failed)).isEqualTo(Duration.ofDays(3));
      server.post(session(partial) + "/resume", null).is(200);
      server.post(session(partial) + "/complete", Map.of("attempt", 2)).is(200);
      assertThat(kept(server, partial)).isEqualTo(Duration.ofDays(1));
    }
  }

  private static Duration kept(TestServer server, String id) {
    JsonNode session = server.get(session(id)).json();
    return Duration.between(
        Instant.parse(session.get("endedAt").asText()),
        Instant.parse(session.get("expiresAt").asText()));
  }

  @Test
  void aDryRunCountsAndChangesNothing() {
    try (TestServer server = TestServer.start(TestServer.kept(data, 30, 0))) {
      for (int i = 0; i < 3; i++) {
        server.expire(stopped(server, "due " + i));
      }
      JsonNode last = server.get(CLEANUP).json();
      long revision = server.revision();

      Reply dry = server.post(CLEANUP, Map.of("dryRun", true));

      counts(dry, 3, 3);
      assertThat(dry.json().get("dryRun").asBoolean()).isTrue();
      assertThat(server.revision()).isEqualTo(revision);
      assertThat(server.get(CLEANUP).json().get("at")).isEqualTo(last.get("at"));
      counts(server.post(CLEANUP, Map.of("dryRun", false)), 3, 3);
    }
  }

  @Test
  void theLastReportIsKeptToBeRead() {
    try (TestServer server = TestServer.start(TestServer.kept(data, 30, 0))) {
      server.expire(stopped(server, "due"));
      JsonNode report = server.cleanUp().json();

      Reply last = server.get(CLEANUP).is(200);

      counts(last, 1, 1);
      assertThat(last.json().get("at")).isEqualTo(report.get("at"));
      assertThat(last.json().get("dryRun").asBoolean()).isFalse();
    }
  }

  /** More than one step of a sweep may change. */
  @Test
  void manyAtOnceGoInSeveralStepsAndAreReportedAsOne() {
    try (TestServer server = TestServer.start(TestServer.kept(data, 0, 0))) {
      Crew.of(8).each(120, i -> stopped(server, "due " + i));

      counts(server.cleanUp(), 120, 120);

      assertThat(server.get("/api/v1/sessions").json().at("/counts/total").asInt()).isZero();
    }
  }

  @Test
  void aRequestThatIsWrongIsRefused() {
    try (TestServer server = TestServer.start(TestServer.kept(data, 0, 0))) {
      stopped(server, "due");
      for (String body :
          List.of(
              "[]",
              "null",
              "{\"dryRun\":\"true\"}",
              "{\"dryRun\":1}",
              "{\"dryRun\":[]}",
              "{\"dry\":true}",
              "{\"dryRun\":true,\"dryRun\":false}",
              "{\"dryRun\":" + "[".repeat(20_000))) {
        server.refuses(400, "malformed-request", () -> server.post(CLEANUP, body));
      }
      server.refuses(
          413, "too-large", () -> server.post(CLEANUP, "{\"" + "x".repeat(70_000) + "\":1}"));
      server.refuses(400, "bad-parameter", () -> server.post(CLEANUP + "?dryRun=true", Map.of()));
      server.refuses(400, "bad-parameter", () -> server.get(CLEANUP + "?at=1"));
      server.refuses(403, "forbidden", () -> server.post(CLEANUP, null, "X-Holdfast", null));
      JsonNode flag = server.post(CLEANUP, "{\"dryRun\":1}").json();
      assertThat(flag.get("detail").asText()).isEqualTo("dryRun must be true or false.");
    }
  }

  /** Whoever sweeps at the same time shares what there is to do. */
  @Test
  void manyCleanupsAtOnceRemoveEachSessionOnce() {
    try (TestServer server = TestServer.start(TestServer.kept(data, 0, 0))) {
      for (int i = 0; i < 20; i++) {
        stopped(server, "due " + i);
      }
      AtomicInteger expired = new AtomicInteger();

      Crew.of(8).all(i -> expired.addAndGet(server.cleanUp().json().get("expired").asInt()));

      assertThat(expired).hasValue(20);
    }
  }

  /** Sessions come, are resumed, deleted and expire; what a list shows is there or said to go. */
  @Test
  void whatIsListedCanBeViewedForItsGraceUnlessSomebodyDeletedIt() {
    try (TestServer server = TestServer.start(TestServer.kept(data, 30, LONG_GRACE))) {
      int writers = 4;
      AtomicInteger writing = new AtomicInteger(writers);
      Crew.of(writers + 3)
          .all(
              thread -> {
                if (thread < writers) {
                  for (int i = 0; i < 15; i++) {
                    live(server, i);
                  }
                  writing.decrementAndGet();
                } else {
                  do {
                    watch(server);
                  } while (writing.get() > 0);
                }
              });
    }
  }

  private static void live(TestServer server, int number) {
    String id = stopped(server, "life");
    server.post(session(id) + "/resume", null).is(200);
    server.post(session(id) + "/stop", null).is(200);
    switch (number % 3) {
      case 0 -> server.delete(session(id)).is(204);
      case 1 -> {
        server.expire(id);
        server.cleanUp();
      }
      default -> server.post(session(id) + "/retry", null).is(201);
    }
  }

  private static void watch(TestServer server) {
    Reply list = server.get("/api/v1/sessions?limit=500").is(200);
    Set<String> ids = new HashSet<>();
    list.json().get("items").forEach(item -> ids.add(item.get("id").asText()));
    assertThat(ids).hasSize(list.json().at("/counts/total").asInt());
    for (String id : ids) {
      Reply view = server.get(session(id) + "/results");
      if (view.status() == 410) {
        assertThat(view.json().get("detail").asText()).contains("deleted by local");
      } else {
        assertThat(view.is(200).revision()).isGreaterThanOrEqualTo(list.revision());
      }
    }
  }
}
