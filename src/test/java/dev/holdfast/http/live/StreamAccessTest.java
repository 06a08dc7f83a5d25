package dev.holdfast.http.live;

import static dev.holdfast.http.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.http.RawClient;
import dev.holdfast.http.Reply;
import dev.holdfast.http.TestServer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of a credential, and what becomes of a stream when its credential ends. */
class StreamAccessTest {
  private static final String TOKEN = "a-secret-of-many-characters";
  private static final int STREAMS = 3;
  private static final int REQUESTS = 20;

  @TempDir private static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            TestServer.settings(data, TOKEN)
                .with("access.requestsPerSecondMax", REQUESTS)
                .with("access.streamsPerUserMax", STREAMS));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode key(String name) {
    return server
        .post("/api/v1/keys", Map.of("name", name, "role", "viewer"), bearer(TOKEN))
        .is(201)
        .json();
  }

  private static RawClient open(String secret) throws Exception {
    RawClient client = server.raw();
    return client.lines(
        "GET /api/v1/stream HTTP/1.1\nHost: HOST\nAuthorization: Bearer " + secret + "\n\n");
  }

  /** What comes up to and with that text. */
  private static String readUntil(RawClient client, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int next = client.in().read();
      if (next < 0) {
        throw new EOFException("no " + text + " in: " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }

  @Test
  void aStreamEndsWithTheKeyThatOpenedItAndOthersGoOn() throws Exception {
    JsonNode ended = key("ended");
    JsonNode kept = key("kept");
    try (RawClient first = open(ended.get("secret").asText());
        RawClient other = open(kept.get("secret").asText())) {
      readUntil(first, "event: snapshot");
      readUntil(other, "event: snapshot");
      server.delete("/api/v1/keys/" + ended.get("id").asText(), bearer(TOKEN)).is(204);
      readUntil(first, "event: goodbye");
      readUntil(first, "the login ended");
      // The last chunk: the reply is over, the connection may be used again.
      readUntil(first, "\r\n0\r\n\r\n");
      server.post(
          "/api/v1/sessions",
          Map.of("questionSet", TestServer.SET, "analyzer", "external"),
          bearer(TOKEN));
      readUntil(other, "event: frame");
    }
  }

  @Test
  void aKeyHasSoManyStreamsAndTheTokenMore() throws Exception {
    String secret = key("greedy").get("secret").asText();
    List<RawClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < STREAMS; i++) {
        open.add(open(secret));
        readUntil(open.get(i), "event: snapshot");
      }
      server.get("/api/v1/stream", bearer(secret)).isProblem(429, "too-many-requests");
      RawClient exempt = open(TOKEN);
      open.add(exempt);
      readUntil(exempt, "event: snapshot");
    } finally {
      for (RawClient client : open) {
        client.close();
      }
    }
  }

  @Test
  void aKeyMaySendSoManyRequestsASecondAndIsTold() {
    String secret = key("quick").get("secret").asText();
    Reply first = server.get("/api/v1/me", bearer(secret)).is(200);
    assertThat(first.header("RateLimit-Policy")).isEqualTo("\"requests\";q=" + REQUESTS + ";w=1");
    Reply last = first;
    for (int i = 0; i < 10 * REQUESTS && last.status() == 200; i++) {
      last = server.get("/api/v1/me", bearer(secret));
    }
    last.isProblem(429, "too-many-requests");
    assertThat(last.header("Retry-After")).isNotNull();
    assertThat(server.get("/api/v1/me", bearer(TOKEN)).is(200).header("RateLimit")).isNull();
  }
}
