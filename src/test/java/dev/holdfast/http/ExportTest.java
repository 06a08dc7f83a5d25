package dev.holdfast.http;

import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table as a file. */
class ExportTest {
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
  void aSpreadsheetNeverTakesACellForAFormula() {
    String id = server.create("Cells");
    List<String> hostile =
        List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1", "\uff0b1", "\uff0d1");
    for (String answer : hostile) {
      Map<String, Object> row =
          Map.of("questionId", "Q1", "status", "answered", "answer", answer, "footnote", answer);
      server.post(session(id) + "/rows", rows(row)).is(200);

      String csv = server.get(session(id) + "/export?format=csv").is(200).text();

      assertThat(csv).contains("\"'" + answer + "\"").doesNotContain("\"" + answer + "\"");
    }
  }

  @Test
  void quotesAndLineBreaksStayWithinTheirCell() {
    String id = server.create("Quotes");
    server.post(session(id) + "/rows", rows(row("Q1", "He said \"no\",\nthen \"yes\""))).is(200);

    String csv = server.get(session(id) + "/export?format=csv").is(200).text();

    assertThat(csv).contains("\"He said \"\"no\"\",\nthen \"\"yes\"\"\"");
  }

  @Test
  void aTableThatIsNotCompleteSaysSo() {
    String id = server.create("Half \"done\"\r\nX: y");
    server.post(session(id) + "/rows", rows(row("Q1", "yes"))).is(200);

    Reply csv = server.get(session(id) + "/export?format=csv").is(200);
    Reply json = server.get(session(id) + "/export?format=json").is(200);

    assertThat(csv.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(csv.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"Half-done-X-y-partial.csv\"");
    assertThat(csv.header("X")).isNull();
    assertThat(csv.text())
        .startsWith("\ufeff\"PARTIAL: the session is running, 1 of 5 questions are settled\"\r\n");
    assertThat(csv.text().lines().filter(line -> line.startsWith("\"About "))).hasSize(5);
    assertThat(json.json().get("partial").asBoolean()).isTrue();
    JsonNode results = server.get(session(id) + "/results").json();
    assertThat(json.json().get("results")).isEqualTo(results);

    server.post(session(id) + "/complete", Map.of("attempt", 1)).is(200);
    Reply whole = server.get(session(id) + "/export?format=csv").is(200);
    assertThat(whole.text()).startsWith("\ufeff\"Section\",\"Id\",\"Question\"");
    assertThat(whole.header("Content-Disposition")).doesNotContain("partial");
    assertThat(server.get(session(id) + "/export?format=json").json().get("partial").asBoolean())
        .isFalse();
  }

  @Test
  void aFormatThatIsNotThereIsRefused() {
    String id = server.create("Format");
    for (String query : List.of("", "?format=", "?format=pdf", "?format=csv&format=json", "?x=1")) {
      server.get(session(id) + "/export" + query).isProblem(400, "bad-parameter");
    }
  }
}
