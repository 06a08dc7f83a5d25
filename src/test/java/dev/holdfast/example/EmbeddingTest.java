package dev.holdfast.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.Holdfast;
import dev.holdfast.cli.Settings;
import dev.holdfast.session.Creation;
import dev.holdfast.session.Query;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionState;
import dev.holdfast.session.Sort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the documentation does what it says, in a Vert.x that is not ours. */
class EmbeddingTest {
  @TempDir private Path data;

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static String upload(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/documents"))
            .header("X-Holdfast", "1")
            .header("Content-Type", "application/pdf")
            .POST(
                HttpRequest.BodyPublishers.ofFile(
                    Path.of("webroot/sample/pump-station-specification.pdf")))
            .build();
    String body =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(body).get("id").asText();
  }

  @Test
  void anotherVerticleCreatesWatchesAndStopsASession() throws Exception {
    Vertx vertx = Vertx.vertx();
    Settings settings = Settings.DEFAULT.withPort(0).withData(data);
    Holdfast holdfast = await(Holdfast.deploy(vertx, settings, reason -> {}));
    try {
      await(vertx.deployVerticle(new StopAtFirstRow(upload(holdfast.url()))));
      Query.ListSessions stopped =
          new Query.ListSessions(
              List.of(SessionState.PARTIAL), Creation.ANY, Sort.NEWEST_FIRST, 5, null);
      Awaitility.await()
          .until(() -> await(holdfast.client().ask(stopped)).value().items().size() == 1);
      Session session = await(holdfast.client().ask(stopped)).value().items().get(0);
      assertThat(session.reason()).isEqualTo("one row is enough");
      assertThat(await(holdfast.client().results(session.id())).table().recordedRows())
          .isNotEmpty();
    } finally {
      await(holdfast.close());
      await(vertx.close());
    }
  }
}
