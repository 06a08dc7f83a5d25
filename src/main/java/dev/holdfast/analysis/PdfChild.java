package dev.holdfast.analysis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.holdfast.analysis.PdfMessage.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running child process as its parent sees it: something to ask, and an inbox.
 *
 * <p>Pipes cannot be read with a time limit, so two daemon threads empty them: one puts messages
 * into the bounded inbox, one sends whatever the child says on its error output to the debug log.
 */
final class PdfChild implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PdfChild.class);
  private static final int INBOX_MESSAGES_MAX = 8;
  private static final int LOG_BYTES_MAX = 4_096;
  private static final Set<String> ENVIRONMENT = Set.of("PATH", "LANG", "LC_ALL");
  private static final PdfMessage GONE = PdfMessage.of(Kind.GONE, 0, "");

  private final Process process;
  private final ScratchDirectory scratch;
  private final JsonGenerator out;
  private final Thread receiver;
  private boolean ready;
  private final BlockingQueue<PdfMessage> inbox = new ArrayBlockingQueue<>(INBOX_MESSAGES_MAX);

  private PdfChild(Process process, ScratchDirectory scratch, JsonFactory json) throws IOException {
    this.process = process;
    this.scratch = scratch;
    this.out = json.createGenerator(process.getOutputStream());
    this.receiver = startDaemon("pdf-child-out", () -> receive(json));
    startDaemon("pdf-child-err", this::drainErrors);
    process.onExit().thenRun(scratch::delete);
  }

  /** Starts the process and returns at once; the first message is {@code READY}. */
  static PdfChild start(PdfLimits limits, Sandbox sandbox) throws IOException {
    ScratchDirectory scratch = ScratchDirectory.create();
    try {
      List<String> line = sandbox.around(PdfChildCommand.line(limits, scratch), scratch.path());
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.environment().keySet().retainAll(ENVIRONMENT); // the rest may hold secrets
      Process process = builder.start();
      return new PdfChild(process, scratch, PdfMessage.jsonOf(limits.pageCharsMax()));
    } catch (IOException e) {
      scratch.delete();
      throw e;
    }
  }

  /** Whether the process has started within that time; for the one thread whose turn it is. */
  boolean awaitReady(long nanos) throws InterruptedException {
    if (!ready) {
      PdfMessage first = next(nanos);
      ready = first != null && first.kind() == Kind.READY;
    }
    return ready;
  }

  void ask(Path pdf) throws IOException {
    PdfMessage.of(Kind.READ, 0, pdf.toAbsolutePath().toString()).writeTo(out);
  }

  /** The next message, or null when none has come in that time; {@code GONE} is the last one. */
  PdfMessage next(long nanos) throws InterruptedException {
    return inbox.poll(nanos, TimeUnit.NANOSECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The process that reads, also where a sandbox stands around it. */
  ProcessHandle handle() {
    return process
        .descendants()
        .filter(inside -> inside.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElse(process.toHandle());
  }

  /** Closes the child's input, as the end of this process would. */
  void hangUp() throws IOException {
    out.close();
  }

  /** Ends the process at once; also while it works. */
  @Override
  public void close() {
    end();
    receiver.interrupt(); // it may be waiting for room in the inbox
  }

  /**
   * A sandbox that is killed while it sets itself up leaves the process in it behind, which then
   * waits for ever to be let go; so what it has started is killed first.
   */
  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void receive(JsonFactory json) {
    try (JsonParser in = json.createParser(process.getInputStream())) {
      PdfMessage message = PdfMessage.readFrom(in);
      while (message.kind() != Kind.GONE) {
        inbox.put(message);
        message = PdfMessage.readFrom(in);
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("the PDF reader's output ended: {}", e.toString());
    } catch (InterruptedException e) {
      inbox.clear();
    } finally {
      end();
      endInbox();
    }
  }

  private void endInbox() {
    try {
      inbox.put(GONE);
    } catch (InterruptedException e) {
      inbox.clear();
      inbox.add(GONE);
    }
  }

  private void drainErrors() {
    byte[] buffer = new byte[LOG_BYTES_MAX];
    try (InputStream errors = process.getErrorStream()) {
      for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
        LOG.debug("PDF reader: {}", oneLine(new String(buffer, 0, n, StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      LOG.debug("the PDF reader's error output ended: {}", e.toString());
    }
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\p{Cntrl}+", " | ");
  }

  private static Thread startDaemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
