package dev.holdfast.http;

import static dev.holdfast.http.TestServer.EXTERNAL;
import static dev.holdfast.http.TestServer.bearer;
import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, keys, logins and roles. */
class AccountsTest {
  private static final String TOKEN = "a-secret-of-many-characters";
  private static final String PASSWORD = "four words make sense";
  private static final String SESSIONS = "/api/v1/sessions";
  private static final String USERS = "/api/v1/users";
  private static final String KEYS = "/api/v1/keys";
  private static final String ME = "/api/v1/me";
  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir private static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestServer.settings(data, TOKEN));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String createUser(String role) {
    String name = role + COUNT.incrementAndGet();
    server
        .post(USERS, Map.of("name", name, "role", role, "password", PASSWORD), bearer(TOKEN))
        .is(201);
    return name;
  }

  private static JsonNode createKey(String role) {
    return server
        .post(KEYS, Map.of("name", "key of " + role, "role", role), bearer(TOKEN))
        .is(201)
        .json();
  }

  private static String[] key(String role) {
    return bearer(createKey(role).get("secret").asText());
  }

  private static Reply tryLogin(String name, String password) {
    return server.post("/api/v1/login", Map.of("name", name, "password", password));
  }

  private static String[] login(String name, String password) {
    Reply reply = tryLogin(name, password).is(204);
    return new String[] {"Cookie", reply.header("Set-Cookie").split(";")[0]};
  }

  private static String createSession() {
    return server.post(SESSIONS, EXTERNAL, bearer(TOKEN)).is(201).json().get("id").asText();
  }

  @Test
  void aUserLogsInAndIsOnRecord() {
    String name = createUser("operator");
    String[] cookie = login(name, PASSWORD);

    JsonNode me = server.get(ME, cookie).is(200).json();
    assertThat(me.get("name").asText()).isEqualTo(name);
    assertThat(me.get("role").asText()).isEqualTo("operator");
    assertThat(me.get("means").asText()).isEqualTo("login");
    assertThat(Instant.parse(me.get("expiresAt").asText())).isAfter(Instant.now());

    Reply created = server.post(SESSIONS, EXTERNAL, cookie).is(201);
    assertThat(created.json().get("createdBy").asText()).isEqualTo(name);
  }

  @Test
  void theCookieCannotBeReadByScriptsNorSentByOtherSites() {
    String setCookie = tryLogin(createUser("viewer"), PASSWORD).is(204).header("Set-Cookie");
    assertThat(setCookie)
        .containsIgnoringCase("; HttpOnly")
        .contains("; SameSite=Strict")
        .contains("; Path=/");
  }

  @Test
  void aLoginIsWorthNothingAfterTheLogout() {
    String[] cookie = login(createUser("viewer"), PASSWORD);
    server.get(SESSIONS, cookie).is(200);
    server.post("/api/v1/logout", null, cookie).is(204);
    server.get(SESSIONS, cookie).isProblem(401, "unauthorized");
  }

  @Test
  void aLoginByTheTokenIsWorthNothingAfterTheLogoutEither() {
    Reply reply = server.post("/api/v1/login", Map.of("token", TOKEN)).is(204);
    String[] cookie = {"Cookie", reply.header("Set-Cookie").split(";")[0]};
    assertThat(server.get(ME, cookie).is(200).json().get("role").asText()).isEqualTo("admin");
    server.post("/api/v1/logout", null, cookie).is(204);
    server.get(ME, cookie).isProblem(401, "unauthorized");
  }

  @Test
  void loginsAndKeysOutliveARestart() {
    String[] cookie = login(createUser("viewer"), PASSWORD);
    String[] key = key("viewer");
    server.restart();
    server.get(SESSIONS, cookie).is(200);
    server.get(SESSIONS, key).is(200);
  }

  @Test
  void aNewPasswordADisablingAndARemovalEndEveryLogin() {
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(
            Map.of("password", "another four words"), Map.of("disabled", true))) {
      String name = createUser("viewer");
      String[] cookie = login(name, PASSWORD);
      server.patch(USERS + "/" + name, change, bearer(TOKEN)).is(200);
      server.get(SESSIONS, cookie).isProblem(401, "unauthorized");
      tryLogin(name, PASSWORD).isProblem(401, "unauthorized");
    }
    String name = createUser("viewer");
    String[] cookie = login(name, PASSWORD);
    server.delete(USERS + "/" + name, bearer(TOKEN)).is(204);
    server.get(SESSIONS, cookie).isProblem(401, "unauthorized");
    server.get(USERS + "/" + name, bearer(TOKEN)).isProblem(404, "not-found");
  }

  @Test
  void aUserChangesThePasswordWithTheFormerOneOnly() {
    String name = createUser("viewer");
    String[] cookie = login(name, PASSWORD);
    String path = ME + "/password";
    server
        .post(path, Map.of("password", "wrong", "newPassword", "a longer new one"), cookie)
        .isProblem(422, "invalid-value");
    server
        .post(path, Map.of("password", PASSWORD, "newPassword", "a longer new one"), cookie)
        .is(204);
    server.get(SESSIONS, cookie).isProblem(401, "unauthorized");
    login(name, "a longer new one");
  }

  @Test
  void wrongPasswordsWaitLongerAndLongerAndASuccessForgetsThem() {
    String name = createUser("viewer");
    List<Integer> statuses = new ArrayList<>();
    Reply last = null;
    for (int i = 0; i < 8; i++) {
      last = tryLogin(name, "wrong password " + i);
      statuses.add(last.status());
    }
    assertThat(statuses.subList(0, 5)).containsOnly(401);
    assertThat(statuses).contains(429);
    last.isProblem(429, "too-many-requests");
    assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 900);
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(30))
        .until(() -> tryLogin(name, PASSWORD).status() == 204);
    tryLogin(name, "wrong again").isProblem(401, "unauthorized");
    tryLogin(name, PASSWORD).is(204);
  }

  @Test
  void manyTriesAtOnceAreCountedAll() {
    String name = createUser("viewer");
    List<CompletableFuture<Integer>> replies = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String password = "wrong password " + i;
      replies.add(CompletableFuture.supplyAsync(() -> tryLogin(name, password).status()));
    }
    long compared = replies.stream().map(CompletableFuture::join).filter(s -> s == 401).count();
    // As many as are free, and those whose wait passed meanwhile.
    assertThat(compared).isBetween(1L, 10L);
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(60))
        .until(() -> tryLogin(name, PASSWORD).status() == 204);
  }

  @Test
  void aNameThatNobodyHasWaitsAsRealOnesDoAndLeavesNothing(@TempDir Path own) {
    // A server of its own: the whole address has to wait in the end.
    try (TestServer other = TestServer.start(TestServer.settings(own, TOKEN))) {
      long revision = other.revision();
      Map<String, String> stranger = Map.of("name", "stranger", "password", "some password");
      Reply last = other.post("/api/v1/login", stranger);
      for (int i = 0; i < 20 && last.status() == 401; i++) {
        last = other.post("/api/v1/login", stranger);
      }
      last.isProblem(429, "too-many-requests");
      assertThat(other.revision()).isEqualTo(revision);
    }
  }

  @Test
  void whatIsNoPasswordOfThisUserLooksTheSameAsNoUser() {
    String name = createUser("viewer");
    Reply wrong = tryLogin(name, "not the password");
    Reply nobody = tryLogin("nobody" + COUNT.incrementAndGet(), "not the password");
    Reply impossible = tryLogin("a\u0007b", "not the password");
    for (Reply reply : List.of(wrong, nobody, impossible)) {
      reply.isProblem(401, "unauthorized");
    }
    assertThat(nobody.json().get("detail")).isEqualTo(wrong.json().get("detail"));
    login(name, PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "password",
        "PASSWORD123",
        "aaaaaaaaaaaa",
        "12345678",
        "abcdefghijkl"
      })
  void aPasswordThatIsGuessedFirstIsRefused(String password) {
    server.refuses(
        422,
        "invalid-value",
        () ->
            server.post(
                USERS,
                Map.of("name", "someone", "role", "viewer", "password", password),
                bearer(TOKEN)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "admin", "Admin", "a b", "a\u0000b", "a\nb", "\u202eana", "<b>", "../x"})
  void aNameThatCouldBeMisreadIsRefused(String name) {
    server.refuses(
        422,
        "invalid-value",
        () ->
            server.post(
                USERS,
                Map.of("name", name, "role", "viewer", "password", PASSWORD),
                bearer(TOKEN)));
  }

  @Test
  void aNameIsGivenOnce() {
    String name = createUser("viewer");
    server
        .post(
            USERS,
            Map.of("name", name.toUpperCase(), "role", "viewer", "password", PASSWORD),
            bearer(TOKEN))
        .isProblem(409, "name-taken");
  }

  @Test
  void theSecretOfAKeyIsShownOnceAndHashesNever() {
    JsonNode created = createKey("viewer");
    String secret = created.get("secret").asText();
    assertThat(secret).startsWith("hf_" + created.get("id").asText() + "_");
    createUser("viewer");
    for (String path : List.of(KEYS, KEYS + "/" + created.get("id").asText(), USERS)) {
      Reply reply = server.get(path, bearer(TOKEN)).is(200);
      assertThat(reply.text())
          .doesNotContain(secret.substring(16))
          .doesNotContain("argon2")
          .doesNotContain("sha256");
    }
  }

  @Test
  void expiredRevokedAndForeignKeysAreWorthNothing() {
    JsonNode created = createKey("operator");
    String[] key = bearer(created.get("secret").asText());
    server.get(SESSIONS, key).is(200);
    server.delete(KEYS + "/" + created.get("id").asText(), bearer(TOKEN)).is(204);
    server.get(SESSIONS, key).isProblem(401, "unauthorized");
    server
        .delete(KEYS + "/" + created.get("id").asText(), bearer(TOKEN))
        .isProblem(404, "not-found");

    Instant soon = Instant.now().plusMillis(400);
    String[] brief =
        bearer(
            server
                .post(
                    KEYS,
                    Map.of("name", "brief", "role", "viewer", "expiresAt", soon.toString()),
                    bearer(TOKEN))
                .is(201)
                .json()
                .get("secret")
                .asText());
    org.awaitility.Awaitility.await().until(() -> server.get(SESSIONS, brief).status() == 401);
    assertThat(Instant.now()).isAfterOrEqualTo(soon);

    String[] foreign = bearer("hf_0123456789ab_" + "x".repeat(43));
    server.get(SESSIONS, foreign).isProblem(401, "unauthorized");
    server.get(SESSIONS, bearer("hf_short")).isProblem(401, "unauthorized");
  }

  @Test
  void aKeyIsRefusedThatCouldNeverBeUsed() {
    Map<String, Object> past =
        Map.of("name", "k", "role", "viewer", "expiresAt", "2020-01-01T00:00:00Z");
    server.refuses(422, "invalid-value", () -> server.post(KEYS, past, bearer(TOKEN)));
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("name", "k"),
            Map.of("role", "viewer"),
            Map.of("name", "", "role", "viewer"),
            Map.of("name", "a\u0007", "role", "viewer"),
            Map.of("name", "k", "role", "root"))) {
      server.refuses(422, "invalid-value", () -> server.post(KEYS, wrong, bearer(TOKEN)));
    }
    server.refuses(
        400,
        "malformed-request",
        () ->
            server.post(
                KEYS, Map.of("name", "k", "role", "viewer", "scope", "all"), bearer(TOKEN)));
  }

  /** Requests that change something, as method and path, with the roles that may. */
  private static Map<List<String>, List<String>> changes(String id) {
    Map<List<String>, List<String>> changes = new HashMap<>();
    List<String> operators = List.of("operator", "admin");
    for (String path : List.of("", "/x/stop", "/x/resume", "/x/retry")) {
      changes.put(List.of("POST", SESSIONS + path), operators);
    }
    changes.put(List.of("PATCH", SESSIONS + "/x"), operators);
    changes.put(List.of("DELETE", SESSIONS + "/x"), operators);
    changes.put(List.of("POST", "/api/v1/bulk"), operators);
    changes.put(List.of("POST", "/api/v1/cleanup"), operators);
    changes.put(List.of("POST", "/api/v1/documents"), operators);
    changes.put(List.of("PUT", "/api/v1/question-sets/x"), operators);
    changes.put(List.of("POST", "/api/stop/x"), operators);
    changes.put(
        List.of("PUT", SESSIONS + "/x/results/Q1/review"),
        List.of("reviewer", "operator", "admin"));
    for (String path : List.of("rows", "complete", "fail")) {
      changes.put(
          List.of("POST", session(id) + "/" + path), List.of("worker", "operator", "admin"));
    }
    changes.put(List.of("POST", USERS), List.of("admin"));
    changes.put(List.of("PATCH", USERS + "/x"), List.of("admin"));
    changes.put(List.of("DELETE", USERS + "/x"), List.of("admin"));
    changes.put(List.of("POST", KEYS), List.of("admin"));
    changes.put(List.of("DELETE", KEYS + "/x"), List.of("admin"));
    return changes;
  }

  @Test
  void everyRoleMayWhatTheTableSaysAndNothingElse() {
    String id = createSession();
    Map<List<String>, List<String>> changes = changes(id);
    for (String role : List.of("viewer", "reviewer", "operator", "admin", "worker")) {
      String[] key = key(role);
      changes.forEach(
          (request, roles) -> {
            // No JSON at all: whoever may not is told so before the body is looked at.
            Reply reply = server.change(request.get(0), request.get(1), "{", key);
            assertThat(reply.status() == 403)
                .as("%s %s -> %s", role, request, reply.status())
                .isEqualTo(!roles.contains(role));
          });
      boolean reads = !role.equals("worker");
      for (String path :
          List.of(
              SESSIONS,
              session(id),
              session(id) + "/results",
              session(id) + "/events",
              "/api/v1/cleanup",
              "/api/v1/question-sets",
              "/api/v1/changes?wait=0",
              "/api/admin/sessions")) {
        assertThat(server.get(path, key).status()).as(role + path).isEqualTo(reads ? 200 : 403);
      }
      for (String path : List.of(USERS, KEYS)) {
        server.get(path, key).is(role.equals("admin") ? 200 : 403);
      }
      server.get(ME, key).is(200);
    }
  }

  @Test
  void aWorkerReportsByItsKey() {
    String id = createSession();
    String[] worker = key("worker");
    server.post(session(id) + "/rows", rows(row("Q1", "so")), worker).is(200);
    JsonNode events = server.get(session(id) + "/events", bearer(TOKEN)).is(200).json();
    JsonNode last = events.get("items").get(events.get("items").size() - 1);
    assertThat(last.get("actor").asText()).isEqualTo("key of worker");
    assertThat(last.get("client").asText()).matches("http:[0-9a-f]{12}");
  }

  @Test
  void aCookieAloneIsNotEnoughForAChangeFromAnotherSite() {
    String[] cookie = login(createUser("operator"), PASSWORD);
    String[] foreign = {cookie[0], cookie[1], "Origin", "https://elsewhere.example"};
    server.post(SESSIONS, EXTERNAL, foreign).isProblem(403, "forbidden");
    String[] bare = {cookie[0], cookie[1], "X-Holdfast", null};
    server.post(SESSIONS, EXTERNAL, bare).isProblem(403, "forbidden");
  }

  @Test
  void forgedForwardedHeadersMakeNobodySomebodyElse() {
    String[] headers = {"X-Forwarded-For", "127.0.0.1", "X-Forwarded-User", "admin"};
    server.get(SESSIONS, headers).isProblem(401, "unauthorized");
  }
}
