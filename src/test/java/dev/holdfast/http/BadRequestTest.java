package dev.holdfast.http;

import static dev.holdfast.http.TestServer.EXTERNAL;
import static dev.holdfast.http.TestServer.SET;
import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a request, nothing changes and a problem says what to do. */
class BadRequestTest {
  private static final String SESSIONS = "/api/v1/sessions";
  private static final String NOBODY = SESSIONS + "/00000000-0000-0000-0000-000000000000";

  @TempDir private static Path data;
  private static TestServer server;
  private static String running;
  private static String withDocument;
  private static String stopped;

  @BeforeAll
  static void start() {
    server = TestServer.start(data);
    running = session(server.create("running"));
    stopped = session(server.create("stopped"));
    server.post(stopped + "/stop", null).is(200);
    String document = server.upload("", Pdfs.of("One page only")).json().get("id").asText();
    withDocument =
        session(
            server
                .post(SESSIONS, with(EXTERNAL, "documentId", document))
                .json()
                .get("id")
                .asText());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    Map<String, Object> more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  /** A request that must be refused so, and change nothing. */
  private static DynamicTest refused(
      String name, int status, String type, Supplier<Reply> request) {
    return DynamicTest.dynamicTest(name, () -> server.refuses(status, type, request));
  }

  private static DynamicTest create(String name, int status, String type, Object body) {
    return refused(name, status, type, () -> server.post(SESSIONS, body));
  }

  @TestFactory
  Stream<DynamicTest> aBodyThatIsNoneOfOursIsRefused() {
    String good = "{\"questionSet\":\"small\",\"analyzer\":\"external\"";
    return Stream.of(
        create("malformed", 400, "malformed-request", "{\"questionSet\":"),
        create("not JSON", 400, "malformed-request", "hello"),
        create("two values", 400, "malformed-request", good + "} {}"),
        create("null", 400, "malformed-request", "null"),
        create("an array", 400, "malformed-request", "[]"),
        create("a string", 400, "malformed-request", "\"small\""),
        create("deeply nested", 400, "malformed-request", "[".repeat(30_000)),
        create(
            "deep in a member",
            400,
            "malformed-request",
            good + ",\"labels\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(41)),
        create("wrong type", 400, "malformed-request", "{\"questionSet\":7}"),
        create("boolean for text", 400, "malformed-request", "{\"questionSet\":true}"),
        create("object for text", 400, "malformed-request", "{\"questionSet\":{}}"),
        create("unknown member", 400, "malformed-request", good + ",\"titel\":\"x\"}"),
        create("a member twice", 400, "malformed-request", good + ",\"analyzer\":\"external\"}"),
        create("null in labels", 400, "malformed-request", good + ",\"labels\":{\"a\":null}}"),
        create("labels that are a list", 400, "malformed-request", good + ",\"labels\":[]}"),
        create("bad UTF-8 escape", 400, "malformed-request", good + ",\"title\":\"\\u12\"}"),
        create("NaN", 400, "malformed-request", "{\"questionSet\":NaN}"),
        create("a comment", 400, "malformed-request", "/* */ " + good + "}"),
        create("huge", 413, "too-large", good + ",\"title\":\"" + "x".repeat(70_000) + "\"}"),
        create(
            "a title of 100,000 characters",
            413,
            "too-large",
            with(EXTERNAL, "title", "x".repeat(100_000))),
        refused(
            "another type of body",
            415,
            "unsupported-media-type",
            () -> server.post(SESSIONS, EXTERNAL, "Content-Type", "text/plain")),
        refused(
            "no type of body",
            415,
            "unsupported-media-type",
            () -> server.post(SESSIONS, EXTERNAL, "Content-Type", null)));
  }

  @TestFactory
  Stream<DynamicTest> aValueThatIsNotAcceptableIsRefused() {
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < 21; i++) {
      labels.put("l" + i, "x");
    }
    return Stream.of(
        create("no body", 422, "invalid-value", null),
        create("no question set", 422, "invalid-value", "{}"),
        create(
            "unknown question set",
            422,
            "unknown-question-set",
            with(EXTERNAL, "questionSet", "x")),
        create("hostile name", 422, "unknown-question-set", with(EXTERNAL, "questionSet", "../x")),
        create("unknown analyzer", 422, "invalid-value", with(EXTERNAL, "analyzer", "magic")),
        create("no document", 422, "unknown-document", Map.of("questionSet", SET)),
        create(
            "unknown document", 422, "unknown-document", with(EXTERNAL, "documentId", "../../x")),
        create("long title", 422, "invalid-value", with(EXTERNAL, "title", "x".repeat(201))),
        create("NUL in the title", 422, "invalid-value", with(EXTERNAL, "title", "a\0b")),
        create("21 labels", 422, "invalid-value", with(EXTERNAL, "labels", labels)),
        create("empty label", 422, "invalid-value", with(EXTERNAL, "labels", Map.of("", "x"))),
        create(
            "long label",
            422,
            "invalid-value",
            with(EXTERNAL, "labels", Map.of("a", "x".repeat(101)))),
        refused(
            "long reason",
            422,
            "invalid-value",
            () -> server.post(running + "/stop", Map.of("reason", "x".repeat(1_001)))),
        refused(
            "wrong-typed reason",
            400,
            "malformed-request",
            () -> server.post(running + "/stop", "{\"reason\":[]}")));
  }

  private static DynamicTest report(String name, int status, String type, Object body) {
    return refused(name, status, type, () -> server.post(running + "/rows", body));
  }

  @TestFactory
  Stream<DynamicTest> aReportThatCannotBeTrueIsRefusedAsAWhole() {
    Map<String, Object> good = row("Q1", "yes");
    return Stream.of(
        report(
            "another attempt", 409, "stale-attempt", Map.of("attempt", 2, "rows", List.of(good))),
        report("attempt 0", 409, "stale-attempt", Map.of("attempt", 0, "rows", List.of(good))),
        report("no attempt", 400, "malformed-request", Map.of("rows", List.of(good))),
        report("attempt in words", 400, "malformed-request", "{\"attempt\":\"1\",\"rows\":[]}"),
        report("attempt 1.5", 400, "malformed-request", "{\"attempt\":1.5,\"rows\":[]}"),
        report("attempt too big", 400, "malformed-request", "{\"attempt\":4294967297,\"rows\":[]}"),
        report("no rows", 422, "invalid-value", rows()),
        report("rows missing", 422, "invalid-value", Map.of("attempt", 1)),
        report("a null row", 400, "malformed-request", "{\"attempt\":1,\"rows\":[null]}"),
        report("unknown question", 422, "unknown-question", rows(good, row("Q9", "no"))),
        report("no question", 422, "invalid-value", rows(Map.of("status", "not_found"))),
        report("unknown status", 422, "invalid-value", rows(with(good, "status", "maybe"))),
        report("pending", 422, "invalid-value", rows(with(good, "status", "pending"))),
        report("confidence 7", 422, "invalid-value", rows(good, with(good, "confidence", 7))),
        report("confidence -0.1", 422, "invalid-value", rows(with(good, "confidence", -0.1))),
        report("confidence 1e999", 422, "invalid-value", confidence("1e999")),
        report("page 0", 422, "invalid-value", rows(good, with(good, "pages", List.of(0)))),
        report("page -1", 422, "invalid-value", rows(with(good, "pages", List.of(-1)))),
        report("page twice", 422, "invalid-value", rows(with(good, "pages", List.of(1, 1)))),
        report(
            "six pages",
            422,
            "invalid-value",
            rows(with(good, "pages", List.of(1, 2, 3, 4, 5, 6)))),
        report(
            "page null",
            400,
            "malformed-request",
            "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"answered\","
                + "\"answer\":\"a\",\"pages\":[null]}]}"),
        report("page 1.5", 400, "malformed-request", rows(with(good, "pages", List.of(1.5)))),
        report(
            "null quote",
            400,
            "malformed-request",
            "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"answered\","
                + "\"answer\":\"a\",\"quotes\":[null]}]}"),
        report(
            "quote on page 0",
            422,
            "invalid-value",
            rows(with(good, "quotes", List.of(Map.of("page", 0, "text", "x"))))),
        report("blank answer", 422, "invalid-value", rows(row("Q1", " "))),
        report("long answer", 422, "invalid-value", rows(row("Q1", "x".repeat(20_001)))),
        report(
            "answer to what was not found",
            422,
            "invalid-value",
            rows(with(good, "status", "not_found"))),
        report("over 1 MiB", 413, "too-large", rows(row("Q1", "x".repeat(1 << 20)))),
        refused(
            "a page beyond the document",
            422,
            "invalid-value",
            () -> server.post(withDocument + "/rows", rows(with(good, "pages", List.of(2))))),
        refused(
            "failed without an error",
            422,
            "invalid-value",
            () -> server.post(running + "/fail", Map.of("attempt", 1))),
        refused(
            "completed at a negative price",
            422,
            "invalid-value",
            () ->
                server.post(
                    running + "/complete",
                    Map.of("attempt", 1, "statistics", Map.of("tokens", -1)))));
  }

  private static String confidence(String number) {
    return "{\"attempt\":1,\"rows\":[{\"questionId\":\"Q1\",\"status\":\"answered\","
        + "\"answer\":\"a\",\"confidence\":"
        + number
        + "}]}";
  }

  @TestFactory
  Stream<DynamicTest> whatIsMissingOrOverIsSaidBeforeWhatIsWrong() {
    Map<String, Object> bad = rows(with(row("Q9", "x"), "confidence", 7));
    return Stream.of(
        refused("404 before 422", 404, "not-found", () -> server.post(NOBODY + "/rows", bad)),
        refused("409 before 422", 409, "session-ended", () -> server.post(stopped + "/rows", bad)),
        refused(
            "stale before ended",
            409,
            "stale-attempt",
            () ->
                server.post(
                    stopped + "/rows", Map.of("attempt", 2, "rows", List.of(row("Q1", "x"))))),
        refused(
            "404 before 412",
            404,
            "not-found",
            () -> server.post(NOBODY + "/stop", null, "If-Match", "\"1\"")),
        refused(
            "409 before 412",
            409,
            "session-active",
            () -> server.delete(running, "If-Match", "\"1\"")),
        refused(
            "rows after the end",
            409,
            "session-ended",
            () -> server.post(stopped + "/rows", rows(row("Q1", "late")))),
        refused(
            "complete after a stop",
            409,
            "session-ended",
            () -> server.post(stopped + "/complete", Map.of("attempt", 1))));
  }

  @TestFactory
  Stream<DynamicTest> anIdThatNeverWasIsNotFound() {
    List<String> ids =
        List.of(
            "nobody",
            "..%2F..%2Fetc%2Fpasswd",
            "%2e%2e%2f%2e%2e%2fconfig.json",
            "..%5C..%5Cwindows",
            "a%2Fb",
            "%00",
            "%2e%2e",
            "a%20b",
            "%27%20OR%201=1",
            "x".repeat(500),
            "%F0%9F%92%A9",
            "%0D%0ASet-Cookie:x=1");
    List<DynamicTest> tests = new ArrayList<>();
    for (String id : ids) {
      for (String path :
          List.of(
              SESSIONS + "/" + id,
              SESSIONS + "/" + id + "/results",
              SESSIONS + "/" + id + "/events",
              SESSIONS + "/" + id + "/export?format=csv",
              "/api/v1/documents/" + id,
              "/api/v1/documents/" + id + "/content",
              "/api/v1/documents/" + id + "/pages/1",
              "/api/v1/question-sets/" + id)) {
        tests.add(refused("GET " + path, 404, "not-found", () -> server.get(path)));
      }
      tests.add(
          refused(
              "stop " + id,
              404,
              "not-found",
              () -> server.post(SESSIONS + "/" + id + "/stop", null)));
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> aParameterThatHasNoSuchValueIsRefused() {
    String elsewhere = Base64.getUrlEncoder().encodeToString("0\n1\n2".getBytes(Reply.UTF_8));
    return Stream.of(
            "limit=0",
            "limit=501",
            "limit=-1",
            "limit=x",
            "limit=1.5",
            "limit=",
            "limit=1&limit=2",
            "sort=size",
            "sort=--title",
            "sort=",
            "state=done",
            "state=",
            "state=running,,failed",
            "state=RUNNING",
            "order=asc",
            "cursor=",
            "cursor=abc",
            "cursor=%00",
            "cursor=" + elsewhere,
            "q=a%00",
            "label=a:%00",
            "q=" + "x".repeat(201),
            "label=" + "x".repeat(201),
            "createdBy=a%00",
            "createdBy=" + "x".repeat(201),
            "createdBy=a&createdBy=b",
            "createdAfter=yesterday",
            "createdAfter=2026-03-01",
            "createdAfter=2026-03-01T10:00:00",
            "createdAfter=2026-03-01T10:00:00+01:00",
            "createdAfter=2026-02-30T10:00:00Z",
            "createdAfter=%2B10000-01-01T00:00:00Z",
            "createdAfter=-0001-01-01T00:00:00Z",
            "createdAfter=1772359200000",
            "createdAfter=' OR 1=1".replace("'", "%27").replace(" ", "%20"),
            "createdBefore=" + "9".repeat(201),
            "createdBefore=2026-03-01T10:00:00Z&createdBefore=2026-03-02T10:00:00Z",
            "createdAfter=2026-03-01T10:00:00Z&createdBefore=2026-03-01T10:00:00Z",
            "createdAfter=2026-03-02T10:00:00Z&createdBefore=2026-03-01T10:00:00Z")
        .map(
            query ->
                refused(query, 400, "bad-parameter", () -> server.get(SESSIONS + "?" + query)));
  }

  @TestFactory
  Stream<DynamicTest> aParameterOfAnotherRouteIsRefused() {
    return Stream.of(
        refused("after=abc", 400, "bad-parameter", () -> server.get(running + "/events?after=abc")),
        refused("after=-1", 400, "bad-parameter", () -> server.get(running + "/events?after=-1")),
        refused("view=x", 400, "bad-parameter", () -> server.get(running + "?view=x")),
        refused("force=yes", 400, "bad-parameter", () -> server.delete(stopped + "?force=yes")),
        refused(
            "long reason",
            422,
            "invalid-value",
            () -> server.delete(stopped + "?reason=" + "x".repeat(1_001))),
        refused(
            "stream after=abc", 400, "bad-parameter", () -> server.get("/api/v1/stream?after=abc")),
        refused(
            "Last-Event-ID abc",
            400,
            "bad-parameter",
            () -> server.get("/api/v1/stream", "Last-Event-ID", "abc")),
        refused(
            "changes after=abc",
            400,
            "bad-parameter",
            () -> server.get("/api/v1/changes?after=abc")),
        refused(
            "wait=31", 400, "bad-parameter", () -> server.get("/api/v1/changes?after=1&wait=31")),
        refused(
            "wait=-1", 400, "bad-parameter", () -> server.get("/api/v1/changes?after=1&wait=-1")));
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    server.create("another");
    String cursor = server.get(SESSIONS + "?limit=1").json().get("nextCursor").asText();

    for (String query :
        List.of(
            "sort=createdAt&",
            "state=running&",
            "q=x&",
            "label=a&",
            "createdBy=local&",
            "createdAfter=2026-03-01T10:00:00Z&",
            "createdBefore=9999-03-01T10:00:00Z&")) {
      server.get(SESSIONS + "?" + query + "cursor=" + cursor).isProblem(400, "bad-parameter");
    }
    server.get(SESSIONS + "?limit=500&cursor=" + cursor).is(200);
  }

  @TestFactory
  Stream<DynamicTest> aChangeThatAnotherSiteCouldHaveCausedIsForbidden() {
    return Stream.of(
        forbidden("without X-Holdfast", "X-Holdfast", null),
        forbidden("with another X-Holdfast", "X-Holdfast", "0"),
        forbidden("from a foreign origin", "Origin", "https://evil.example"),
        forbidden("from no origin", "Origin", "null"),
        forbidden("from another port", "Origin", "http://127.0.0.1:1"),
        forbidden("from an odd origin", "Origin", "http://["),
        forbidden("across sites", "Sec-Fetch-Site", "cross-site"),
        forbidden("from the same site", "Sec-Fetch-Site", "same-site"));
  }

  private static DynamicTest forbidden(String name, String header, String value) {
    return refused(name, 403, "forbidden", () -> server.post(SESSIONS, EXTERNAL, header, value));
  }

  @Test
  void aChangeFromOurOwnPageIsTaken() {
    server
        .post(
            SESSIONS,
            EXTERNAL,
            "Origin",
            "http://127.0.0.1:" + server.port(),
            "Sec-Fetch-Site",
            "same-origin")
        .is(201);
  }

  @Test
  void aMethodThatAPathDoesNotTakeIsRefusedWithThoseThatItTakes() {
    long revision = server.revision();
    Map<String, String> allowed =
        Map.of(
            SESSIONS,
            "GET, HEAD, POST",
            running,
            "DELETE, GET, HEAD, PATCH",
            running + "/stop",
            "POST",
            "/api/v1/stream",
            "GET",
            "/api/v1/question-sets/small",
            "GET, HEAD, PUT");
    allowed.forEach(
        (path, methods) -> {
          Reply reply = server.send("OPTIONS", path, BodyPublishers.noBody(), "X-Holdfast", "1");
          reply.isProblem(405, "method-not-allowed");
          assertThat(reply.header("Allow")).as(path).isEqualTo(methods);
        });
    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void aPathThatIsNoRouteIsNotFound() {
    for (String path :
        List.of(
            "/api/v1/nothing",
            "/api/v1",
            "/api/",
            SESSIONS + "/",
            running + "/nothing",
            "/api/openapi",
            "/.git/config",
            "/..%2f..%2fetc/passwd",
            "/webroot/../../pom.xml",
            "/sample/..%2f..%2fpom.xml")) {
      Reply reply = server.get(path);
      assertThat(reply.status()).as("%s %s", path, reply).isIn(200, 404);
      if (reply.status() == 200) {
        assertThat(path).as("%s", reply).isEqualTo(SESSIONS + "/");
      } else {
        reply.isProblem(404, "not-found");
      }
    }
  }

  private static DynamicTest raw(String name, int status, String type, String request) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          long revision = server.revision();
          try (RawClient raw = server.raw()) {
            raw.lines(request).reply().isProblem(status, type);
          }
          assertThat(server.revision()).isEqualTo(revision);
        });
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotProperHttpIsRefused() {
    String get = "GET /api/v1/sessions HTTP/1.1\n";
    String post =
        "POST /api/v1/sessions HTTP/1.1\nHost: HOST\nX-Holdfast: 1\nContent-Type: application/json\n";
    return Stream.of(
        raw("two hosts", 400, "malformed-request", get + "Host: HOST\nHost: HOST\n\n"),
        raw("a foreign host", 421, "host-not-allowed", get + "Host: evil.example\n\n"),
        raw(
            "a foreign host behind ours",
            421,
            "host-not-allowed",
            get + "Host: 127.0.0.1.evil\n\n"),
        raw("an odd host", 400, "malformed-request", get + "Host: a@127.0.0.1\n\n"),
        raw("an empty host", 421, "host-not-allowed", get + "Host:\n\n"),
        raw("no host", 400, "malformed-request", "GET /api/v1/sessions HTTP/1.1\n\n"),
        raw("no host in HTTP/1.0", 421, "host-not-allowed", "GET /api/v1/sessions HTTP/1.0\n\n"),
        raw(
            "a long header",
            431,
            "headers-too-large",
            get + "Host: HOST\nX: " + "x".repeat(9_000) + "\n\n"),
        raw(
            "many headers",
            431,
            "headers-too-large",
            get + "Host: HOST\n" + "X: yyyyyyyy\n".repeat(900) + "\n"),
        raw(
            "a long address",
            414,
            "uri-too-long",
            "GET /" + "x".repeat(9_000) + " HTTP/1.1\nHost: HOST\n\n"),
        raw("another protocol", 400, "malformed-request", "HELLO\n\n"),
        raw("a space in a header name", 400, "malformed-request", get + "Host : HOST\n\n"),
        raw(
            "two lengths",
            400,
            "malformed-request",
            post + "Content-Length: 2\nContent-Length: 3\n\n{}}"),
        raw("a negative length", 400, "malformed-request", post + "Content-Length: -1\n\n"),
        raw(
            "two types",
            400,
            "malformed-request",
            post + "Content-Type: text/plain\nContent-Length: 2\n\n{}"),
        raw(
            "two tokens",
            400,
            "malformed-request",
            get + "Host: HOST\nAuthorization: Bearer a\nAuthorization: Bearer b\n\n"),
        raw(
            "an escape that is none",
            400,
            "malformed-request",
            "GET /api/v1/sessions/%zz HTTP/1.1\nHost: HOST\n\n"),
        raw(
            "a query escape that is none",
            400,
            "malformed-request",
            "GET /api/v1/sessions?q=%zz HTTP/1.1\nHost: HOST\n\n"));
  }

  @Test
  void aBodyThatCannotBeParsedIsRefusedOrCutAndNeverBlamedOnTheServer() throws Exception {
    long revision = server.revision();
    try (RawClient raw = server.raw()) {
      raw.lines(
              "POST /api/v1/sessions HTTP/1.1\nHost: HOST\nX-Holdfast: 1\n"
                  + "Content-Type: application/json\nTransfer-Encoding: chunked\n\nxyz\n")
          .reply()
          .isProblem(400, "malformed-request");
    } catch (EOFException cut) {
      server.get("/health/live").is(200);
    }
    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void ourOwnNamesAreAnswered() throws Exception {
    for (String host :
        List.of("127.0.0.1", "localhost:99", "LocalHost", "[::1]:80", "holdfast.example")) {
      try (RawClient raw = server.raw()) {
        assertThat(
                raw.lines("GET /api/v1/sessions HTTP/1.1\nHost: " + host + "\n\n").reply().status())
            .as(host)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void aBodyThatBreaksOffChangesNothing() throws Exception {
    long revision = server.revision();
    for (int i = 0; i < 5; i++) {
      RawClient raw = server.raw();
      raw.lines(
          "POST /api/v1/sessions HTTP/1.1\nHost: HOST\nX-Holdfast: 1\n"
              + "Content-Type: application/json\nContent-Length: 60\n\n"
              + "{\"questionSet\":\"small\",\"analyzer\":\"external\"}");
      raw.vanish();
    }
    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void aBodyBeyondTheLimitIsRefusedBeforeItIsSent() throws Exception {
    try (RawClient raw = server.raw()) {
      raw.lines(
              "POST /api/v1/sessions HTTP/1.1\nHost: HOST\nX-Holdfast: 1\n"
                  + "Content-Type: application/json\nContent-Length: 99999999\n\n{")
          .reply()
          .isProblem(413, "too-large");
      assertThat(raw.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aProblemNamesThePathAndNotTheQuery() {
    JsonNode problem =
        server.get(SESSIONS + "?token=secret&sort=x").isProblem(400, "bad-parameter");

    assertThat(problem.get("instance").asText()).isEqualTo(SESSIONS);
    assertThat(problem.toString()).doesNotContain("secret");
  }

  @Test
  void randomBytesNeverBreakTheServer() throws Exception {
    java.util.Random random = new java.util.Random(11);
    for (int i = 0; i < 30; i++) {
      byte[] noise = new byte[1 + random.nextInt(300)];
      random.nextBytes(noise);
      try (RawClient raw = server.raw()) {
        byte[] line = "POST /api/v1/sessions HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
        raw.bytes(i % 2 == 0 ? noise : line).bytes(noise);
        raw.vanish();
      }
    }
    server.get("/health/ready").is(200);
  }
}
