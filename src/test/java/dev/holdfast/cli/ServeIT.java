package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.ServerProcess.Ended;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as a user meets it. */
class ServeIT {
  @TempDir private Path directory;

  @Test
  void aSecondServerOnTheSameDataSaysSoAndTheFirstGoesOn() throws Exception {
    try (ServerProcess first = ServerProcess.start(directory)) {
      Ended second = ServerProcess.runUnder(List.of(), directory);
      assertThat(second.code()).isEqualTo(Serve.STORE_IN_USE);
      assertThat(second.output()).contains("Another Holdfast runs on the data").contains("--data");
      assertThat(first.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(
              first
                  .post(
                      "/api/v1/sessions", "{\"questionSet\":\"general\",\"analyzer\":\"external\"}")
                  .statusCode())
          .isEqualTo(201);
    }
  }

  @Test
  void aServerThatIsToldToEndEndsInOrderAndCanBeStartedAgain() throws Exception {
    ServerProcess first = ServerProcess.start(directory);
    assertThat(first.stop()).isZero();
    assertThat(first.output()).noneMatch(line -> line.contains("ERROR") || line.contains("WARN"));
    try (ServerProcess second = ServerProcess.start(directory)) {
      assertThat(second.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void streamsAreToldThatTheServerEndsAndWhatIsUnderWayGetsItsAnswer() throws Exception {
    ServerProcess server = ServerProcess.start(directory);
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      streams.add(
          client.sendAsync(
              HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/stream")).build(),
              HttpResponse.BodyHandlers.ofString()));
    }
    awaitStreams(server, 50);
    String created =
        server
            .post("/api/v1/sessions", "{\"questionSet\":\"general\",\"analyzer\":\"external\"}")
            .body();

    assertThat(server.stop()).isZero();

    for (CompletableFuture<HttpResponse<String>> stream : streams) {
      assertThat(stream.get(20, TimeUnit.SECONDS).body()).contains("event: goodbye");
    }
    String id = created.replaceAll(".*?\"id\":\"([^\"]+)\".*", "$1");
    try (ServerProcess again = ServerProcess.start(directory)) {
      assertThat(again.get("/api/v1/sessions/" + id).statusCode()).isEqualTo(200);
    }
  }

  private static void awaitStreams(ServerProcess server, int wanted) {
    await()
        .until(() -> server.get("/metrics").body().contains("holdfast_streams " + wanted + ".0"));
  }

  @Test
  void aLogOfJsonHasActorRequestAndRevisionAsMembersOfTheirOwn() throws Exception {
    try (ServerProcess server =
        ServerProcess.startUnder(
            List.of("env", "HOLDFAST_LOG_FORMAT=json", "HOLDFAST_LOG_LEVEL=INFO"), directory)) {
      HttpResponse<String> created =
          server.post(
              "/api/v1/sessions",
              "{\"questionSet\":\"general\",\"analyzer\":\"external\",\"title\":\"a\\nforged line\"}");
      String request = created.headers().firstValue("Holdfast-Request").orElseThrow();
      await().until(() -> server.errors().stream().anyMatch(line -> line.contains(request)));
      for (String line : server.errors()) {
        assertThat(new ObjectMapper().readTree(line).isObject()).as(line).isTrue();
      }
      String line =
          server.errors().stream().filter(one -> one.contains(request)).findFirst().orElseThrow();
      JsonNode json = new ObjectMapper().readTree(line);
      assertThat(json.get("actor").asText()).isEqualTo("local");
      assertThat(json.get("request").asText()).isEqualTo(request);
      assertThat(json.get("revision").isNumber()).isTrue();
    }
  }

  @Test
  void aMistypedKeyIsNamedWithTheNearestOne() throws Exception {
    Path config = Files.writeString(directory.resolve("c.json"), "{\"http\":{\"prot\":1}}");
    Ended ended = ServerProcess.runUnder(List.of(), directory, "--config", config.toString());
    assertThat(ended.code()).isEqualTo(Serve.USAGE);
    assertThat(ended.output()).contains("http.prot").contains("http.port");
  }
}
