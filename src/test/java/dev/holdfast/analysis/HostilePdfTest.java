package dev.holdfast.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.holdfast.analysis.UnreadablePdf.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents that were made to harm: each ends as text or with a reason, and the reader serves on.
 * {@code -Dpdf.mutants=N} reads more of the random ones.
 */
class HostilePdfTest {
  private static final int MUTANTS = Integer.getInteger("pdf.mutants", 30);
  private static final long SEED = Long.getLong("pdf.seed", 20_260_101);
  private static final PdfLimits HASTY = new PdfLimits(8 << 20, 2_000, 200_000, 2_000_000, 3, 15);

  private static PdfReader reader;
  @TempDir private static Path dir;

  @BeforeAll
  static void start() {
    reader = new PdfReader(HASTY);
  }

  @AfterAll
  static void stop() {
    reader.close();
  }

  /** How it ended: null when it was read. */
  private static Reason end(byte[] pdf) throws Exception {
    Path file = Files.write(Files.createTempFile(dir, "hostile", ".pdf"), pdf);
    try {
      reader.read(file);
      return null;
    } catch (UnreadablePdf e) {
      return e.reason();
    } finally {
      Files.delete(file);
    }
  }

  private static void servesOn() throws Exception {
    Path good = SamplePdf.withPages(Files.createTempFile(dir, "good", ".pdf"), "alive");
    assertThat(reader.read(good)).containsExactly("alive");
  }

  /** A document of these objects; the first is the catalog. */
  private static byte[] pdf(String... objects) {
    StringBuilder text = new StringBuilder("%PDF-1.7\n");
    for (int i = 0; i < objects.length; i++) {
      text.append(i + 1).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
    }
    text.append("trailer\n<</Root 1 0 R /Size ").append(objects.length + 1).append(">>\n%%EOF\n");
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String deflated(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toString(StandardCharsets.ISO_8859_1);
  }

  private static String stream(String entries, String data) {
    return "<<" + entries + " /Length " + data.length() + ">>\nstream\n" + data + "\nendstream";
  }

  private static byte[] page(String content) {
    return page(content, "<</F1 5 0 R>>");
  }

  private static byte[] page(String content, String fonts) {
    return pdf(
        "<</Type/Catalog /Pages 2 0 R>>",
        "<</Type/Pages /Kids[3 0 R] /Count 1>>",
        "<</Type/Page /Parent 2 0 R /MediaBox[0 0 9 9] /Contents 4 0 R /Resources<</Font "
            + fonts
            + " /XObject<</X 4 0 R>>>>>>",
        content,
        "<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>");
  }

  @Test
  void aStreamThatIsPackedManyTimesEndsTyped() throws Exception {
    byte[] zeros = new byte[64 << 20];
    String packed = deflated(deflated(zeros).getBytes(StandardCharsets.ISO_8859_1));
    String filter = "/Filter[/FlateDecode/FlateDecode]";

    assertThat(end(page(stream(filter, packed)))).isIn(Reason.NO_TEXT, Reason.READER_FAILED);
    servesOn();
  }

  @Test
  void moreObjectsThanMemoryEndTyped() throws Exception {
    StringBuilder nested = new StringBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      nested.append("[<<>>]");
    }
    assertThat(end(page(stream("", "[" + nested + "] TJ"))))
        .isIn(Reason.NO_TEXT, Reason.READER_FAILED, Reason.TOO_SLOW, Reason.BROKEN);
    servesOn();
  }

  @Test
  void whatContainsItselfEndsTyped() throws Exception {
    byte[] pages =
        pdf("<</Type/Catalog /Pages 2 0 R>>", "<</Type/Pages /Kids[2 0 R 2 0 R] /Count 2>>");
    byte[] deep = page(stream("", "[".repeat(200_000)));
    byte[] form = page(stream("/Type/XObject /Subtype/Form /BBox[0 0 9 9]", "/X Do"));
    byte[] length = page("<</Length 4 0 R>>\nstream\nBT (x) Tj ET\nendstream");
    for (byte[] recursive : List.of(pages, deep, form, length)) {
      assertThat(end(recursive)).isNotNull();
      servesOn();
    }
  }

  @Test
  void brokenFontsEndTyped() throws Exception {
    Random random = new Random(SEED);
    for (String subtype : List.of("TrueType", "Type0", "Type3", "Type1", "CIDFontType2")) {
      byte[] noise = new byte[5_000];
      random.nextBytes(noise);
      String file = new String(noise, StandardCharsets.ISO_8859_1);
      byte[] broken =
          pdf(
              "<</Type/Catalog /Pages 2 0 R>>",
              "<</Type/Pages /Kids[3 0 R] /Count 1>>",
              "<</Type/Page /Parent 2 0 R /MediaBox[0 0 9 9] /Contents 4 0 R"
                  + " /Resources<</Font<</F1 5 0 R>>>>>>",
              stream("", "BT /F1 9 Tf (text) Tj ET"),
              "<</Type/Font /Subtype/"
                  + subtype
                  + " /BaseFont/X /FontDescriptor 6 0 R /DescendantFonts[5 0 R] /ToUnicode 7 0 R"
                  + " /Encoding/Identity-H /CharProcs<<>> /FontMatrix[0 0 0 0 0 0]>>",
              "<</Type/FontDescriptor /FontName/X /FontFile 7 0 R /FontFile2 7 0 R>>",
              stream("", file));
      end(broken);
      servesOn();
    }
  }

  @Test
  void documentsWithRandomChangesEndTyped() throws Exception {
    System.out.println("pdf.seed=" + SEED);
    Random random = new Random(SEED);
    byte[] good =
        Files.readAllBytes(
            SamplePdf.withPages(
                Files.createTempFile(dir, "seed", ".pdf"), "One page", "Two pages", "Three"));
    Map<Reason, Integer> ends = new EnumMap<>(Reason.class);
    int read = 0;
    for (int i = 0; i < MUTANTS; i++) {
      Reason reason = end(mutant(good, random));
      if (reason == null) {
        read++;
      } else {
        ends.merge(reason, 1, Integer::sum);
      }
    }
    System.out.println("pdf mutants: read " + read + ", refused " + ends);
    servesOn();
  }

  private static byte[] mutant(byte[] good, Random random) {
    byte[] bytes = good.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(1 + random.nextInt(40), bytes.length - at);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> System.arraycopy(good, random.nextInt(good.length - length), bytes, at, length);
        default -> {
          if (bytes[at] >= '0' && bytes[at] <= '9') {
            bytes[at] = (byte) ('0' + random.nextInt(10));
          }
        }
      }
    }
    return bytes;
  }

  @Test
  void aSandboxHasNoNetworkAndCannotWriteOutsideOfItsScratch() throws Exception {
    Sandbox sandbox = Sandbox.detect();
    assumeThat(sandbox).as("neither bubblewrap nor unshare works here").isNotEqualTo(Sandbox.NONE);
    Path scratch = Files.createDirectory(dir.resolve("scratch"));

    assertThat(run(sandbox, scratch, "cat /proc/net/dev | grep -c :")).isEqualTo("1");
    assertThat(run(Sandbox.NONE, scratch, "cat /proc/net/dev | grep -c :")).isNotEqualTo("0");
    assertThat(run(sandbox, scratch, "echo x > " + scratch + "/file && echo written"))
        .isEqualTo("written");
    if (sandbox == Sandbox.BUBBLEWRAP) {
      run(sandbox, scratch, "echo x > " + dir + "/outside");
      assertThat(dir.resolve("outside")).doesNotExist();
    }
  }

  private static String run(Sandbox sandbox, Path scratch, String script) throws Exception {
    Process process =
        new ProcessBuilder(sandbox.around(List.of("sh", "-c", script), scratch))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }
}
