package dev.holdfast.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A sheet as a workbook of Excel. Every cell is a string: nothing in it can calculate. */
final class ExcelFile {
  private static final String APPLICATION = "Holdfast";
  private static final String APPLICATION_VERSION = "1.0";
  private static final int COLUMN_WIDTH_MIN = 8;
  private static final int COLUMN_WIDTH_MAX = 60;

  /** Rows that a column's width is taken from; the others are like them. */
  private static final int MEASURED_ROWS = 200;

  private ExcelFile() {}

  static Buffer of(Sheet sheet) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, APPLICATION, APPLICATION_VERSION)) {
      Worksheet worksheet = workbook.newWorksheet(sheet.name());
      fill(worksheet, sheet);
      worksheet.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private static void fill(Worksheet worksheet, Sheet sheet) {
    int line = 0;
    for (String note : sheet.notes()) {
      put(worksheet, line++, List.of(note));
    }
    int headLine = line;
    put(worksheet, line++, sheet.head());
    for (int column = 0; column < sheet.head().size(); column++) {
      worksheet.style(headLine, column).bold().set();
      worksheet.width(column, width(sheet, column));
    }
    for (List<String> row : sheet.rows()) {
      put(worksheet, line++, row);
    }
    worksheet.freezePane(0, headLine + 1);
  }

  private static void put(Worksheet worksheet, int line, List<String> cells) {
    for (int column = 0; column < cells.size(); column++) {
      worksheet.value(line, column, Cells.excel(cells.get(column)));
    }
  }

  private static int width(Sheet sheet, int column) {
    int longest =
        sheet.rows().stream()
            .limit(MEASURED_ROWS)
            .mapToInt(row -> row.get(column) == null ? 0 : row.get(column).length())
            .max()
            .orElse(0);
    int wanted = Math.max(longest, sheet.head().get(column).length()) + 2;
    return Math.min(COLUMN_WIDTH_MAX, Math.max(COLUMN_WIDTH_MIN, wanted));
  }
}
