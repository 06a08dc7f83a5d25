package dev.holdfast.analysis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.holdfast.analysis.PdfMessage.Kind;
import dev.holdfast.analysis.UnreadablePdf.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/**
 * The child process: reads one PDF after the other and ends when its parent does.
 *
 * <p>Arguments: pages, characters a page and characters a document at most, and the directory for
 * temporary files.
 */
final class PdfChildMain {
  private static final long MEMORY_BYTES = 32L << 20;
  private static final long STORAGE_BYTES = 256L << 20;

  private final int pagesMax;
  private final int pageCharsMax;
  private final long documentCharsMax;
  private final ScratchDirectory scratch;
  private final JsonGenerator out;

  private PdfChildMain(String[] args, OutputStream out) throws IOException {
    this.pagesMax = Integer.parseInt(args[0]);
    this.pageCharsMax = Integer.parseInt(args[1]);
    this.documentCharsMax = Long.parseLong(args[2]);
    this.scratch = new ScratchDirectory(Path.of(args[3]));
    this.out = PdfMessage.jsonOf(pageCharsMax).createGenerator(out);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    OutputStream out = System.out;
    System.setOut(System.err); // whatever a library prints must not get between the messages
    new PdfChildMain(args, out).serve();
  }

  private void serve() throws IOException, InterruptedException {
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    Thread listener = new Thread(() -> listen(requests), "requests");
    listener.setDaemon(true);
    listener.start();
    send(PdfMessage.of(Kind.READY, 0, ""));
    while (true) {
      send(read(Path.of(requests.take())));
    }
  }

  // A thread of its own notices the end of the parent also while a page takes for ever.
  private void listen(BlockingQueue<String> requests) {
    try (JsonParser in = PdfMessage.jsonOf(pageCharsMax).createParser(System.in)) {
      PdfMessage message = PdfMessage.readFrom(in);
      while (message.kind() == Kind.READ) {
        requests.add(message.text());
        message = PdfMessage.readFrom(in);
      }
    } catch (IOException e) {
      System.err.println("the parent cannot be understood: " + e);
    } finally {
      scratch.delete();
      Runtime.getRuntime().halt(0);
    }
  }

  /** Sends the pages; the message that ends the document is left to the caller. */
  private PdfMessage read(Path pdf) throws IOException {
    try {
      return sendPages(pdf);
    } catch (PageStripper.TooMuchText e) {
      return refused(Reason.TOO_MUCH_TEXT, e.getMessage());
    } catch (InvalidPasswordException | LinkageError e) {
      // The only classes left out of the class path are those for decryption by certificate.
      return refused(Reason.ENCRYPTED, "");
    } catch (IOException e) {
      return refused(isAboutKeys(e) ? Reason.ENCRYPTED : Reason.BROKEN, "");
    } catch (RuntimeException | StackOverflowError e) {
      System.err.println("PDFBox gave up: " + e);
      return refused(Reason.BROKEN, "");
    }
  }

  private static boolean isAboutKeys(IOException e) {
    return String.valueOf(e.getMessage()).contains("decryption material");
  }

  private PdfMessage sendPages(Path pdf) throws IOException {
    MemoryUsageSetting memory = MemoryUsageSetting.setupMixed(MEMORY_BYTES, STORAGE_BYTES);
    memory.setTempDir(scratch.path().toFile());
    try (PDDocument document = Loader.loadPDF(pdf.toFile(), memory.streamCache)) {
      int pages = document.getNumberOfPages();
      if (!document.getCurrentAccessPermission().canExtractContent()) {
        return refused(Reason.ENCRYPTED, "its author does not allow text extraction");
      }
      if (pages == 0) {
        return refused(Reason.NO_PAGES, "");
      }
      if (pages > pagesMax) {
        return refused(Reason.TOO_MANY_PAGES, pages + " pages, at most " + pagesMax);
      }
      new PageStripper(pageCharsMax, documentCharsMax, this::sendPage).strip(document);
      return PdfMessage.of(Kind.END, pages, "");
    }
  }

  private void sendPage(int number, String text) throws IOException {
    send(PdfMessage.of(Kind.PAGE, number, text));
  }

  private static PdfMessage refused(Reason reason, String detail) {
    return new PdfMessage(Kind.REFUSED, 0, reason.name(), detail);
  }

  private void send(PdfMessage message) throws IOException {
    message.writeTo(out);
  }
}
