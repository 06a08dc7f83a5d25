package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the page: compressed to who takes that, and nothing else is. */
class StaticFilesTest {
  private static final String OFFERED = "Accept-Encoding";
  private static final List<String> FILES =
      List.of(
          "/",
          "/app.js",
          "/app.css",
          "/favicon.svg",
          "/docs",
          "/docs/docs.js",
          "/pdfjs/build/pdf.min.mjs",
          "/uplot/uPlot.esm.js",
          "/api/openapi.json");

  @TempDir private static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void compressedOrNotAFileIsTheSame() {
    for (String path : FILES) {
      Reply plain = server.get(path).is(200);
      Reply packed = server.get(path, OFFERED, "br, gzip;q=0.5").is(200);

      assertThat(plain.header("Content-Encoding")).as(path).isNull();
      assertThat(packed.header("Content-Encoding")).as(path).isEqualTo("gzip");
      assertThat(packed.unpacked()).as(path).isEqualTo(plain.body());
      assertThat(packed.body().length).as(path).isLessThan(plain.body().length);
      for (Reply reply : List.of(plain, packed)) {
        assertThat(reply.header("Vary")).as(path).isEqualTo("Accept-Encoding");
        assertThat(reply.header("Cache-Control")).as(path).isEqualTo("no-cache");
        assertThat(reply.header("Content-Length")).isEqualTo("" + reply.body().length);
      }
      assertThat(packed.header("Content-Type")).isEqualTo(plain.header("Content-Type"));
    }
  }

  @Test
  void whoDoesNotTakeGzipGetsTheFileAsItIs() throws IOException {
    byte[] file = Files.readAllBytes(Path.of("webroot/app.js"));
    for (String offer : List.of("identity", "br", "gzip;q=0", "*;q=0.1", "")) {
      assertThat(server.get("/app.js", OFFERED, offer).is(200).body()).as(offer).isEqualTo(file);
    }
    assertThat(server.get("/app.js", "Range", "bytes=0-9").is(200).body()).isEqualTo(file);
  }

  @Test
  void eachFormHasItsOwnTagAndWhoKnowsItGets304() {
    for (String path : FILES) {
      String plain = server.get(path).etag();
      String packed = server.get(path, OFFERED, "gzip").etag();

      assertThat(plain).isNotEqualTo(packed);
      assertKnown(server.get(path, "If-None-Match", plain), plain);
      assertKnown(server.get(path, "If-None-Match", "W/" + plain), plain);
      assertKnown(server.get(path, "If-None-Match", packed, OFFERED, "gzip"), packed);
      server.get(path, "If-None-Match", packed).is(200);
      server.get(path, "If-None-Match", plain, OFFERED, "gzip").is(200);
    }
  }

  private static void assertKnown(Reply reply, String tag) {
    assertThat(reply.is(304).body()).isEmpty();
    assertThat(reply.etag()).isEqualTo(tag);
    assertThat(reply.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(reply.header("Content-Encoding")).isNull();
  }

  @Test
  void headSaysWhatGetWouldAndSendsNoBody() throws IOException {
    int length = server.get("/app.js", OFFERED, "gzip").body().length;
    try (RawClient client = server.raw()) {
      client.lines("HEAD /app.js HTTP/1.1\nHost: HOST\nAccept-Encoding: gzip\n\n");
      client.lines("GET /health/live HTTP/1.1\nHost: HOST\nConnection: close\n\n");
      String said = new String(client.in().readAllBytes(), Reply.UTF_8);

      String[] replies = said.split("\r\n\r\n", 2);
      assertThat(replies[0].toLowerCase())
          .contains(" 200 ", "content-encoding: gzip", "content-length: " + length);
      assertThat(replies[1]).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whatCarriesDataIsNeverCompressed() {
    String id = server.create("Bridge");
    for (String path :
        List.of(
            "/api/v1/sessions",
            "/api/v1/sessions/" + id,
            "/api/v1/sessions/" + id + "/results",
            "/api/v1/sessions/" + id + "/export?format=csv",
            "/api/v1/changes?after=0",
            "/health/ready")) {
      Reply reply = server.get(path, OFFERED, "gzip, deflate, br").is(200);
      assertThat(reply.header("Content-Encoding")).as(path).isNull();
    }
  }

  @Test
  void onlyFilesOfTheFolderAreThere() {
    for (String path :
        List.of(
            "/views",
            "/views/",
            "/.hidden.js",
            "/../logback.xml",
            "/%2e%2e/openapi.json",
            "/views/..%2f..%2fopenapi.json",
            "/uplot/uPlot.d.ts",
            "/uplot/",
            "/no-such.js")) {
      server.get(path).isProblem(404, "not-found");
    }
  }
}
