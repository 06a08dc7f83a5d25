package dev.holdfast.http;

import java.util.List;
import org.dhatim.fastexcel.Range;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** One sheet of a session's workbook, written line by line. Every cell is a string. */
final class ExcelSheet {
  private static final String HEAD_COLOR = "D9E2EC";
  private static final String SECTION_COLOR = "EFEFEC";
  private static final String BANNER_COLOR = "FFE8B3";
  private static final String BANNER_TEXT_COLOR = "8A5600";

  private final Worksheet sheet;
  private final int columns;
  private int line;

  /**
   * @param banner what the first line says of the whole, or null
   * @param widths of the columns, in characters
   */
  ExcelSheet(Workbook workbook, String name, String banner, double... widths) {
    this.sheet = workbook.newWorksheet(name);
    this.columns = widths.length;
    for (int column = 0; column < columns; column++) {
      sheet.width(column, widths[column]);
    }
    sheet.pageOrientation("landscape");
    sheet.setFitToPage(true);
    sheet.fitToWidth((short) 1);
    sheet.fitToHeight((short) 0);
    if (banner != null) {
      sheet.value(0, 0, Cells.excel(banner));
      Range all = whole(0);
      all.merge();
      all.style().bold().fontColor(BANNER_TEXT_COLOR).fillColor(BANNER_COLOR).set();
      line = 1;
    }
  }

  /** The names of the columns; they stay in sight, also on paper. */
  void head(List<String> names) {
    put(names);
    whole(line - 1).style().bold().fillColor(HEAD_COLOR).wrapText(true).set();
    sheet.freezePane(0, line);
    sheet.repeatRows(line - 1);
  }

  /** A heading over the lines that follow. */
  void section(String name) {
    put(List.of(name));
    whole(line - 1).style().bold().fillColor(SECTION_COLOR).set();
  }

  void row(List<String> cells) {
    put(cells);
    whole(line - 1).style().wrapText(true).verticalAlignment("top").set();
  }

  /** A name and its value. */
  void fact(String name, String value) {
    row(List.of(name, value));
    sheet.style(line - 1, 0).bold().verticalAlignment("top").set();
  }

  /**
   * Lets people choose by the values of the columns.
   *
   * @param lines the last ones, of which the first is the head
   */
  void filter(int lines) {
    if (lines > 1) {
      sheet.setAutoFilter(line - lines, 0, line - 1, columns - 1);
    }
  }

  private void put(List<String> cells) {
    for (int column = 0; column < cells.size(); column++) {
      if (!cells.get(column).isEmpty()) {
        sheet.value(line, column, Cells.excel(cells.get(column)));
      }
    }
    line++;
  }

  private Range whole(int row) {
    return sheet.range(row, 0, row, columns - 1);
  }
}
