package dev.holdfast.analysis;

import dev.holdfast.analysis.PdfMessage.Kind;
import dev.holdfast.analysis.UnreadablePdf.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One document on its way through a child, under the limits on time. */
final class PdfReading {
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final PdfChild child;
  private final PdfLimits limits;
  private final List<String> pages = new ArrayList<>();

  PdfReading(PdfChild child, PdfLimits limits) {
    this.child = child;
    this.limits = limits;
  }

  List<String> read(Path pdf) throws UnreadablePdf, InterruptedException {
    ask(pdf);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(limits.documentSeconds());
    PdfMessage message = next(deadline);
    while (message.kind() == Kind.PAGE) {
      pages.add(message.text());
      message = next(deadline);
    }
    return finish(message);
  }

  private void ask(Path pdf) throws UnreadablePdf, InterruptedException {
    try {
      if (!child.awaitReady(START_NANOS)) {
        throw new UnreadablePdf(Reason.READER_FAILED, "the reading process does not start");
      }
      child.ask(pdf);
    } catch (IOException e) {
      throw new UnreadablePdf(Reason.READER_FAILED);
    }
  }

  private PdfMessage next(long deadline) throws UnreadablePdf, InterruptedException {
    long left = deadline - System.nanoTime();
    long page = TimeUnit.SECONDS.toNanos(limits.pageSeconds());
    PdfMessage message = child.next(Math.max(0, Math.min(left, page)));
    if (message != null) {
      return message;
    }
    throw new UnreadablePdf(
        Reason.TOO_SLOW,
        left < page
            ? "more than " + limits.documentSeconds() + " s"
            : "more than " + limits.pageSeconds() + " s on page " + (pages.size() + 1));
  }

  private List<String> finish(PdfMessage last) throws UnreadablePdf {
    if (last.kind() == Kind.REFUSED) {
      throw new UnreadablePdf(Reason.valueOf(last.text()), last.detail());
    }
    if (last.kind() != Kind.END || last.number() != pages.size()) {
      throw new UnreadablePdf(
          Reason.READER_FAILED, "it ended without an answer at page " + (pages.size() + 1));
    }
    if (pages.stream().allMatch(String::isBlank)) {
      throw new UnreadablePdf(Reason.NO_TEXT);
    }
    return List.copyOf(pages);
  }
}
