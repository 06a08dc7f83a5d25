package dev.holdfast.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dhatim.fastexcel.Workbook;

/**
 * A session as a workbook of Excel: what it is, its table, the same by section, and the passages
 * that the answers rest on. A table that is not whole says so on every sheet.
 */
final class SessionWorkbook {
  private static final List<String> TABLE_HEAD =
      List.of(
          "Section",
          "No.",
          "Question",
          "Status",
          "Answer",
          "Pages",
          "Confidence",
          "Review",
          "Analyzer's answer",
          "Footnotes");
  private static final List<String> SECTION_HEAD =
      List.of("No.", "Question", "Answer", "Pages", "Confidence", "Footnotes");
  private static final List<String> NOTES_HEAD =
      List.of("Footnote", "Question", "Kind", "Page", "Text");

  private final ResultsView results;
  private final String banner;
  private final SessionFootnotes notes = new SessionFootnotes();
  private final List<Line> lines = new ArrayList<>();

  /** A row with the texts that are the same on both sheets; they may refer to footnotes. */
  private record Line(
      ResultsView.Section section,
      ResultsView.RowView row,
      String question,
      String answer,
      String original,
      String references) {}

  private SessionWorkbook(ResultsView results, String banner) {
    this.results = results;
    this.banner = banner;
    results.sections().forEach(section -> section.rows().forEach(row -> addLine(section, row)));
  }

  /**
   * @param banner says that the table is partial; null for a whole one
   */
  static Buffer of(ResultsView results, String banner) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "Holdfast", "1.0")) {
      SessionWorkbook session = new SessionWorkbook(results, banner);
      session.writeSummary(workbook);
      session.writeTable(workbook);
      session.writeSections(workbook);
      session.writeNotes(workbook);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private void addLine(ResultsView.Section section, ResultsView.RowView row) {
    List<String> references = notes.add(row);
    String id = row.questionId();
    lines.add(
        new Line(
            section,
            row,
            notes.fitting(id, row.question()),
            notes.fitting(id, ExportRoutes.standing(row)),
            notes.fitting(id, ExportRoutes.isCorrected(row) ? text(row.answer()) : ""),
            notes.fitting(id, String.join(", ", references))));
  }

  private void writeSummary(Workbook workbook) {
    SessionView session = results.session();
    ExcelSheet sheet = new ExcelSheet(workbook, "Summary", banner, 24, 90);
    sheet.fact("Session", session.title());
    sheet.fact("State", session.state() + (banner == null ? "" : " (partial table)"));
    sheet.fact("Reason", text(session.reason()));
    sheet.fact("Error", session.error() == null ? "" : session.error().message());
    sheet.fact("Document", session.document() == null ? "" : session.document().filename());
    sheet.fact("Pages", session.document() == null ? "" : text(session.document().pages()));
    sheet.fact("Question set", ExportRoutes.questionSet(session));
    sheet.fact("Answered", text(session.progress().answered()));
    sheet.fact("Not found", text(session.progress().notFound()));
    sheet.fact("Questions", text(session.progress().total()));
    sheet.fact(
        "Average confidence", ExportRoutes.confidence(session.statistics().averageConfidence()));
    sheet.fact("Created by", text(session.createdBy()));
    sheet.fact("Created at", text(session.createdAt()));
    sheet.fact("Ended at", text(session.endedAt()));
    sheet.fact("Id", session.id());
    sheet.fact("Revision", text(session.revision()));
    sheet.section("Sections");
    results.sections().forEach(section -> sheet.fact(section.name(), settled(section)));
  }

  private static String settled(ResultsView.Section section) {
    long open = section.rows().stream().filter(row -> row.status().equals("pending")).count();
    long answered = section.rows().stream().filter(row -> row.status().equals("answered")).count();
    long total = section.rows().size();
    return answered + " answered, " + (total - answered - open) + " not found, " + open + " open";
  }

  private void writeTable(Workbook workbook) {
    ExcelSheet sheet =
        new ExcelSheet(workbook, "Table", banner, 22, 8, 40, 12, 70, 12, 11, 30, 50, 14);
    sheet.head(TABLE_HEAD);
    lines.forEach(line -> sheet.row(tableCells(line)));
    sheet.filter(lines.size() + 1);
  }

  private static List<String> tableCells(Line line) {
    return List.of(
        line.section().name(),
        line.row().questionId(),
        line.question(),
        line.row().status().replace('_', ' '),
        line.answer(),
        ExportRoutes.pages(line.row()),
        ExportRoutes.confidence(line.row().confidence()),
        ExportRoutes.review(line.row()),
        line.original(),
        line.references());
  }

  private void writeSections(Workbook workbook) {
    ExcelSheet sheet = new ExcelSheet(workbook, "By section", banner, 8, 40, 80, 12, 11, 14);
    sheet.head(SECTION_HEAD);
    for (ResultsView.Section section : results.sections()) {
      sheet.section(section.name() + " (" + settled(section) + ")");
      lines.stream()
          .filter(line -> line.section() == section)
          .forEach(line -> sheet.row(sectionCells(line)));
    }
  }

  private static List<String> sectionCells(Line line) {
    return List.of(
        line.row().questionId(),
        line.question(),
        line.answer(),
        ExportRoutes.pages(line.row()),
        ExportRoutes.confidence(line.row().confidence()),
        line.references());
  }

  private void writeNotes(Workbook workbook) {
    ExcelSheet sheet = new ExcelSheet(workbook, "Footnotes", banner, 10, 10, 14, 8, 120);
    sheet.head(NOTES_HEAD);
    notes
        .all()
        .forEach(
            note ->
                sheet.row(
                    List.of(
                        note.number(), note.question(), note.kind(), note.page(), note.text())));
  }

  private static String text(Object value) {
    return Objects.toString(value, "");
  }
}
