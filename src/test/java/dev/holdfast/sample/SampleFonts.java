package dev.holdfast.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** The two typefaces of the sample, and how much room text takes in them. */
final class SampleFonts {

  private final PDFont serif = new PDType1Font(FontName.TIMES_ROMAN);
  private final PDFont sansBold = new PDType1Font(FontName.HELVETICA_BOLD);

  List<String> wrap(SampleStyle style, String text, float width) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(style, longer) > width) {
        lines.add(line);
        longer = word;
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }

  float width(SampleStyle style, String text) throws IOException {
    return of(style).getStringWidth(text) / 1000 * style.size;
  }

  PDFont of(SampleStyle style) {
    return style.bold ? sansBold : serif;
  }
}
