package dev.holdfast.bench;

import dev.holdfast.analysis.PdfReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reading PDFs. */
@Command(
    name = "pages",
    description = "Pages/s of the reader in its child process, against bare PDFBox in this one.")
final class PagesBench implements Callable<Integer> {
  private static final Path SAMPLE = Path.of("webroot/sample/pump-station-specification.pdf");
  private static final int PAGES_MIN = 300;
  private static final int DOCUMENTS_MAX = 4;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Its first PDFs instead of the sample document.")
  private Path data;

  @Option(names = "--rounds", description = "Rounds of each (default ${DEFAULT-VALUE}).")
  private int rounds = 5;

  /** Reads a document and says how many pages it has. */
  private interface Reading {
    int pages(Path pdf) throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    List<Path> documents = documents();
    Report report = new Report("pages: text of " + documents.size() + " documents");
    try (PdfReader reader = new PdfReader()) {
      Reading ours = pdf -> reader.read(pdf).size();
      perSecond(documents, ours);
      perSecond(documents, PagesBench::bare);
      report.add(
          Rounds.alternate(
              data == null ? "the sample document" : data.getFileName().toString(),
              "pages/s",
              Target.atLeast(0.8),
              rounds,
              () -> perSecond(documents, ours),
              () -> perSecond(documents, PagesBench::bare)));
    }
    report.note("At least " + PAGES_MIN + " pages a round; both sort text by its position.");
    return report.print(System.out);
  }

  private List<Path> documents() throws IOException {
    if (data == null) {
      return List.of(SAMPLE);
    }
    try (Stream<Path> files = Files.list(data)) {
      return files
          .filter(file -> file.toString().endsWith(".pdf"))
          .sorted()
          .limit(DOCUMENTS_MAX)
          .toList();
    }
  }

  private static double perSecond(List<Path> documents, Reading reading) throws Exception {
    long start = System.nanoTime();
    int pages = 0;
    while (pages < PAGES_MIN) {
      for (Path pdf : documents) {
        pages += reading.pages(pdf);
      }
    }
    return pages / ((System.nanoTime() - start) / 1e9);
  }

  private static int bare(Path pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      if (stripper.getText(document).isBlank()) {
        throw new IOException(pdf + " has no text");
      }
      return document.getNumberOfPages();
    }
  }
}
