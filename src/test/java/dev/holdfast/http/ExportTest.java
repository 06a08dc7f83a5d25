package dev.holdfast.http;

import static dev.holdfast.http.TestServer.row;
import static dev.holdfast.http.TestServer.rows;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
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
  void aPartialWorkbookSaysSoOnEverySheetAndAWholeOneOnNone() {
    String id = server.create("Workbook");
    server.post(session(id) + "/rows", rows(row("Q1", "yes"))).is(200);
    server.post(session(id) + "/stop", Map.of("reason", "wrong file")).is(200);

    Map<String, List<List<String>>> partial = xlsx(id);

    assertThat(partial.keySet()).containsExactly("Summary", "Table", "By section", "Footnotes");
    assertThat(partial.values())
        .allSatisfy(
            sheet ->
                assertThat(sheet.get(0))
                    .containsExactly(
                        "PARTIAL: the session is partial, 1 of 5 questions are settled"));
    assertThat(partial.get("Summary"))
        .contains(
            List.of("State", "partial (partial table)"),
            List.of("Reason", "wrong file"),
            List.of("About general", "1 answered, 0 not found, 1 open"));
    assertThat(partial.get("Table")).hasSize(2 + 5);

    String whole = server.create("Whole");
    server.post(session(whole) + "/complete", Map.of("attempt", 1)).is(200);
    assertThat(xlsx(whole).values())
        .allSatisfy(
            sheet ->
                assertThat(sheet).noneMatch(line -> String.join("", line).contains("PARTIAL")));
  }

  @Test
  void aWorkbookHoldsTheTableBySectionsAndWithItsFootnotes() {
    String id = server.create("Footnotes");
    Map<String, Object> cited =
        Map.of(
            "questionId",
            "Q3",
            "status",
            "answered",
            "answer",
            "ten",
            "pages",
            List.of(4, 2),
            "confidence",
            0.5,
            "footnote",
            "also in the annex",
            "quotes",
            List.of(Map.of("page", 4, "text", "a sum of ten")));
    server.post(session(id) + "/rows", rows(row("Q1", "yes"), cited)).is(200);
    Map<String, Object> correction =
        Map.of("verdict", "corrected", "correctedAnswer", "eleven", "reason", "misread");
    server.put(session(id) + "/results/Q3/review", correction).is(200);

    Map<String, List<List<String>>> sheets = xlsx(id);

    assertThat(sheets.get("Footnotes"))
        .contains(
            List.of("1", "Q3", "quote", "4", "a sum of ten"),
            List.of("2", "Q3", "remark", "also in the annex"));
    List<String> inTable = line(sheets.get("Table"), "Q3");
    assertThat(inTable)
        .startsWith("About money", "Q3", "What about Q3?", "answered", "eleven", "4; 2", "0.50")
        .endsWith("ten", "1, 2");
    assertThat(inTable.get(7)).startsWith("corrected by local at ").endsWith(": misread");
    assertThat(line(sheets.get("By section"), "Q3"))
        .containsExactly("Q3", "What about Q3?", "eleven", "4; 2", "0.50", "1, 2");
    assertThat(sheets.get("By section"))
        .contains(List.of("About money (1 answered, 0 not found, 2 open)"));
    String csv = server.get(session(id) + "/export?format=csv").text();
    assertThat(csv).contains("\"eleven\",\"4; 2\",\"0.50\",\"p. 4: a sum of ten\"");
  }

  @Test
  void hostileTextStaysTextInAWorkbook() {
    String id = server.create("=HYPERLINK(\"http://x\")");
    List<String> hostile =
        List.of(
            "=1+1",
            "\tcmd",
            "@SUM(A1)",
            "<b>&amp;]]>",
            "\u202Efdp.exe",
            "\ud83d\ude80",
            "a\u0007b");
    for (int i = 0; i < 5; i++) {
      server.post(session(id) + "/rows", rows(row("Q" + (i + 1), hostile.get(i)))).is(200);
    }
    Map<String, Object> quoting =
        Map.of(
            "questionId",
            "Q1",
            "status",
            "answered",
            "answer",
            hostile.get(6),
            "footnote",
            "=2+2",
            "quotes",
            List.of(Map.of("page", 1, "text", "-3"), Map.of("page", 1, "text", "+4")));
    server.post(session(id) + "/rows", rows(quoting)).is(200);

    Map<String, List<List<String>>> sheets = xlsx(id);

    List<String> texts =
        sheets.values().stream().flatMap(List::stream).flatMap(List::stream).toList();
    assertThat(texts)
        .contains(
            "'=HYPERLINK(\"http://x\")", "'\tcmd", "'@SUM(A1)", "<b>&amp;]]>", "\u202Efdp.exe")
        .contains("a\ufffdb", "'=2+2", "'-3", "'+4")
        .noneMatch(text -> "=+-@\t".indexOf(text.charAt(0)) >= 0);
  }

  @Test
  void whatIsTooLongForACellGoesOnWhereTheCellSays() {
    SessionFootnotes notes = new SessionFootnotes();
    String rockets = "x" + "\ud83d\ude80".repeat(40_000);

    String cell = notes.fitting("Q7", rockets);

    assertThat(cell).hasSizeLessThanOrEqualTo(Cells.EXCEL_CHARS_MAX);
    assertThat(cell).endsWith(" \u2026 [too long for a cell, continued in footnotes 1 to 2]");
    StringBuilder whole = new StringBuilder(cell.substring(0, cell.indexOf(" \u2026 [")));
    notes.all().forEach(note -> whole.append(note.text()));
    assertThat(whole.toString()).isEqualTo(rockets);
    assertThat(notes.all())
        .allSatisfy(
            note -> {
              assertThat(note.question()).isEqualTo("Q7");
              assertThat(note.text()).hasSizeLessThan(Cells.EXCEL_CHARS_MAX).startsWith("\ud83d");
            });
    assertThat(notes.fitting("Q7", "short")).isEqualTo("short");
  }

  @Test
  void aCsvSaysWhenExcelWillCutItsCells() {
    String id = server.create("Long");
    List<Map<String, Object>> quotes =
        Collections.nCopies(10, Map.of("page", 1, "text", "q".repeat(4_000)));
    server
        .post(
            session(id) + "/rows",
            rows(Map.of("questionId", "Q1", "status", "answered", "answer", "a", "quotes", quotes)))
        .is(200);

    String csv = server.get(session(id) + "/export?format=csv").is(200).text();

    assertThat(csv.lines().skip(1).findFirst().orElseThrow()).startsWith("\"LONG: Excel cuts");
    assertThat(csv.split("q{4000}", -1)).hasSize(11);
    assertThat(xlsx(id).get("Footnotes")).filteredOn(line -> line.contains("quote")).hasSize(10);
  }

  @Test
  void theTableCanBeExportedAsItWas() {
    String id = server.create("Past");
    server.post(session(id) + "/rows", rows(row("Q1", "then"))).is(200);
    long then = server.revision();
    server.post(session(id) + "/rows", rows(row("Q1", "now"))).is(200);
    server.post(session(id) + "/complete", Map.of("attempt", 1)).is(200);
    server.delete(session(id)).is(204);

    Reply csv = server.get(session(id) + "/export?format=csv&at=" + then).is(200);

    assertThat(csv.revision()).isEqualTo(then);
    assertThat(csv.text()).contains("PARTIAL: the session is running", "\"then\"");
    server.get(session(id) + "/export?format=csv").isProblem(410, "gone");
    server.get("/api/v1/sessions/nobody/export?format=xlsx").isProblem(404, "not-found");
  }

  private static Map<String, List<List<String>>> xlsx(String id) {
    return Workbooks.read(server.get(session(id) + "/export?format=xlsx").is(200).body());
  }

  private static List<String> line(List<List<String>> sheet, String question) {
    return sheet.stream().filter(line -> line.contains(question)).findFirst().orElseThrow();
  }

  @Test
  void aFormatThatIsNotThereIsRefused() {
    String id = server.create("Format");
    for (String query : List.of("", "?format=", "?format=pdf", "?format=csv&format=json", "?x=1")) {
      server.get(session(id) + "/export" + query).isProblem(400, "bad-parameter");
    }
  }
}
