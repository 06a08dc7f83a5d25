package dev.holdfast.sample;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;

/** The paper of the sample: flows blocks down letter-size pages, all lengths in points. */
final class SampleSheet implements Closeable {

  /** A line of the table of contents. */
  record Entry(String number, String title, int page) {}

  static final String PROJECT = "Mill Street Pump Station Rehabilitation";
  static final String OWNER = "Town of Alder Creek";
  private static final float LEFT = 66;
  private static final float RIGHT = PDRectangle.LETTER.getWidth() - 66;
  private static final float TOP = PDRectangle.LETTER.getHeight() - 80;
  private static final float BOTTOM = 70;
  private static final float ROOM_FOR_A_SECTION = 190;
  private static final float PADDING = 3;
  private static final Color RULE = new Color(120, 120, 120);
  private static final Color SHADE = new Color(232, 236, 240);

  private final PDDocument document = new PDDocument();
  private final SampleFonts fonts = new SampleFonts();
  private final PDDocumentOutline outline = new PDDocumentOutline();
  private final List<Entry> entries = new ArrayList<>();
  private final int pagesInAll;
  private PDPageContentStream content;
  private Entry section;
  private float y;

  SampleSheet(int pagesInAll) throws IOException {
    this.pagesInAll = pagesInAll;
    document.getDocumentCatalog().setDocumentOutline(outline);
    document.getDocumentCatalog().setLanguage("en-US");
    newPage();
  }

  int pages() {
    return document.getNumberOfPages();
  }

  List<Entry> entries() {
    return entries;
  }

  void section(String number, String title) throws IOException {
    // why: a short section would leave most of a page of its own white.
    boolean room = entries.size() > 1 && y - BOTTOM > ROOM_FOR_A_SECTION;
    section = new Entry(number, title, room ? pages() : pages() + 1);
    entries.add(section);
    if (room) {
      space(22);
    } else {
      newPage();
    }
    PDOutlineItem bookmark = new PDOutlineItem();
    bookmark.setTitle(number + " " + title);
    bookmark.setDestination(document.getPage(section.page() - 1));
    outline.addLast(bookmark);
    paragraph(SampleStyle.PART, "SECTION " + number);
    paragraph(SampleStyle.SECTION, title);
    rule(y - 6);
    space(10);
  }

  void paragraph(SampleStyle style, String text) throws IOException {
    List<String> lines = fonts.wrap(style, text, RIGHT - LEFT - style.indent);
    begin(style, lines.size());
    for (String line : lines) {
      advance(style);
      show(style, LEFT + style.indent, y, line);
    }
  }

  /** A paragraph whose first word hangs in the margin left of the others. */
  void labelled(SampleStyle style, String text) throws IOException {
    String[] parts = text.split(" ", 2);
    List<String> lines = fonts.wrap(style, parts[1], RIGHT - LEFT - style.indent);
    begin(style, lines.size());
    float label = style == SampleStyle.ITEM ? SampleStyle.LETTERED.indent : 0;
    for (int i = 0; i < lines.size(); i++) {
      advance(style);
      if (i == 0) {
        show(style, LEFT + label, y, parts[0]);
      }
      show(style, LEFT + style.indent, y, lines.get(i));
    }
  }

  void centred(SampleStyle style, String text) throws IOException {
    for (String line : fonts.wrap(style, text, RIGHT - LEFT)) {
      advance(style);
      show(style, (LEFT + RIGHT - fonts.width(style, line)) / 2, y, line);
    }
  }

  /** A line from margin to margin. */
  void rule() throws IOException {
    rule(y);
  }

  void space(float points) {
    y -= points;
  }

  void contents(List<Entry> lines) throws IOException {
    for (Entry entry : lines) {
      advance(SampleStyle.BODY);
      space(5);
      show(SampleStyle.BODY, LEFT, y, entry.number());
      show(SampleStyle.BODY, LEFT + 64, y, entry.title());
      String page = String.valueOf(entry.page());
      show(SampleStyle.BODY, RIGHT - fonts.width(SampleStyle.BODY, page), y, page);
    }
  }

  /** A table with ruled rows; the first row is repeated on each page that the table reaches. */
  void table(double[] percents, List<List<String>> rows) throws IOException {
    space(8);
    // why: a head at the foot of a page, with its rows overleaf, is hard to read.
    if (y - 60 < BOTTOM) {
      newPage();
    }
    row(SampleStyle.HEAD, percents, rows.get(0));
    for (List<String> cells : rows.subList(1, rows.size())) {
      if (y - height(percents, cells) < BOTTOM) {
        newPage();
        row(SampleStyle.HEAD, percents, rows.get(0));
      }
      row(SampleStyle.CELL, percents, cells);
    }
    space(6);
  }

  byte[] bytes(PDDocumentInformation information) throws IOException {
    content.close();
    document.setDocumentInformation(information);
    document.setDocumentId(1L);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // why: nothing is compressed, as the result would depend on the zlib of the machine.
    document.save(out, CompressParameters.NO_COMPRESSION);
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    content.close();
    document.close();
  }

  private void newPage() throws IOException {
    if (content != null) {
      content.close();
    }
    PDPage page = new PDPage(PDRectangle.LETTER);
    document.addPage(page);
    content = new PDPageContentStream(document, page, AppendMode.OVERWRITE, false);
    y = TOP;
    if (section != null) {
      headerAndFooter();
    }
  }

  private void headerAndFooter() throws IOException {
    String pageOf = "Page " + pages() + " of " + pagesInAll;
    edge(PDRectangle.LETTER.getHeight() - 54, PROJECT, "Section " + section.number());
    rule(PDRectangle.LETTER.getHeight() - 60);
    rule(58);
    edge(46, OWNER, pageOf);
  }

  private void edge(float at, String left, String right) throws IOException {
    show(SampleStyle.SMALL, LEFT, at, left);
    show(SampleStyle.SMALL, RIGHT - fonts.width(SampleStyle.SMALL, right), at, right);
  }

  /** Leaves the space above a block and keeps a heading with the lines that follow it. */
  private void begin(SampleStyle style, int lines) throws IOException {
    space(style.above);
    float together = style.bold ? 4 * style.leading : Math.min(lines, 2) * style.leading;
    if (y - together < BOTTOM) {
      newPage();
    }
  }

  private void advance(SampleStyle style) throws IOException {
    if (y - style.leading < BOTTOM) {
      newPage();
    }
    y -= style.leading;
  }

  private void row(SampleStyle style, double[] percents, List<String> cells) throws IOException {
    float height = height(percents, cells);
    if (style == SampleStyle.HEAD) {
      content.setNonStrokingColor(SHADE);
      content.addRect(LEFT, y - height, RIGHT - LEFT, height);
      content.fill();
      content.setNonStrokingColor(Color.BLACK);
      rule(y);
    }
    float x = LEFT;
    for (int i = 0; i < cells.size(); i++) {
      float width = columnWidth(percents[i]);
      float baseline = y - PADDING + 2;
      for (String line : fonts.wrap(style, cells.get(i), width - 2 * PADDING)) {
        baseline -= style.leading;
        show(style, x + PADDING, baseline, line);
      }
      x += width;
    }
    y -= height;
    rule(y);
  }

  private float height(double[] percents, List<String> cells) throws IOException {
    int lines = 1;
    for (int i = 0; i < cells.size(); i++) {
      float width = columnWidth(percents[i]) - 2 * PADDING;
      lines = Math.max(lines, fonts.wrap(SampleStyle.CELL, cells.get(i), width).size());
    }
    return lines * SampleStyle.CELL.leading + 2 * PADDING;
  }

  private static float columnWidth(double percent) {
    return (float) (percent / 100 * (RIGHT - LEFT));
  }

  private void show(SampleStyle style, float x, float baseline, String text) throws IOException {
    content.beginText();
    content.setFont(fonts.of(style), style.size);
    content.newLineAtOffset(x, baseline);
    content.showText(text);
    content.endText();
  }

  private void rule(float at) throws IOException {
    content.setStrokingColor(RULE);
    content.setLineWidth(0.6f);
    content.moveTo(LEFT, at);
    content.lineTo(RIGHT, at);
    content.stroke();
  }
}
