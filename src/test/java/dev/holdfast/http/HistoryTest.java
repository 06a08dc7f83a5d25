package dev.holdfast.http;

import static dev.holdfast.http.TestServer.SET;
import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What was shown once can be shown again, to the byte, whatever has happened since. */
class HistoryTest {
  private static final String SESSIONS = "/api/v1/sessions";
  private static final List<String> LISTS =
      List.of(
          "limit=500",
          "sort=createdAt",
          "sort=title",
          "sort=-title",
          "sort=endedAt",
          "sort=-endedAt",
          "sort=expiresAt",
          "sort=-expiresAt",
          "state=running",
          "state=partial,failed&sort=title",
          "q=TITLE",
          "label=bid",
          "label=bid:7&state=partial",
          "createdBy=local",
          "createdBy=nobody",
          "createdAfter=2026-03-01T10:00:00Z&sort=title",
          "createdBefore=2026-03-01T10:00:00Z&createdBy=local");

  @TempDir private static Path data;
  private static TestServer server;

  /** What was answered, by path and revision. */
  private static final Map<Long, Map<String, Reply>> SHOWN = new TreeMap<>();

  private static final List<String> IDS = new ArrayList<>();

  @BeforeAll
  static void start() {
    server = TestServer.start(TestServer.kept(data, 30, 10));
    live();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Remembers everything that is shown now. */
  private static void remember() {
    Map<String, Reply> now = new LinkedHashMap<>();
    long revision = server.revision();
    for (String list : LISTS) {
      now.put(SESSIONS + "?" + list, server.get(SESSIONS + "?" + list).is(200));
    }
    for (String id : IDS) {
      now.put(session(id) + "?", server.get(session(id)));
      now.put(session(id) + "/results?", server.get(session(id) + "/results"));
    }
    assertThat(server.revision()).isEqualTo(revision);
    SHOWN.put(revision, now);
  }

  private static String create(String title, Map<String, String> labels) {
    Reply created =
        server.post(
            SESSIONS,
            Map.of("questionSet", SET, "analyzer", "external", "title", title, "labels", labels));
    String id = created.is(201).json().get("id").asText();
    IDS.add(id);
    remember();
    return id;
  }

  private static void change(String method, String path, Object body) {
    Reply reply = server.change(method, path, body);
    assertThat(reply.status()).as("%s", reply).isBetween(200, 204);
    remember();
  }

  /** Everything that can happen to a session happens. */
  private static void live() {
    remember();
    String a = create("Title \ufb00", Map.of("bid", "7"));
    String b = create("Title \ud83d\udea7", Map.of());
    String c = create("Title \u00e9", Map.of("bid", "8", "x", ""));
    change("POST", session(a) + "/rows", rows(row("Q1", "first"), row("Q4", "fourth")));
    change("POST", session(b) + "/rows", rows(row("Q2", "second")));
    change("POST", session(a) + "/rows", rows(row("Q1", "first, again")));
    change("PUT", session(a) + "/results/Q1/review", Map.of("verdict", "accepted"));
    change("POST", session(a) + "/stop", Map.of("reason", "lunch"));
    change("PATCH", session(a), Map.of("title", "Other", "labels", Map.of("bid", "9")));
    Map<String, Object> corrected =
        Map.of("verdict", "corrected", "correctedAnswer", "by hand", "correctedPages", List.of(3));
    change("PUT", session(a) + "/results/Q3/review", corrected);
    change("POST", session(a) + "/resume", Map.of("reason", "back"));
    change(
        "POST",
        session(a) + "/rows",
        Map.of("attempt", 2, "rows", List.of(row("Q1", "third time"), row("Q5", "fifth"))));
    change("POST", session(a) + "/complete", Map.of("attempt", 2));
    Map<String, String> error = Map.of("type", "x", "message", "broke");
    change("POST", session(b) + "/fail", Map.of("attempt", 1, "error", error));
    change("POST", session(b) + "/retry", null);
    change("PATCH", session(b), Map.of("expiresAt", "2020-01-01T00:00:00Z"));
    change("POST", "/api/v1/cleanup", null);
    change("POST", "/api/v1/bulk", Map.of("action", "stop", "filter", Map.of("state", "running")));
    change("POST", "/api/v1/bulk", Map.of("action", "retry", "ids", List.of(a, b, c)));
    change("DELETE", session(c) + "?reason=private", null);
    change("DELETE", session(b), null);
    create("Title at the end", Map.of("bid", "7"));
  }

  private static String at(String path, Object at) {
    String separator = path.endsWith("?") ? "" : "&";
    return path + separator + "at=" + URLEncoder.encode(at.toString(), Reply.UTF_8);
  }

  private static void compareAll() {
    SHOWN.forEach(
        (revision, replies) ->
            replies.forEach(
                (path, shown) -> {
                  Reply again = server.get(at(path, revision));
                  assertThat(again.status())
                      .as("%s at %s", path, revision)
                      .isEqualTo(shown.status());
                  if (shown.status() == 200) {
                    assertThat(again.text()).as("%s at %s", path, revision).isEqualTo(shown.text());
                    assertThat(again.etag()).isEqualTo(shown.etag());
                    assertThat(again.revision()).isEqualTo(revision);
                  }
                }));
  }

  @Test
  void everyAnswerIsGivenAgain() {
    assertThat(SHOWN).hasSizeGreaterThan(20);
    compareAll();
    server.restart();
    compareAll();
  }

  /** Also in the middle of a batch, which nobody could see then. */
  @Test
  void atEveryRevisionListAndTablesAgree() {
    long head = server.revision();
    for (long revision = 0; revision <= head; revision++) {
      JsonNode list = server.get(SESSIONS + "?limit=500&at=" + revision).is(200).json();
      assertThat(list.get("revision").asLong()).isEqualTo(revision);
      Map<String, Integer> states = new TreeMap<>();
      for (JsonNode item : list.get("items")) {
        states.merge(item.get("state").asText(), 1, Integer::sum);
        String path = session(item.get("id").asText());
        assertThat(server.get(path + "?at=" + revision).is(200).json()).isEqualTo(item);
        JsonNode results = server.get(path + "/results?at=" + revision).is(200).json();
        assertThat(results.get("session")).isEqualTo(item);
        int answered = 0;
        for (JsonNode status : results.findValues("status")) {
          answered += status.asText().equals("answered") ? 1 : 0;
        }
        assertThat(item.at("/progress/answered").asInt()).isEqualTo(answered);
      }
      JsonNode counts = list.get("counts");
      for (String state : List.of("queued", "running", "completed", "partial", "failed")) {
        assertThat(counts.get(state).asInt()).as(state).isEqualTo(states.getOrDefault(state, 0));
      }
      assertThat(counts.get("total").asInt()).isEqualTo(list.get("items").size());
      assertThat(list.get("matching").asInt()).isEqualTo(list.get("items").size());
    }
  }

  @Test
  void aTimeMeansTheLastRevisionOfThen() {
    TreeMap<Instant, Long> lastAt = new TreeMap<>();
    for (String id : IDS) {
      Reply events = server.get(session(id) + "/events");
      if (events.status() == 200) {
        events
            .json()
            .get("items")
            .forEach(
                event ->
                    lastAt.merge(
                        Instant.parse(event.get("at").asText()),
                        event.get("revision").asLong(),
                        Math::max));
      }
    }
    assertThat(lastAt).isNotEmpty();
    lastAt.forEach(
        (time, revision) -> {
          // An event of a session that is gone by now may have come in the same millisecond.
          long then = server.get(at(SESSIONS + "?", time)).is(200).revision();
          assertThat(then).isGreaterThanOrEqualTo(revision);
          Long next = lastAt.higherEntry(time) == null ? null : lastAt.higherEntry(time).getValue();
          assertThat(next == null || then < next).as("%s before %s", then, next).isTrue();
          String elsewhere = time.atOffset(ZoneOffset.ofHours(2)).toString();
          assertThat(server.get(at(SESSIONS + "?", elsewhere)).text())
              .isEqualTo(server.get(SESSIONS + "?at=" + then).text());
          assertThat(server.get(at(SESSIONS + "?", time.minus(Duration.ofMillis(1)))).revision())
              .isLessThan(revision);
        });
    String id = IDS.get(0);
    Instant last = lastAt.lastKey();
    assertThat(server.get(at(session(id) + "/results?", last)).is(200).text())
        .isEqualTo(server.get(session(id) + "/results").text());
  }

  @Test
  void whatWasBeforeTheJournalIsEmpty() {
    for (Object before : List.of(0, "1970-01-01T00:00:00Z", "-999999999-01-01T00:00:00+18:00")) {
      Reply list = server.get(at(SESSIONS + "?", before)).is(200);

      assertThat(list.revision()).isZero();
      assertThat(list.json().at("/counts/total").asInt()).isZero();
      assertThat(list.json().get("items")).isEmpty();
      server.get(at(session(IDS.get(0)) + "?", before)).isProblem(404, "not-found");
    }
  }

  @Test
  void aDeletedSessionIsShownAsItWasBefore() {
    String deleted = IDS.get(2);
    server.get(session(deleted)).isProblem(410, "gone");
    long head = server.revision();
    JsonNode gone = server.get(session(deleted) + "?at=" + head).isProblem(410, "gone");
    assertThat(gone.get("detail").asText()).contains("private");

    long shown = SHOWN.keySet().stream().filter(r -> isShown(r, deleted)).reduce(0L, Math::max);

    assertThat(server.get(session(deleted) + "/results?at=" + shown).is(200).text())
        .isEqualTo(SHOWN.get(shown).get(session(deleted) + "/results?").text());
    server.get(session("nobody") + "?at=" + shown).isProblem(404, "not-found");
    server.get(session("%00") + "/results?at=" + shown).isProblem(404, "not-found");
  }

  private static boolean isShown(long revision, String id) {
    Reply reply = SHOWN.get(revision).get(session(id) + "?");
    return reply != null && reply.status() == 200;
  }

  @Test
  void thePastIsReadPageByPage() {
    long then = SHOWN.keySet().stream().skip(SHOWN.size() / 2).findFirst().orElseThrow();
    for (String list : LISTS) {
      String path = list.replace("limit=500", "sort=-createdAt") + "&limit=1&at=" + then;
      List<JsonNode> items = new ArrayList<>();
      String next = SESSIONS + "?" + path;
      while (next != null) {
        Reply page = server.get(next).is(200);
        assertThat(page.revision()).isEqualTo(then);
        page.json().get("items").forEach(items::add);
        String link = page.header("Link");
        next = link == null ? null : "/api/v1/" + link.substring(1, link.indexOf('>'));
        server.patch(session(IDS.get(0)), Map.of("title", "moved " + items.size())).is(200);
      }
      List<JsonNode> shown = new ArrayList<>();
      SHOWN.get(then).get(SESSIONS + "?" + list).json().get("items").forEach(shown::add);
      assertThat(items).as(list).isEqualTo(shown);
    }
  }

  @Test
  void aCursorBelongsToItsRevision() {
    long then = server.revision();
    JsonNode page = server.get(SESSIONS + "?limit=1&at=" + then).json();
    String cursor = page.get("nextCursor").asText();

    server.get(SESSIONS + "?limit=1&at=" + then + "&cursor=" + cursor).is(200);
    server
        .get(SESSIONS + "?limit=1&at=" + (then - 1) + "&cursor=" + cursor)
        .isProblem(400, "bad-parameter");
    server.get(SESSIONS + "?limit=1&cursor=" + cursor).isProblem(400, "bad-parameter");
  }

  @Test
  void thePastIsNotSentAgain() {
    long then = server.revision();
    for (String path :
        List.of(SESSIONS + "?", session(IDS.get(0)) + "?", session(IDS.get(0)) + "/results?")) {
      String etag = server.get(at(path, then)).is(200).etag();
      server.get(at(path, then), "If-None-Match", etag).is(304);
    }
  }

  @TestFactory
  Stream<DynamicTest> aMomentThatIsNoneOfThePastIsRefused() {
    String id = session(IDS.get(0));
    return Stream.of(
            "x",
            "-1",
            "1.5",
            "1e3",
            "0x10",
            "\u0661",
            "\0",
            " ",
            "999999999999999999",
            "9999999999999999999",
            "9".repeat(199),
            "2026-13-01T00:00:00Z",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "now",
            "9999-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "x".repeat(201))
        .map(
            at ->
                dynamicTest(
                    at.replaceAll("\\P{Graph}", "?"),
                    () -> {
                      for (String path : List.of(SESSIONS + "?", id + "?", id + "/results?")) {
                        // Once more, since a read that fails must not hold up the next.
                        for (int i = 0; i < 2; i++) {
                          server.refuses(
                              400, "bad-parameter", () -> server.get(HistoryTest.at(path, at)));
                        }
                      }
                    }));
  }

  @Test
  void aRevisionAheadSaysWhereTheJournalStands() {
    long head = server.revision();

    JsonNode problem = server.get(SESSIONS + "?at=" + (head + 1)).isProblem(400, "bad-parameter");

    assertThat(problem.get("detail").asText()).contains("" + head);
    server.get(SESSIONS + "?at=1&at=2").isProblem(400, "bad-parameter");
  }

  @Test
  void whatIsNotKeptIsSaidToBeGone(@TempDir Path elsewhere) throws Exception {
    try (TestServer forgetful = TestServer.start(elsewhere)) {
      String id = forgetful.create("Old");
      forgetful.post(session(id) + "/stop", null).is(200);
      long kept = forgetful.revision();
      forgetful.stop();
      try (Connection database =
              DriverManager.getConnection("jdbc:sqlite:" + elsewhere.resolve("holdfast.db"));
          Statement statement = database.createStatement()) {
        statement.execute("UPDATE journal SET compacted = " + kept);
      }
      forgetful.restart();

      for (String path : List.of(SESSIONS + "?", session(id) + "?", session(id) + "/results?")) {
        forgetful.get(at(path, kept)).is(200);
        JsonNode gone = forgetful.get(at(path, kept - 1)).isProblem(410, "revision-compacted");
        assertThat(gone.get("detail").asText()).contains("revision " + kept);
        forgetful.get(at(path, "1999-01-01T00:00:00Z")).isProblem(410, "revision-compacted");
      }
    }
  }

  @Test
  void readsChangeNothing() {
    String id = IDS.get(0);
    long revision = server.revision();
    String list = server.get(SESSIONS + "?limit=500").text();
    List<String> paths =
        List.of(
            SESSIONS,
            SESSIONS + "?q=title",
            SESSIONS + "?label=bid",
            SESSIONS + "?at=" + revision,
            SESSIONS + "?sort=expiresAt&limit=1",
            session(id),
            session(id) + "?at=" + revision,
            session(id) + "/results",
            session(id) + "/results?at=" + revision,
            session(id) + "/events",
            session(id) + "/export?format=csv",
            session(id) + "/export?format=json",
            "/api/v1/cleanup",
            "/api/v1/question-sets",
            "/api/v1/question-sets/" + SET,
            "/api/v1/changes?after=" + revision + "&wait=0",
            "/api/admin/sessions",
            "/api/results/" + id,
            "/health/ready",
            "/");

    Crew.of(8).each(10 * paths.size(), i -> server.get(paths.get(i % paths.size())).is(200));

    assertThat(server.revision()).isEqualTo(revision);
    assertThat(server.get(SESSIONS + "?limit=500").text()).isEqualTo(list);
  }
}
