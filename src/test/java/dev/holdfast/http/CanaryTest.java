package dev.holdfast.http;

import static dev.holdfast.http.TestServer.EXTERNAL;
import static dev.holdfast.http.TestServer.bearer;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Secrets that went in never come out: in no reply, no log line, no event, and no file. */
class CanaryTest {
  private static final String TOKEN = "canary-token-in-the-mine";
  private static final String PASSWORD = "canary password in the mine";
  private static final String WRONG = "canary password, a wrong one";

  @TempDir private Path data;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<Reply> replies = new ArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
    root.setLevel(Level.DEBUG);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(log);
    root.setLevel(before);
  }

  private Reply kept(Reply reply) {
    replies.add(reply);
    return reply;
  }

  @Test
  void whatOpensTheServerIsNowhereToBeFound() throws Exception {
    List<String> canaries = new ArrayList<>(List.of(TOKEN, PASSWORD, WRONG));
    try (TestServer server = TestServer.start(TestServer.settings(data, TOKEN))) {
      String[] admin = bearer(TOKEN);
      Map<String, String> user = Map.of("name", "ana", "role", "operator", "password", PASSWORD);
      kept(server.post("/api/v1/users", user, admin)).is(201);
      kept(server.post("/api/v1/users", user, admin)).is(409);
      kept(server.post("/api/v1/login", Map.of("name", "ana", "password", WRONG))).is(401);
      kept(server.post("/api/v1/login", Map.of("name", PASSWORD, "password", PASSWORD))).is(401);
      kept(server.post("/api/v1/login", "{\"token\": \"" + TOKEN)).is(400);
      kept(server.post("/api/v1/login", Map.of("token", TOKEN + "x"))).is(401);

      String key = newKey(server, admin);
      canaries.add(key);
      canaries.add(key.substring(16));
      kept(server.get("/api/v1/sessions", bearer(key))).is(200);
      kept(server.get("/api/v1/sessions", bearer(key + "x"))).is(401);

      Reply login = server.post("/api/v1/login", Map.of("name", "ana", "password", PASSWORD));
      String cookie = login.is(204).header("Set-Cookie").split("[=;]")[1];
      canaries.add(cookie);
      String[] ana = {"Cookie", "holdfast=" + cookie};
      String id = kept(server.post("/api/v1/sessions", EXTERNAL, ana)).json().get("id").asText();
      kept(server.get("/?token=" + TOKEN)).is(302);

      for (String path :
          List.of(
              "/api/v1/me",
              "/api/v1/sessions",
              session(id) + "/results",
              session(id) + "/events",
              session(id) + "/export?format=csv",
              "/api/v1/users",
              "/api/v1/keys",
              "/api/v1/audit",
              "/health/ready",
              "/metrics",
              "/api/admin/sessions")) {
        kept(server.get(path, admin));
        kept(server.get(path, ana));
      }
    }
    for (String canary : canaries) {
      for (Reply reply : replies) {
        assertThat(reply.text()).doesNotContain(canary);
      }
      for (ILoggingEvent line : log.list) {
        assertThat(text(line)).doesNotContain(canary);
      }
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
          assertThat(content.contains(canary)).as("%s in %s", canary, file).isFalse();
        }
      }
    }
    assertThat(log.list).isNotEmpty();
  }

  /** The one reply that holds a secret is not looked at. */
  private static String newKey(TestServer server, String[] admin) {
    Map<String, String> key = Map.of("name", "ci", "role", "viewer");
    return server.post("/api/v1/keys", key, admin).is(201).json().get("secret").asText();
  }

  private static String text(ILoggingEvent line) {
    String trace =
        line.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(line.getThrowableProxy());
    return line.getFormattedMessage() + trace;
  }
}
