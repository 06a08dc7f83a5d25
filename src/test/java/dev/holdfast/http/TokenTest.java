package dev.holdfast.http;

import static dev.holdfast.http.TestServer.EXTERNAL;
import static dev.holdfast.http.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.Settings;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has the token may do everything, who has not may see the page and the health. */
class TokenTest {
  private static final String TOKEN = "a-secret-of-many-characters";
  private static final String SESSIONS = "/api/v1/sessions";

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

  @Test
  void withoutTheTokenNothingOfTheDataIsShown() {
    long revision = server.revision();
    for (String path :
        List.of(
            SESSIONS,
            SESSIONS + "/x",
            SESSIONS + "/x/results",
            "/api/v1/documents/x/content",
            "/api/v1/question-sets",
            "/api/v1/stream",
            "/api/v1/changes",
            "/api/v1/nothing",
            "/api/admin/sessions",
            "/api/results/x")) {
      Reply reply = server.get(path);
      reply.isProblem(401, "unauthorized");
      assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    }
    server.post(SESSIONS, EXTERNAL).isProblem(401, "unauthorized");
    server.post(SESSIONS, EXTERNAL, "X-Holdfast", null).isProblem(401, "unauthorized");
    server.upload("", Pdfs.of("No")).isProblem(401, "unauthorized");
    server.post("/api/stop/x", null).isProblem(401, "unauthorized");
    server.delete(SESSIONS + "/x").isProblem(401, "unauthorized");
    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void healthAndThePageNeedNoToken() {
    for (String path : List.of("/health/live", "/health/ready", "/", "/app.js", "/app.css")) {
      server.get(path).is(200);
    }
  }

  @Test
  void theTokenOpensEverything() {
    server.get(SESSIONS, bearer(TOKEN)).is(200);
    Reply created =
        server.post(SESSIONS, EXTERNAL, "Authorization", "bearer " + TOKEN, "X-Holdfast", null);

    assertThat(created.is(201).json().get("createdBy").asText()).isEqualTo("admin");
  }

  @Test
  void aChangeWithTheTokenNeedsNoFurtherHeaderButNoForeignPageMaySendIt() {
    server.post(SESSIONS, EXTERNAL, with("X-Holdfast", null)).is(201);
    server
        .post(SESSIONS, EXTERNAL, with("Origin", "https://evil.example"))
        .isProblem(403, "forbidden");
    server
        .post(SESSIONS, EXTERNAL, with("Sec-Fetch-Site", "cross-site"))
        .isProblem(403, "forbidden");
  }

  private static String[] with(String name, String value) {
    return new String[] {"Authorization", "Bearer " + TOKEN, name, value};
  }

  @Test
  void aWrongTokenOpensNothing() {
    for (String header :
        List.of(
            "Bearer wrong",
            "Bearer " + TOKEN + "x",
            "Bearer " + TOKEN.substring(1),
            "Bearer",
            "Basic " + TOKEN,
            TOKEN,
            "Bearer  " + TOKEN)) {
      server.get(SESSIONS, "Authorization", header).isProblem(401, "unauthorized");
    }
    server.get(SESSIONS, "Cookie", "holdfast=" + TOKEN).isProblem(401, "unauthorized");
    server.get(SESSIONS, "Cookie", "holdfast=").isProblem(401, "unauthorized");
    server.get(SESSIONS + "?token=" + TOKEN).isProblem(401, "unauthorized");
  }

  private static String cookieOf(Reply reply) {
    String set = reply.header("Set-Cookie");
    assertThat(set)
        .containsIgnoringCase("; HttpOnly")
        .contains("SameSite=Strict", "Path=/")
        .doesNotContain(TOKEN);
    return set.split(";", 2)[0];
  }

  @Test
  void theLoginGivesACookieThatWorksForOurOwnPageOnly() {
    Reply login = server.post("/api/v1/login", Map.of("token", TOKEN)).is(204);

    String cookie = cookieOf(login);
    server.get(SESSIONS, "Cookie", cookie).is(200);
    server.post(SESSIONS, EXTERNAL, "Cookie", cookie).is(201);
    server
        .post(SESSIONS, EXTERNAL, "Cookie", cookie, "X-Holdfast", null)
        .isProblem(403, "forbidden");
    server
        .post(SESSIONS, EXTERNAL, "Cookie", cookie, "Origin", "https://evil.example")
        .isProblem(403, "forbidden");
    server
        .get(SESSIONS, "Cookie", cookie, "Authorization", "Bearer wrong")
        .isProblem(401, "unauthorized");
  }

  @Test
  void aLoginWithoutTheTokenIsRefused() {
    server.post("/api/v1/login", Map.of("token", "wrong")).isProblem(401, "unauthorized");
    server.post("/api/v1/login", Map.of()).isProblem(401, "unauthorized");
    server.post("/api/v1/login", null).isProblem(401, "unauthorized");
    server.post("/api/v1/login", "{\"token\":7}").isProblem(400, "malformed-request");
    server
        .post("/api/v1/login", Map.of("token", TOKEN), "X-Holdfast", null)
        .isProblem(403, "forbidden");
    server
        .post(
            "/api/v1/login", "token=" + TOKEN, "Content-Type", "application/x-www-form-urlencoded")
        .isProblem(415, "unsupported-media-type");
  }

  @Test
  void aLogoutTakesTheCookieBackWhereItWasSet() {
    String cookie = cookieOf(server.post("/api/v1/login", Map.of("token", TOKEN)));

    Reply logout = server.post("/api/v1/logout", null, "Cookie", cookie).is(204);

    assertThat(logout.header("Set-Cookie")).contains("Max-Age=0", "Path=/");
  }

  @Test
  void openingThePageWithTheTokenKeepsItOutOfTheAddress() {
    Reply opened = server.get("/?token=" + TOKEN).is(302);

    assertThat(opened.header("Location")).isEqualTo("./");
    assertThat(opened.header("Referrer-Policy")).isEqualTo("no-referrer");
    server.get(SESSIONS, "Cookie", cookieOf(opened)).is(200);
  }

  @Test
  void openingThePageWithAWrongTokenGivesNothing() {
    assertThat(server.get("/?token=wrong").is(302).header("Set-Cookie")).isNull();
  }

  @Test
  void anUploadWithTheTokenIsTaken() {
    server
        .send(
            "POST",
            "/api/v1/documents",
            BodyPublishers.ofByteArray(Pdfs.of("With the token")),
            "Authorization",
            "Bearer " + TOKEN,
            "Content-Type",
            "application/pdf")
        .is(201);
  }

  @Test
  void withoutATokenOnlyLoopbackIsServed(@TempDir Path other) {
    Settings open = TestServer.settings(other, null);
    Settings everywhere = open.with("http.host", "0.0.0.0");

    assertThatThrownBy(() -> TestServer.start(everywhere))
        .hasStackTraceContaining("http.host is 0.0.0.0")
        .hasStackTraceContaining("HOLDFAST_ADMIN_TOKEN");
    assertThatThrownBy(() -> TestServer.settings(other, "short").toHttp())
        .hasMessageContaining("at least 16 characters");
  }
}
