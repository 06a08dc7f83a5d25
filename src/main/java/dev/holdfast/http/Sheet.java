package dev.holdfast.http;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table on its way into a file. Its texts are as they are; each format makes them safe.
 *
 * @param notes lines above the head, for example that the table is partial
 */
record Sheet(String name, List<String> notes, List<String> head, List<List<String>> rows) {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /** As CSV in UTF-8, with the mark that tells Excel so. */
  Buffer csv() {
    StringBuilder csv = new StringBuilder(BYTE_ORDER_MARK);
    notes.forEach(note -> appendLine(csv, List.of(note)));
    appendLine(csv, head);
    rows.forEach(row -> appendLine(csv, row));
    return Buffer.buffer(csv.toString());
  }

  private static void appendLine(StringBuilder csv, List<String> cells) {
    csv.append(cells.stream().map(Sheet::quoted).collect(Collectors.joining(","))).append("\r\n");
  }

  private static String quoted(String text) {
    return "\"" + Cells.neutral(text).replace("\"", "\"\"") + "\"";
  }

  /** As a workbook of Excel. Takes a second for large tables: not for the event loop. */
  Buffer xlsx() {
    return ExcelFile.of(this);
  }
}
