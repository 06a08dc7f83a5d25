package dev.holdfast.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a page is made of, apart from the lines that most pages repeat.
 *
 * @param lines its own lines, without running headers and footers
 * @param isContents whether it is a table of contents or an index, which name everything and answer
 *     nothing
 * @param amounts the share of lines with two figures or more, 0..1
 */
record PageLayout(List<String> lines, boolean isContents, double amounts) {

  private static final int HEADING_LINES = 6;
  private static final double REPEATED_SHARE = 0.1;
  private static final int REPEATED_MIN = 4;
  private static final int CONTENTS_LINES_MIN = 6;
  private static final double CONTENTS_SHARE = 0.4;
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern PAGE_NUMBER = Pattern.compile("([A-Z]{1,2}-)?\\d{1,4}");

  /** The layouts of all pages; only together do they show what is repeated. */
  static List<PageLayout> of(List<String> pages) {
    Map<String, Integer> counts = new HashMap<>();
    for (String page : pages) {
      Set<String> shapes = new TreeSet<>();
      page.lines().forEach(line -> shapes.add(shape(line)));
      shapes.forEach(shape -> counts.merge(shape, 1, Integer::sum));
    }
    double repeated = Math.max(REPEATED_MIN, pages.size() * REPEATED_SHARE);
    return pages.stream().map(page -> of(page, counts, repeated)).toList();
  }

  private static PageLayout of(String page, Map<String, Integer> counts, double repeated) {
    List<String> lines = new ArrayList<>();
    int leads = 0;
    int figures = 0;
    for (String line : page.lines().filter(line -> !line.isBlank()).toList()) {
      leads += leadsToPage(line) ? 1 : 0;
      figures += FigureRow.is(line) ? 1 : 0;
      if (counts.get(shape(line)) <= repeated) {
        lines.add(line);
      }
    }
    int all = Math.max(1, lines.size());
    boolean isContents = all >= CONTENTS_LINES_MIN && leads >= CONTENTS_SHARE * all;
    return new PageLayout(List.copyOf(lines), isContents, Math.min(1, (double) figures / all));
  }

  /** Whether a line reads like "Payment terms ..... 17" rather than like a row of figures. */
  private static boolean leadsToPage(String line) {
    String last = line.substring(line.lastIndexOf(' ') + 1);
    return line.contains(".....")
        || line.contains(". . . .")
        || (PAGE_NUMBER.matcher(last).matches()
            && line.indexOf('$') < 0
            && line.indexOf(',') < 0
            && line.chars().anyMatch(Character::isLetter)
            && !FigureRow.is(line));
  }

  // Page numbers and dates differ from page to page; the rest of a running header does not.
  private static String shape(String line) {
    return DIGITS.matcher(line).replaceAll("#").strip();
  }

  /** The first lines, where a page says what it is. */
  String heading() {
    return String.join("\n", lines.subList(0, Math.min(HEADING_LINES, lines.size())));
  }

  String body() {
    return String.join("\n", lines);
  }
}
