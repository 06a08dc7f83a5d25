package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a token configured nothing is open but health, the page's files and the login. */
class TokenTest {
  private static final String TOKEN = "a-token-of-twenty-four-c";
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

  private static String cookie(Reply reply) {
    String cookie = reply.header("Set-Cookie");
    assertThat(cookie)
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Strict")
        .doesNotContain(TOKEN);
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @Test
  void withoutTheTokenOnlyWhatIsPublicAnswers() {
    for (String path :
        List.of("/api/v1/sessions", "/api/v1/stream", "/api/admin/sessions", "/api/results/x")) {
      server.get(path).isProblem(401, "unauthorized");
      server
          .get(path, TestServer.bearer("another-token-altogether"))
          .isProblem(401, "unauthorized");
    }
    server.post("/api/v1/sessions", TestServer.EXTERNAL).isProblem(401, "unauthorized");
    for (String path : List.of("/health", "/health/live", "/", "/app.js")) {
      server.get(path).is(200);
    }
  }

  @Test
  void theTokenInTheHeaderNeedsNothingElse() {
    server.get("/api/v1/sessions", TestServer.bearer(TOKEN)).is(200);
    server
        .send(
            "POST",
            "/api/v1/sessions",
            BodyPublishers.ofString("{\"questionSet\":\"small\",\"analyzer\":\"external\"}"),
            "Authorization",
            "Bearer " + TOKEN,
            "Content-Type",
            "application/json")
        .is(201);
  }

  @Test
  void aLoginGivesACookieThatIsNoUseToForeignPages() {
    server.post("/api/v1/login", Map.of("token", "wrong")).isProblem(401, "unauthorized");
    server.post("/api/v1/login", Map.of()).isProblem(401, "unauthorized");
    String cookie = cookie(server.post("/api/v1/login", Map.of("token", TOKEN)).is(204));
    server.get("/api/v1/sessions", "Cookie", cookie).is(200);
    server.post("/api/v1/sessions", TestServer.EXTERNAL, "Cookie", cookie).is(201);
    server
        .post("/api/v1/sessions", TestServer.EXTERNAL, "Cookie", cookie, "X-Holdfast", null)
        .isProblem(403, "forbidden");
  }

  @Test
  void theAddressWithTheTokenSetsTheCookieAndForgetsTheToken() {
    Reply opened = server.get("/?token=" + TOKEN).is(302);
    assertThat(opened.header("Location")).isEqualTo("./");
    server.get("/api/v1/sessions", "Cookie", cookie(opened)).is(200);
    assertThat(server.get("/?token=wrong").is(302).header("Set-Cookie")).isNull();
  }

  @Test
  void anAddressThatOthersReachNeedsAToken() {
    assertThatThrownBy(() -> new HttpSettings("0.0.0.0", 0, List.of(), null, 1, 1, 1, 1, 1))
        .hasMessageContaining("HOLDFAST_ADMIN_TOKEN");
    assertThatThrownBy(() -> new HttpSettings("0.0.0.0", 0, List.of(), "short", 1, 1, 1, 1, 1))
        .hasMessageContaining("16 characters");
  }
}
