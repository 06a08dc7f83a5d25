package dev.holdfast.analysis;

import dev.holdfast.analysis.UnreadablePdf.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the text of PDFs, each in a child process with little memory, so that a hostile one costs
 * one child and nothing else.
 *
 * <p>One warm child serves one document at a time; callers take turns in the order they came. A
 * child that dies, hangs or is interrupted is replaced at once. Encrypted PDFs that open without a
 * password and allow extraction are read like any other, since many filings are made that way; the
 * rest are refused.
 */
public final class PdfReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PdfReader.class);
  private static final int HEADER_BYTES = 1_024;

  private final PdfLimits limits;
  private final Semaphore turn = new Semaphore(1, true);
  private Sandbox sandbox;
  private PdfChild child;
  private boolean closed;

  public PdfReader() {
    this(PdfLimits.DEFAULT);
  }

  /** The child starts with the first document, or with {@link #warmUp}. */
  public PdfReader(PdfLimits limits) {
    this.limits = limits;
  }

  /** Starts the child in the background, so that the first document does not wait for it. */
  public synchronized void warmUp() {
    if (child == null) {
      replaceChild();
    }
  }

  /**
   * The text of each page; index 0 is page 1. Blocks up to {@code documentSeconds} for its turn and
   * as long again for the document.
   *
   * @throws UnreadablePdf with the reason and what the sender can do
   */
  public List<String> read(Path pdf) throws UnreadablePdf, InterruptedException {
    refuseByHeader(pdf);
    if (!turn.tryAcquire(limits.documentSeconds(), TimeUnit.SECONDS)) {
      throw new UnreadablePdf(Reason.BUSY);
    }
    try {
      return readInChild(pdf);
    } finally {
      turn.release();
    }
  }

  /** Ends the child; a read under way fails. */
  @Override
  public synchronized void close() {
    closed = true;
    replaceChild();
  }

  /** The process at work, for tests that end it. */
  synchronized ProcessHandle childHandle() throws InterruptedException {
    warmUp();
    turn.acquire();
    try {
      child.awaitReady(TimeUnit.SECONDS.toNanos(60)); // a sandbox starts it late
      return child.handle();
    } finally {
      turn.release();
    }
  }

  private void refuseByHeader(Path pdf) throws UnreadablePdf {
    try (InputStream in = Files.newInputStream(pdf)) {
      long bytes = Files.size(pdf);
      if (bytes > limits.bytesMax()) {
        throw new UnreadablePdf(Reason.TOO_LARGE, bytes + " bytes, at most " + limits.bytesMax());
      }
      byte[] head = in.readNBytes(HEADER_BYTES);
      if (!new String(head, StandardCharsets.ISO_8859_1).contains("%PDF-")) {
        throw new UnreadablePdf(Reason.NOT_A_PDF);
      }
    } catch (IOException e) {
      LOG.warn("cannot open {}: {}", pdf, e.toString());
      throw new UnreadablePdf(Reason.READER_FAILED, "the file cannot be opened");
    }
  }

  private List<String> readInChild(Path pdf) throws UnreadablePdf, InterruptedException {
    boolean reusable = false;
    try {
      List<String> pages = new PdfReading(liveChild(), limits).read(pdf);
      reusable = true;
      return pages;
    } catch (UnreadablePdf e) {
      reusable = e.reason() != Reason.TOO_SLOW && e.reason() != Reason.READER_FAILED;
      throw e;
    } finally {
      if (!reusable) {
        replaceChild();
      }
    }
  }

  private synchronized PdfChild liveChild() throws UnreadablePdf {
    if (child == null || !child.isAlive()) {
      replaceChild();
    }
    if (child == null) {
      throw new UnreadablePdf(Reason.READER_FAILED, "the reading process cannot be started");
    }
    return child;
  }

  private Sandbox sandbox() {
    if (sandbox == null) {
      sandbox = Sandbox.detect();
      LOG.info("sandbox of the PDF reader: {}", sandbox.description());
    }
    return sandbox;
  }

  private synchronized void replaceChild() {
    if (child != null) {
      child.close();
      child = null;
    }
    if (!closed) {
      try {
        child = PdfChild.start(limits, sandbox());
      } catch (IOException e) {
        LOG.warn("the process that reads PDFs cannot be started: {}", e.toString());
      }
    }
  }
}
