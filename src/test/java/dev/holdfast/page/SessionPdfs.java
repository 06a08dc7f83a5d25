package dev.holdfast.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.action.PDPageAdditionalActions;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;

/** Documents that a viewer has to be careful with. */
final class SessionPdfs {
  private static final int NOISE_PIXELS = 100;
  private static final PDType1Font FONT = new PDType1Font(FontName.HELVETICA);

  private SessionPdfs() {}

  /** Pages with a picture of noise each, which nothing can make smaller. */
  static byte[] large(int pages) {
    Random noise = new Random(1);
    try (PDDocument document = new PDDocument()) {
      for (int number = 1; number <= pages; number++) {
        BufferedImage image =
            new BufferedImage(NOISE_PIXELS, NOISE_PIXELS, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < NOISE_PIXELS * NOISE_PIXELS; i++) {
          image.setRGB(i % NOISE_PIXELS, i / NOISE_PIXELS, noise.nextInt());
        }
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = write(document, page, "Page " + number)) {
          content.drawImage(LosslessFactory.createFromImage(document, image), 100, 300, 400, 400);
        }
      }
      return bytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page that wants to run a script when it is opened, and is one large link. */
  static byte[] hostile() {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      write(document, page, "Click anywhere on this page").close();
      String script =
          "app.alert('run'); app.launchURL('http://evil.example/'); document.title='run'";
      PDActionJavaScript action = new PDActionJavaScript(script);
      document.getDocumentCatalog().setOpenAction(action);
      PDPageAdditionalActions whenOpened = new PDPageAdditionalActions();
      whenOpened.setO(new PDActionJavaScript(script));
      page.setActions(whenOpened);
      PDActionURI uri = new PDActionURI();
      uri.setURI("http://evil.example/");
      PDAnnotationLink link = new PDAnnotationLink();
      link.setRectangle(new PDRectangle(0, 0, 612, 792));
      link.setAction(uri);
      PDAnnotationLink scripted = new PDAnnotationLink();
      scripted.setRectangle(new PDRectangle(0, 0, 612, 792));
      scripted.setAction(action);
      page.setAnnotations(List.of(link, scripted));
      return bytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PDPageContentStream write(PDDocument document, PDPage page, String text)
      throws IOException {
    PDPageContentStream content = new PDPageContentStream(document, page);
    content.beginText();
    content.setFont(FONT, 12);
    content.newLineAtOffset(60, 740);
    content.showText(text);
    content.endText();
    return content;
  }

  private static byte[] bytes(PDDocument document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return bytes.toByteArray();
  }
}
