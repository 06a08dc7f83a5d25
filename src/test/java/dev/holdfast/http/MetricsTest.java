package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus is told. */
class MetricsTest {
  private static final Pattern OURS =
      Pattern.compile("\\b(?:holdfast|jvm|process)_[a-z_]+(?=[\\[{ )])");

  @TempDir private Path data;

  /** A server that has done some of everything. */
  private TestServer busy() {
    TestServer server = TestServer.start(data);
    String id = server.create("measured");
    server
        .post(TestServer.session(id) + "/rows", TestServer.rows(TestServer.row("Q1", "An answer")))
        .is(200);
    server.get(TestServer.session("none")).is(404);
    server.upload("?filename=a.pdf", Pdfs.of("A page")).is(201);
    server.upload("?filename=b.pdf", "%PDF-1.7 broken".getBytes(Reply.UTF_8)).is(422);
    return server;
  }

  private static String scrape(TestServer server) {
    Reply reply = server.get("/metrics").is(200);
    assertThat(reply.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    return reply.text();
  }

  @Test
  void whatTheServerDidIsCounted() {
    try (TestServer server = busy()) {
      await()
          .untilAsserted(
              () ->
                  assertThat(scrape(server))
                      .contains("holdfast_revision " + server.revision() + ".0"));
      assertThat(scrape(server))
          .contains("holdfast_sessions{state=\"running\"} 1.0")
          .contains("holdfast_command_seconds_count{command=\"ReportRows\",outcome=\"changed\"} 1")
          .contains("holdfast_append_seconds_count{outcome=\"durable\"}")
          .contains("holdfast_document_read_seconds_count{outcome=\"read\"} 1")
          .contains("holdfast_document_read_seconds_count{outcome=\"broken\"} 1")
          .contains("holdfast_http_request_seconds_count{status=\"4xx\"}")
          .contains("holdfast_streams_max 100.0")
          .contains("holdfast_frame_lag_seconds_count")
          .contains("jvm_memory_used_bytes")
          .contains("process_cpu_usage");
    }
  }

  @Test
  void theDashboardTheAlertsAndTheReferenceNameOnlyWhatThereIs() throws IOException {
    try (TestServer server = busy()) {
      String scraped = scrape(server);
      TreeSet<String> documented = new TreeSet<>();
      for (String file : new String[] {"grafana-dashboard.json", "alerts.yml", "METRICS.md"}) {
        String text = Files.readString(Path.of("docs", file));
        OURS.matcher(text.replace('`', ' ')).results().forEach(m -> documented.add(m.group()));
      }
      assertThat(documented).hasSizeGreaterThan(20);
      for (String name : documented) {
        assertThat(scraped).as(name).containsPattern("(?m)^" + name + "(_count)?[{ ]");
      }
    }
  }

  @Test
  void everyMeasurementOfOursIsInTheReference() throws IOException {
    String reference = Files.readString(Path.of("docs/METRICS.md"));
    try (TestServer server = busy()) {
      scrape(server)
          .lines()
          .filter(line -> line.startsWith("# TYPE holdfast_"))
          .map(line -> line.split(" ")[2].replaceAll("_max$", ""))
          .forEach(name -> assertThat(reference).contains("`" + name));
    }
  }

  @Test
  void aListenerOfItsOwnAsksForNoCredentialAndTheMainOneDoes() throws Exception {
    String token = "a-long-enough-token";
    try (TestServer server =
        TestServer.start(TestServer.settings(data, token).with("metrics.port", 0))) {
      server.get("/metrics").isProblem(401, "unauthorized");
      server.get("/metrics", TestServer.bearer(token)).is(200);
      HttpResponse<String> own =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + server.metricsPort() + "/metrics"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(own.statusCode()).isEqualTo(200);
      assertThat(own.body()).contains("holdfast_revision");
    }
  }

  @Test
  void aServerThatIsReadySaysWhatItHasLookedAt() {
    try (TestServer server = TestServer.start(data)) {
      Reply ready = server.get("/health/ready").is(200);
      assertThat(ready.json().get("checks"))
          .isEqualTo(
              Reply.parse("{\"journal\":\"writable\",\"disk\":\"enough\",\"stopping\":false}"));
      assertThat(server.get("/health/live").is(200).json())
          .isEqualTo(Reply.parse(new String(Reply.bytes(Map.of("status", "up")), Reply.UTF_8)));
    }
  }
}
