package dev.holdfast.http;

import dev.holdfast.session.Reply.Done;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** Makes files of what was read, away from the event loop and only a few at once. */
final class Exports {
  /** Under way in one verticle; each holds in memory what it writes. */
  static final int UNDER_WAY_MAX = 4;

  private static final int THREADS = 1;

  /** What is in a file, for each format. */
  interface Content<T> {
    /** The name of the file without extension. */
    String name(Done<T> done);

    Sheet sheet(Done<T> done);

    Buffer json(Done<T> done);

    /** A workbook of Excel; unless it says otherwise, of that one sheet. */
    default Buffer xlsx(Done<T> done) {
      return sheet(done).xlsx();
    }
  }

  private final WorkerExecutor executor;
  private int underWay;

  Exports(Vertx vertx) {
    this.executor = vertx.createSharedWorkerExecutor("holdfast-export", THREADS);
  }

  /** Reads, then answers with the file. */
  <T> void send(RoutingContext context, Supplier<Future<Done<T>>> read, Content<T> content) {
    ExportFormat format = ExportFormat.of(context);
    if (underWay >= UNDER_WAY_MAX) {
      throw new ProblemException(
          Problem.Type.TOO_MANY, "As many exports as the server takes are under way; try again.");
    }
    underWay++;
    // A read that throws counts as one that fails, else its place would never be free again.
    Future.succeededFuture()
        .compose(begin -> read.get())
        .compose(
            done ->
                file(format, done, content)
                    .onSuccess(
                        file -> format.send(context, done.revision(), content.name(done), file)))
        .onComplete(ended -> underWay--)
        .onFailure(context::fail);
  }

  private <T> Future<Buffer> file(ExportFormat format, Done<T> done, Content<T> content) {
    return switch (format) {
      case JSON -> Future.succeededFuture(content.json(done));
      case CSV -> executor.executeBlocking(() -> content.sheet(done).csv());
      case XLSX -> executor.executeBlocking(() -> content.xlsx(done));
    };
  }
}
