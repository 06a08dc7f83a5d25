package dev.holdfast.http;

import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list as a file, and workbooks of Excel. */
class ListExportTest {
  private static final String EXPORT = "/api/v1/sessions/export";
  private static final String HOSTILE = "=HYPERLINK(\"http://x\")";

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
  void allThatMatchesIsInTheFileAsOfTheRevisionAskedFor() {
    String first = server.create("Export one");
    String second = server.create("Export two");
    server.create("Another");
    long before = server.revision();
    server.post(session(first) + "/stop", Map.of("reason", "enough")).is(200);

    Reply csv = server.get(EXPORT + "?format=csv&q=export&sort=title").is(200);
    assertThat(csv.text().lines().skip(1).map(line -> line.split(",")[1]))
        .containsExactly("\"Export one\"", "\"Export two\"");
    assertThat(csv.text()).contains("\"partial\",\"enough\"");
    assertThat(csv.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"holdfast-sessions-" + csv.revision() + ".csv\"");

    Reply was = server.get(EXPORT + "?format=json&q=export&sort=title&at=" + before).is(200);
    JsonNode items = was.json().get("items");
    assertThat(was.revision()).isEqualTo(before);
    assertThat(items).extracting(item -> item.get("id").asText()).containsExactly(first, second);
    assertThat(items.get(0).get("state").asText()).isEqualTo("running");
    assertThat(was.json())
        .isEqualTo(server.get("/api/v1/sessions?q=export&sort=title&at=" + before).json());
    assertThat(server.get(EXPORT + "?format=csv&state=completed&q=export").text().lines())
        .hasSize(1);
  }

  @Test
  void aWorkbookHoldsStringsOnlyAndOpensWithAnyText() throws Exception {
    String id = server.create(HOSTILE);
    String control = "bell \u0007 and \ud83d\ude80";
    server.post(session(id) + "/rows", rows(row("Q1", HOSTILE), row("Q2", control))).is(200);

    for (String path : List.of(EXPORT + "?format=xlsx", session(id) + "/export?format=xlsx")) {
      Map<String, byte[]> parts = parts(server.get(path).is(200).body());

      for (byte[] xml : parts.values()) {
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml));
      }
      String texts = text(parts.get("xl/sharedStrings.xml"));
      assertThat(texts).contains("&apos;=HYPERLINK(").doesNotContain(">=HYPERLINK");
      assertThat(text(parts.get("xl/worksheets/sheet1.xml")))
          .doesNotContain("<f>", "t=\"n\"")
          .contains("t=\"s\"");
    }
    String answers =
        text(
            parts(server.get(session(id) + "/export?format=xlsx").body())
                .get("xl/sharedStrings.xml"));
    assertThat(answers.replace("&#xfffd;", "\ufffd"))
        .contains("bell \ufffd and ", "PARTIAL: the session is running");
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> parts(byte[] workbook) throws IOException {
    Map<String, byte[]> parts = new TreeMap<>();
    Path file = Files.write(data.resolve("export.xlsx"), workbook);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return parts;
  }

  @Test
  void whatIsNoExportIsRefused() {
    for (String query :
        List.of(
            "",
            "?format=pdf",
            "?format=csv&limit=5",
            "?format=csv&cursor=x",
            "?format=csv&state=x")) {
      server.get(EXPORT + query).isProblem(400, "bad-parameter");
    }
    // why so often: a refused export must give its place back
    for (int i = 0; i < 3 * Exports.UNDER_WAY_MAX; i++) {
      server.get(EXPORT + "?format=csv&at=nonsense").isProblem(400, "bad-parameter");
    }
    server.get(EXPORT + "?format=csv").is(200);
  }

  @Test
  void formulasAreNeutralInAnyForm() {
    for (String start : List.of("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) {
      assertThat(Cells.neutral(start + "1")).isEqualTo("'" + start + "1");
    }
    assertThat(Cells.neutral("a=1")).isEqualTo("a=1");
    assertThat(Cells.neutral(null)).isEmpty();
  }

  @Test
  void aCellOfExcelIsNeverTooLongAndEndsWithAWholeCharacter() {
    String rockets = "\ud83d\ude80".repeat(20_000);
    String cut = Cells.excel(rockets);
    assertThat(cut).hasSizeLessThanOrEqualTo(Cells.EXCEL_CHARS_MAX).endsWith("\ud83d\ude80 …");
    assertThat(Cells.excel("x".repeat(Cells.EXCEL_CHARS_MAX)))
        .hasSize(Cells.EXCEL_CHARS_MAX)
        .endsWith("x");
  }
}
