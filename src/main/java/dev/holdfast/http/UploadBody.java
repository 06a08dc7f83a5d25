package dev.holdfast.http;

import dev.holdfast.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes the PDF out of a request: the body itself, or the first file of a form. */
final class UploadBody {
  private static final int FILENAME_MAX = 255;
  private static final String UNNAMED = "document.pdf";

  private final UploadSink sink;

  UploadBody(UploadSink sink) {
    this.sink = sink;
  }

  /** A received file with the name that it was sent under. */
  record Named(UploadSink.Received file, String filename) {}

  /**
   * Takes the request to its end; nothing is left of the file when the future fails.
   *
   * @param given the file name in the address, or null
   */
  Future<Named> receive(HttpServerRequest request, String given) {
    String type = String.valueOf(request.getHeader("Content-Type")).split(";", 2)[0].trim();
    request.pause();
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "application/pdf" -> sink.receive(request).map(file -> new Named(file, filename(given)));
      case "multipart/form-data" -> form(request, given);
      default ->
          Future.failedFuture(
              new ProblemException(
                  Problem.Type.UNSUPPORTED_TYPE,
                  "Send the PDF as application/pdf, or as the part file of multipart/form-data."));
    };
  }

  private Future<Named> form(HttpServerRequest request, String given) {
    Promise<Named> received = Promise.promise();
    AtomicBoolean found = new AtomicBoolean();
    try {
      request.setExpectMultipart(true);
    } catch (RuntimeException withoutBoundary) {
      return Future.failedFuture(unreadable(withoutBoundary));
    }
    request.uploadHandler(
        part -> {
          if (found.getAndSet(true)) {
            part.handler(chunk -> {});
          } else {
            first(part, given).onComplete(received);
          }
        });
    request.exceptionHandler(
        broken -> {
          // A part that has begun learns of it by itself, and has a file to clear away first.
          if (!found.get()) {
            received.tryFail(unreadable(broken));
          }
        });
    request.endHandler(
        end -> {
          if (!found.get()) {
            received.tryFail(
                new ProblemException(
                    Problem.Type.MALFORMED, "The form has no part file with a file name."));
          }
        });
    request.resume();
    return received.future();
  }

  private Future<Named> first(HttpServerFileUpload part, String given) {
    part.pause();
    String filename = filename(given == null ? part.filename() : given);
    return sink.receive(part)
        .map(file -> new Named(file, filename))
        .recover(broken -> Future.failedFuture(unreadable(broken)));
  }

  private static Throwable unreadable(Throwable broken) {
    return broken instanceof HttpClosedException
            || broken instanceof ProblemException
            || broken instanceof Store.Unavailable
        ? broken
        : new ProblemException(
            Problem.Type.MALFORMED, "The form cannot be read; send it with its boundary.");
  }

  /** The last part of a path, without what could confuse a reader; never used as a path. */
  private static String filename(String given) {
    if (given == null) {
      return UNNAMED;
    }
    String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String end = name.substring(Math.max(0, name.length() - FILENAME_MAX));
    String clean = end.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "").trim();
    return clean.matches("\\.*") ? UNNAMED : clean;
  }
}
