package dev.holdfast.http;

import dev.holdfast.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

/** Writes a body to a file as it comes, counting and hashing; never more than the limit. */
final class UploadSink {
  private final Vertx vertx;
  private final Path directory;
  private final long bytesMax;

  /** What arrived. */
  record Received(Path file, long bytes, String sha256) {}

  UploadSink(Vertx vertx, Path directory, long bytesMax) {
    this.vertx = vertx;
    this.directory = directory;
    this.bytesMax = bytesMax;
  }

  /** Takes a paused stream to its end; the file is gone when the future fails. */
  Future<Received> receive(ReadStream<Buffer> body) {
    Path file = directory.resolve(UUID.randomUUID() + ".pdf");
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setCreateNew(true).setWrite(true))
        .recover(failure -> Future.failedFuture(new Store.Unavailable(failure)))
        .compose(
            open -> {
              Promise<Received> received = Promise.promise();
              write(body, open, file, received);
              return received
                  .future()
                  .eventually(() -> open.close())
                  .recover(failure -> discard(file).compose(v -> Future.failedFuture(failure)));
            });
  }

  /** Deletes a file that nobody needs any more. */
  Future<Void> discard(Path file) {
    return vertx.fileSystem().delete(file.toString()).otherwiseEmpty();
  }

  private void write(
      ReadStream<Buffer> body, AsyncFile file, Path path, Promise<Received> received) {
    MessageDigest digest = Requests.sha256();
    long[] bytes = {0};
    Handler<Throwable> fileFailed = e -> received.tryFail(new Store.Unavailable(e));
    file.exceptionHandler(fileFailed);
    body.exceptionHandler(received::tryFail);
    body.handler(
        chunk -> {
          bytes[0] += chunk.length();
          if (bytes[0] > bytesMax) {
            body.pause();
            received.tryFail(tooLarge());
            return;
          }
          digest.update(chunk.getBytes());
          file.write(chunk).onFailure(fileFailed);
          if (file.writeQueueFull()) {
            body.pause();
            file.drainHandler(drained -> body.resume());
          }
        });
    body.endHandler(
        end ->
            file.flush()
                .onSuccess(
                    flushed ->
                        received.tryComplete(
                            new Received(
                                path, bytes[0], HexFormat.of().formatHex(digest.digest()))))
                .onFailure(fileFailed));
    body.resume();
  }

  ProblemException tooLarge() {
    return new ProblemException(
        Problem.Type.TOO_LARGE,
        "A document may have at most " + (bytesMax >> 20) + " MiB; split the file.");
  }
}
