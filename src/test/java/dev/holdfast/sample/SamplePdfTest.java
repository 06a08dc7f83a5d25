package dev.holdfast.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SamplePdfTest {

  private static final Path COMMITTED = Path.of("webroot/sample/pump-station-specification.pdf");
  private static byte[] made;
  private static List<String> pages;

  @BeforeAll
  static void make() throws IOException {
    made = SamplePdf.bytes();
    pages = textOfPages(made);
  }

  @Test
  void theCommittedFileIsWhatTheTextGives() throws IOException {
    assertThat(Arrays.mismatch(made, Files.readAllBytes(COMMITTED)))
        .as("first byte that differs; bin/make-sample writes the file again")
        .isEqualTo(-1);
  }

  @Test
  void theSameTextGivesTheSameBytes() {
    assertThat(Arrays.mismatch(made, SamplePdf.bytes())).isEqualTo(-1);
  }

  @Test
  void everyPageHasText() {
    assertThat(pages).hasSizeBetween(20, 30);
    assertThat(pages).allSatisfy(page -> assertThat(page.length()).isGreaterThan(300));
  }

  @Test
  void everyAnswerIsInReadingOrderOnItsPageOnly() throws IOException {
    for (String[] answer : answers()) {
      if (answer.length == 3) {
        assertThat(pagesWith(answer[2]))
            .as("pages with the answer to %s: %s", answer[0], answer[2])
            .containsExactly(Integer.valueOf(answer[1]));
      }
    }
  }

  @Test
  void theSampleAnswersMostQuestionsButNotAll() throws IOException {
    assertThat(answers()).filteredOn(answer -> answer.length == 3).hasSizeGreaterThanOrEqualTo(40);
    assertThat(answers())
        .filteredOn(answer -> answer.length == 2)
        .hasSizeGreaterThanOrEqualTo(12)
        .allSatisfy(answer -> assertThat(answer[1]).isEqualTo("0"));
  }

  private static List<Integer> pagesWith(String words) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      if (pages.get(i).contains(words)) {
        found.add(i + 1);
      }
    }
    return found;
  }

  private static List<String> textOfPages(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      List<String> texts = new ArrayList<>();
      for (int page = 1; page <= document.getNumberOfPages(); page++) {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        texts.add(stripper.getText(document).replaceAll("\\s+", " "));
      }
      return texts;
    }
  }

  /** Question, page and the words on it; or question and 0 where the sample has no answer. */
  private static List<String[]> answers() throws IOException {
    try (InputStream in = SamplePdfTest.class.getResourceAsStream("/sample/answers.tsv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split("\t")).toList();
    }
  }
}
