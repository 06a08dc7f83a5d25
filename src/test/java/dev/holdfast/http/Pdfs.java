package dev.holdfast.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Documents to upload. */
public final class Pdfs {
  private Pdfs() {}

  /** One page for each text. */
  public static byte[] of(String... texts) {
    try (PDDocument document = new PDDocument()) {
      for (String text : texts) {
        PDPage page = new PDPage();
        document.addPage(page);
        write(document, page, text);
      }
      return bytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(PDDocument document, PDPage page, String text) throws IOException {
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(new PDType1Font(FontName.HELVETICA), 10);
      content.newLineAtOffset(50, 740);
      content.showText(text);
      content.endText();
    }
  }

  /** Pages with nothing on them, as of a scan that nobody has run text recognition on. */
  static byte[] blank(int pages) {
    try (PDDocument document = new PDDocument()) {
      for (int i = 0; i < pages; i++) {
        document.addPage(new PDPage());
      }
      return bytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] encrypted() {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      write(document, page, "Nobody may read this");
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      return bytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(PDDocument document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return bytes.toByteArray();
  }
}
