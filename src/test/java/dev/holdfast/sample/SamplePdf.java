package dev.holdfast.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;

/**
 * Makes the sample bid specification from {@code sample/specification.txt}, one block a line.
 *
 * <pre>
 * !title TEXT · !center TEXT · !space POINTS · !rule · !contents     for the first pages
 * # NUMBER | TITLE      a section, on a new page
 * ## TEXT · ### TEXT    a part, a numbered article
 * A. TEXT · 1. TEXT     a lettered paragraph, an item under it
 * |: 10 60 30           starts a table: the widths of its columns in percent
 * | CELL | CELL |       a row of it, the first one is the head
 * TEXT                  a paragraph
 * </pre>
 */
public final class SamplePdf {

  private static final String SOURCE = "/sample/specification.txt";

  private final SampleSheet sheet;
  private final List<SampleSheet.Entry> contents;

  private SamplePdf(SampleSheet sheet, List<SampleSheet.Entry> contents) {
    this.sheet = sheet;
    this.contents = contents;
  }

  /** Writes the document to the path given as the only argument. */
  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[0]);
    Files.createDirectories(target.toAbsolutePath().getParent());
    Files.write(target, bytes());
  }

  /** The document; the same text always gives the same bytes. */
  static byte[] bytes() {
    List<String> lines = source();
    try (SampleSheet draft = new SampleSheet(0)) {
      new SamplePdf(draft, List.of()).layOut(lines);
      // why: the table of contents and "Page 3 of 27" come before the pages they speak of.
      try (SampleSheet fair = new SampleSheet(draft.pages())) {
        new SamplePdf(fair, draft.entries()).layOut(lines);
        return fair.bytes(information());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PDDocumentInformation information() {
    Calendar issued = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
    issued.clear();
    issued.set(2026, Calendar.AUGUST, 3);
    PDDocumentInformation information = new PDDocumentInformation();
    information.setTitle(SampleSheet.PROJECT);
    information.setAuthor(SampleSheet.OWNER);
    information.setSubject("Project manual, a made-up sample");
    information.setProducer("Holdfast");
    information.setCreationDate(issued);
    information.setModificationDate(issued);
    return information;
  }

  private static List<String> source() {
    try (InputStream in = SamplePdf.class.getResourceAsStream(SOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void layOut(List<String> lines) throws IOException {
    List<String> table = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("|")) {
        table.add(line);
        continue;
      }
      flush(table);
      if (!line.isBlank()) {
        block(line);
      }
    }
    flush(table);
  }

  private void block(String line) throws IOException {
    if (line.startsWith("!")) {
      directive(line.substring(1).split(" ", 2));
    } else if (line.startsWith("# ")) {
      String[] heading = line.substring(2).split(" \\| ", 2);
      sheet.section(heading[0], heading[1]);
    } else if (line.startsWith("## ")) {
      sheet.paragraph(SampleStyle.PART, line.substring(3));
    } else if (line.startsWith("### ")) {
      sheet.labelled(SampleStyle.ARTICLE, line.substring(4));
    } else if (line.matches("[A-Z]\\. .*")) {
      sheet.labelled(SampleStyle.LETTERED, line);
    } else if (line.matches("\\d+\\. .*")) {
      sheet.labelled(SampleStyle.ITEM, line);
    } else {
      sheet.paragraph(SampleStyle.BODY, line);
    }
  }

  private void directive(String[] words) throws IOException {
    switch (words[0]) {
      case "title" -> sheet.centred(SampleStyle.TITLE, words[1]);
      case "center" -> sheet.centred(SampleStyle.BODY, words[1]);
      case "space" -> sheet.space(Float.parseFloat(words[1]));
      case "rule" -> sheet.rule();
      case "contents" -> sheet.contents(contents);
      default -> throw new IllegalArgumentException("unknown directive " + words[0]);
    }
  }

  private void flush(List<String> table) throws IOException {
    if (table.isEmpty()) {
      return;
    }
    double[] percents =
        Arrays.stream(table.get(0).substring(2).trim().split(" +"))
            .mapToDouble(Double::parseDouble)
            .toArray();
    sheet.table(percents, table.stream().skip(1).map(SamplePdf::cells).toList());
    table.clear();
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.substring(1).split("\\|")).map(String::trim).toList();
  }
}
