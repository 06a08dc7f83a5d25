package dev.holdfast.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The figures of one benchmark as an aligned table, with what was measured below it. */
final class Report {
  private static final String[] HEAD = {
    "figure", "unit", "ours", "floor", "ratio", "min..max", "target", ""
  };
  private static final int TEXT_COLUMNS = 2;

  private final String title;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Report(String title) {
    this.title = title;
  }

  void add(Figure figure) {
    figures.add(figure);
  }

  void note(String text) {
    notes.add(text);
  }

  /** Prints everything; 1 when a target was missed, else 0. */
  int print(PrintStream out) {
    List<String[]> lines = new ArrayList<>();
    lines.add(HEAD);
    figures.forEach(figure -> lines.add(figure.cells()));
    int[] widths = new int[HEAD.length];
    for (String[] line : lines) {
      for (int i = 0; i < line.length; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    out.println();
    out.println(title);
    lines.forEach(line -> out.println(aligned(line, widths)));
    notes.forEach(text -> out.println("  " + text));
    return figures.stream().anyMatch(Figure::isMissed) ? 1 : 0;
  }

  private static String aligned(String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String space = " ".repeat(widths[i] - cells[i].length());
      boolean isText = i < TEXT_COLUMNS || i == cells.length - 1;
      line.append("  ").append(isText ? cells[i] + space : space + cells[i]);
    }
    return line.toString().stripTrailing();
  }
}
