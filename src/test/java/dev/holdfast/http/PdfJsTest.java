package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library that draws PDFs, as the server hands it out. */
class PdfJsTest {
  private static final String POLICY = "Content-Security-Policy";

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
  void whatDrawsIsServedAsScriptAndFonts() {
    for (String script : List.of("pdf.min.mjs", "pdf.worker.min.mjs")) {
      Reply reply = server.get("/pdfjs/build/" + script).is(200);
      assertThat(reply.header("Content-Type")).startsWith("text/javascript");
      assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
    }
    server.get("/pdfjs/standard_fonts/FoxitSerif.pfb").is(200);
    server.get("/pdfjs/cmaps/78-EUC-H.bcmap").is(200);
  }

  @Test
  void whatRunsScriptsOfDocumentsIsNotThere() {
    for (String path :
        List.of(
            "build/pdf.sandbox.min.mjs",
            "build/pdf.mjs.map",
            "package.json",
            "",
            "build/",
            "cmaps/../package.json",
            "cmaps/..%2fpackage.json",
            "build/%70df.sandbox.min.mjs")) {
      server.get("/pdfjs/" + path).isProblem(404, "not-found");
    }
  }

  @Test
  void onlyTheWorkerMayCompileAndNothingMayBeEvaluated() {
    String page = server.get("/").is(200).header(POLICY);
    String library = server.get("/pdfjs/build/pdf.min.mjs").header(POLICY);
    String worker = server.get("/pdfjs/build/pdf.worker.min.mjs").header(POLICY);

    assertThat(page)
        .contains("script-src 'self';", "trusted-types holdfast")
        .doesNotContain("eval");
    assertThat(library).isEqualTo(page);
    assertThat(worker)
        .contains("script-src 'self' 'wasm-unsafe-eval';")
        .doesNotContain("'unsafe-eval'", "'unsafe-inline'");
  }
}
