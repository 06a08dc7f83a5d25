package dev.holdfast.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.holdfast.analysis.UnreadablePdf.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfReaderTest {
  private static final PdfLimits SMALL = new PdfLimits(1 << 20, 100, 5_000, 20_000, 20, 60);

  private static PdfReader reader;

  @TempDir private Path dir;

  @BeforeAll
  static void startOneReaderForAll() {
    reader = new PdfReader();
  }

  @AfterAll
  static void stop() {
    reader.close();
  }

  @Test
  void pagesComeInOrderWithTheirLines() throws Exception {
    Path pdf = SamplePdf.withPages(file(), "Bid bond\nis required", "Second page", "Third page");

    assertThat(reader.read(pdf))
        .containsExactly("Bid bond\nis required", "Second page", "Third page");
  }

  @Test
  void anEmptyPageKeepsItsPlace() throws Exception {
    Path pdf = file();
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      PDPage page = new PDPage();
      document.addPage(page);
      document.addPage(new PDPage());
      SamplePdf.write(document, page, "Only text");
      document.save(pdf.toFile());
    }

    assertThat(reader.read(pdf)).containsExactly("", "Only text", "");
  }

  @Test
  void oddCharactersComeOutAsPlainText() throws Exception {
    Path pdf =
        SamplePdf.withPages(
            file(), "\u00c4rger: 5\u00a0\u20ac \u2014 \u201cquoted\u201d \u00b1 caf\u00e9");

    assertThat(reader.read(pdf))
        .containsExactly("\u00c4rger: 5 \u20ac \u2014 \u201cquoted\u201d \u00b1 caf\u00e9");
  }

  @Test
  void whatCannotBeStoredIsTakenOutOfThePlainText() {
    assertThat(PlainText.of("a\u0000b\ud800c\u00add\u200be\u0301 \r\n\tx\u2028y\udc00"))
        .isEqualTo("abcd\u00e9\n x\ny");
    assertThat(PlainText.of("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
  }

  @Test
  void whatIsNotAPdfIsRefusedAsSuch() throws Exception {
    byte[] noise = new byte[50_000];
    new Random(1).nextBytes(noise);

    assertThat(refusalOf(Files.writeString(file(), "Dear sirs, no PDF")))
        .isEqualTo(Reason.NOT_A_PDF);
    assertThat(refusalOf(Files.write(file(), new byte[0]))).isEqualTo(Reason.NOT_A_PDF);
    assertThat(refusalOf(Files.write(file(), noise))).isEqualTo(Reason.NOT_A_PDF);
  }

  @Test
  void aPdfThatIsOnlyAHeaderIsBroken() throws Exception {
    assertThat(refusalOf(Files.writeString(file(), "%PDF-1.7\nnothing more")))
        .isEqualTo(Reason.BROKEN);
  }

  @Test
  void aTruncatedPdfIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(SamplePdf.withPages(file(), "One", "Two", "Three"));
    Path half = Files.write(file(), Arrays.copyOf(whole, whole.length / 2));

    assertThat(refusalOf(half)).isIn(Reason.BROKEN, Reason.NO_PAGES);
  }

  @Test
  void aPasswordOrForbiddenExtractionIsRefusedAndAnOpenOneIsRead() throws Exception {
    assertThat(refusalOf(SamplePdf.encrypted(file(), "secret", true))).isEqualTo(Reason.ENCRYPTED);
    assertThat(refusalOf(SamplePdf.encrypted(file(), "", false))).isEqualTo(Reason.ENCRYPTED);
    assertThat(reader.read(SamplePdf.encrypted(file(), "", true)))
        .containsExactly("Protected text");
  }

  @Test
  void aPdfWithoutPagesIsRefused() throws Exception {
    assertThat(refusalOf(SamplePdf.withEmptyPages(file(), 0))).isEqualTo(Reason.NO_PAGES);
  }

  @Test
  void aScanWithoutTextIsRefused() throws Exception {
    Path pdf = file();
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      var image =
          new java.awt.image.BufferedImage(20, 20, java.awt.image.BufferedImage.TYPE_INT_RGB);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawImage(LosslessFactory.createFromImage(document, image), 0, 0, 600, 700);
      }
      document.save(pdf.toFile());
    }

    assertThat(refusalOf(pdf)).isEqualTo(Reason.NO_TEXT);
  }

  @Test
  void tooManyPagesAreRefusedByTheirCount() throws Exception {
    UnreadablePdf refusal = refusal(reader, SamplePdf.withEmptyPages(file(), 5_000));

    assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY_PAGES);
    assertThat(refusal).hasMessageContaining("5000 pages, at most 2000");
  }

  @Test
  void limitsOnBytesAndTextAreKeptAndTheChildServesOn() throws Exception {
    String line = "0123456789".repeat(10) + "\n";
    Path manyChars = SamplePdf.withPages(file(), line.repeat(40), line.repeat(40));
    PdfLimits page = new PdfLimits(1 << 20, 10, 1_000, 20_000, 20, 60);
    PdfLimits document = new PdfLimits(1 << 20, 10, 5_000, 5_000, 20, 60);
    PdfLimits bytes = new PdfLimits(100, 10, 5_000, 5_000, 20, 60);

    try (PdfReader small = new PdfReader(page)) {
      ProcessHandle child = small.childHandle();
      assertThat(refusal(small, manyChars)).hasMessageContaining("on page 1");
      assertThat(small.read(SamplePdf.withPages(file(), "short"))).containsExactly("short");
      assertThat(small.childHandle()).isEqualTo(child);
    }
    try (PdfReader small = new PdfReader(document)) {
      assertThat(refusal(small, manyChars).reason()).isEqualTo(Reason.TOO_MUCH_TEXT);
    }
    try (PdfReader small = new PdfReader(bytes)) {
      assertThat(refusal(small, manyChars).reason()).isEqualTo(Reason.TOO_LARGE);
    }
  }

  @Test
  void aContentStreamThatUnpacksToMoreThanMemoryEndsTyped() throws Exception {
    Path bomb = SamplePdf.withRepeatedContent(file(), "(".repeat(1 << 20), 220);

    assertThat(Files.size(bomb)).isLessThan(1 << 20);
    assertThat(refusalOf(bomb)).isEqualTo(Reason.READER_FAILED);
    assertThat(reader.read(SamplePdf.withPages(file(), "alive"))).containsExactly("alive");
  }

  @Test
  void aFloodOfTextIsCutAtTheFirstCharacterTooMany() throws Exception {
    Path flood = SamplePdf.withRepeatedContent(file(), "BT /F1 9 Tf (flood) Tj ET\n", 200_000);

    assertThat(refusalOf(flood)).isEqualTo(Reason.TOO_MUCH_TEXT);
  }

  @Test
  void aPageThatTakesForeverIsCutAndTheNextReadWorks() throws Exception {
    Path slow = SamplePdf.thatTakesForever(file(), 12);
    PdfLimits impatient = new PdfLimits(1 << 20, 10, 5_000, 20_000, 1, 60);

    try (PdfReader hasty = new PdfReader(impatient)) {
      ProcessHandle first = hasty.childHandle();
      assertThat(refusal(hasty, slow).reason()).isEqualTo(Reason.TOO_SLOW);
      await().until(() -> !first.isAlive());
    }
    assertThat(reader.read(SamplePdf.withPages(file(), "next"))).containsExactly("next");
  }

  @Test
  void aKilledChildIsReplacedAndTheNextReadWorks() throws Exception {
    Path pdf = SamplePdf.withPages(file(), "text");
    reader.read(pdf);
    ProcessHandle child = reader.childHandle();
    child.destroyForcibly();
    await().until(() -> !child.isAlive());

    assertThat(reader.read(pdf)).containsExactly("text");
    assertThat(reader.childHandle()).isNotEqualTo(child);
  }

  @Test
  void aChildKilledAtWorkFailsThatReadOnly() throws Exception {
    Path slow = SamplePdf.thatTakesForever(file(), 12);
    try (PdfReader own = new PdfReader(SMALL)) {
      own.read(SamplePdf.withPages(file(), "warm"));
      ProcessHandle child = own.childHandle();
      long idle = cpuMillis(child);
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Future<UnreadablePdf> refusal = thread.submit(() -> refusal(own, slow));
      await().until(() -> cpuMillis(child) > idle + 100);
      child.destroyForcibly();

      assertThat(refusal.get(30, TimeUnit.SECONDS).reason()).isEqualTo(Reason.READER_FAILED);
      assertThat(own.read(SamplePdf.withPages(file(), "next"))).containsExactly("next");
      thread.shutdownNow();
    }
  }

  @Test
  void aChildEndsWithItsParentEvenInTheMiddleOfAPage() throws Exception {
    Path slow = SamplePdf.thatTakesForever(file(), 12);
    try (PdfChild child = PdfChild.start(SMALL, Sandbox.detect())) {
      child.awaitReady(TimeUnit.SECONDS.toNanos(30));
      child.ask(slow);
      child.hangUp(); // what the child sees when its parent dies

      await().atMost(30, TimeUnit.SECONDS).until(() -> !child.isAlive());
    }
  }

  @Test
  void manyThreadsTakeTurnsAndGetTheirOwnPages() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<List<String>>> reads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Path pdf = SamplePdf.withPages(file(), "document " + i, "page two of " + i);
      reads.add(threads.submit(() -> reader.read(pdf)));
    }
    for (int i = 0; i < reads.size(); i++) {
      assertThat(reads.get(i).get(30, TimeUnit.SECONDS))
          .containsExactly("document " + i, "page two of " + i);
    }
    threads.shutdown();
  }

  @Test
  void aClosedReaderRefusesAndLeavesNoChild() throws Exception {
    PdfReader own = new PdfReader(SMALL);
    ProcessHandle child = own.childHandle();
    own.close();

    await().until(() -> !child.isAlive());
    assertThat(refusal(own, SamplePdf.withPages(file(), "text")).reason())
        .isEqualTo(Reason.READER_FAILED);
  }

  @Test
  void messagesSayWhatToDoAndShowNoInsides() throws Exception {
    UnreadablePdf refusal = refusal(reader, Files.writeString(file(), "%PDF-1.7\nbroken"));

    assertThat(refusal.getMessage()).startsWith(Reason.BROKEN.advice()).doesNotContain("Exception");
  }

  private Path file() throws IOException {
    return Files.createTempFile(dir, "sample", ".pdf");
  }

  private static long cpuMillis(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  private static Reason refusalOf(Path pdf) {
    return refusal(reader, pdf).reason();
  }

  private static UnreadablePdf refusal(PdfReader reader, Path pdf) {
    return catchThrowableOfType(UnreadablePdf.class, () -> reader.read(pdf));
  }
}
