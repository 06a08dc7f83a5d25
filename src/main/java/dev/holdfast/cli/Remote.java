package dev.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** A running server, as commands of an admin reach it. */
final class Remote {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = {"--url"},
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The server, by default ${DEFAULT-VALUE}.")
  private URI url;

  @Option(
      names = {"--token-file"},
      paramLabel = "FILE",
      description = "Holds the token or the key of an admin; without it HOLDFAST_ADMIN_TOKEN does.")
  private Path tokenFile;

  /** The server did not do it; the message says why, for people. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** What a command does at the server. */
  interface Action {
    void run() throws Refused;
  }

  /** Does it and gives the exit code; why not goes to the standard error. */
  static int run(Action action) {
    try {
      action.run();
      return 0;
    } catch (Refused refused) {
      System.err.println("holdfast: " + refused.getMessage());
      return Serve.FAILED;
    }
  }

  /**
   * The reply to a request, an empty object when it has no body.
   *
   * @param body as JSON, or null for none
   */
  JsonNode send(String method, String path, Map<String, ?> body) throws Refused {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
              .timeout(PATIENCE)
              .header("X-Holdfast", "1")
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)));
      String token = token();
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      HttpResponse<byte[]> reply =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request.build(), BodyHandlers.ofByteArray());
      return read(reply);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refused("no server answers at " + url + ": name it with --url");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted");
    }
  }

  private static JsonNode read(HttpResponse<byte[]> reply) throws IOException, Refused {
    JsonNode json =
        reply.body().length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(reply.body());
    if (reply.statusCode() >= 400) {
      throw new Refused(reply.statusCode() + " " + json.path("detail").asText());
    }
    return json;
  }

  private String token() throws IOException, Refused {
    if (tokenFile == null) {
      return System.getenv("HOLDFAST_ADMIN_TOKEN");
    }
    if (!Files.isReadable(tokenFile)) {
      throw new Refused("there is no file " + tokenFile + " to read the token from");
    }
    return Files.readString(tokenFile).strip();
  }
}
