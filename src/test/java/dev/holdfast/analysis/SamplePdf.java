package dev.holdfast.analysis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;

/** Documents made for one test, good and hostile. */
final class SamplePdf {
  private static final PDFont FONT = new PDType1Font(FontName.HELVETICA);
  private static final COSName FONT_NAME = COSName.getPDFName("F1");

  private SamplePdf() {}

  /** One page for each text; lines are ended by line feeds. */
  static Path withPages(Path file, String... texts) throws IOException {
    try (PDDocument document = new PDDocument()) {
      for (String text : texts) {
        addPage(document, text);
      }
      document.save(file.toFile());
    }
    return file;
  }

  static Path withEmptyPages(Path file, int pages) throws IOException {
    try (PDDocument document = new PDDocument()) {
      for (int i = 0; i < pages; i++) {
        document.addPage(new PDPage());
      }
      document.save(file.toFile());
    }
    return file;
  }

  static Path encrypted(Path file, String userPassword, boolean allowsExtraction)
      throws IOException {
    try (PDDocument document = new PDDocument()) {
      addPage(document, "Protected text");
      AccessPermission permission = new AccessPermission();
      permission.setCanExtractContent(allowsExtraction);
      document.protect(new StandardProtectionPolicy("owner", userPassword, permission));
      document.save(file.toFile());
    }
    return file;
  }

  /** A page whose content stream repeats one piece of content and packs to almost nothing. */
  static Path withRepeatedContent(Path file, String piece, int times) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = pageWithFont(document);
      PDStream stream = new PDStream(document);
      byte[] bytes = piece.getBytes(StandardCharsets.US_ASCII);
      try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
        for (int i = 0; i < times; i++) {
          out.write(bytes);
        }
      }
      page.setContents(stream);
      document.save(file.toFile());
    }
    return file;
  }

  /** Forms that each show the next one ten times: 10^levels steps of work in a small file. */
  static Path thatTakesForever(Path file, int levels) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = pageWithFont(document);
      PDFormXObject form = form(document, "0 0 m 1 1 l S\n", null);
      for (int i = 0; i < levels; i++) {
        form = form(document, "/X Do\n".repeat(10), form);
      }
      page.getResources().put(COSName.getPDFName("X"), form);
      PDStream stream = new PDStream(document);
      try (OutputStream out = stream.createOutputStream()) {
        out.write("/X Do\n".getBytes(StandardCharsets.US_ASCII));
      }
      page.setContents(stream);
      document.save(file.toFile());
    }
    return file;
  }

  private static PDFormXObject form(PDDocument document, String content, PDFormXObject inner)
      throws IOException {
    PDFormXObject form = new PDFormXObject(document);
    form.setBBox(new PDRectangle(100, 100));
    PDResources resources = new PDResources();
    if (inner != null) {
      resources.put(COSName.getPDFName("X"), inner);
    }
    form.setResources(resources);
    try (OutputStream out = form.getContentStream().createOutputStream()) {
      out.write(content.getBytes(StandardCharsets.US_ASCII));
    }
    return form;
  }

  private static PDPage pageWithFont(PDDocument document) {
    PDPage page = new PDPage();
    PDResources resources = new PDResources();
    resources.put(FONT_NAME, FONT);
    page.setResources(resources);
    document.addPage(page);
    return page;
  }

  private static void addPage(PDDocument document, String text) throws IOException {
    PDPage page = new PDPage();
    document.addPage(page);
    write(document, page, text);
  }

  static void write(PDDocument document, PDPage page, String text) throws IOException {
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(FONT, 10);
      content.newLineAtOffset(50, 740);
      for (String line : text.split("\n")) {
        content.showText(line);
        content.newLineAtOffset(0, -14);
      }
      content.endText();
    }
  }
}
