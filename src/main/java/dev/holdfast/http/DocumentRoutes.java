package dev.holdfast.http;

import dev.holdfast.bus.RefusedException;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Command;
import dev.holdfast.session.Document;
import dev.holdfast.session.Query;
import dev.holdfast.session.Refusal;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Semaphore;

/** Documents: upload, metadata, text by page, the PDF itself. */
final class DocumentRoutes {
  private static final int FILENAME_MAX = 255;

  private final Vertx vertx;
  private final SessionClient client;
  private final Store store;
  private final DocumentText text;
  private final HttpSettings settings;
  private final Semaphore uploads;
  private final UploadSink sink;

  /**
   * @param uploads places for uploads, shared by all verticles of the server
   */
  DocumentRoutes(
      Vertx vertx,
      SessionClient client,
      Store store,
      DocumentText text,
      HttpSettings settings,
      Semaphore uploads) {
    this.vertx = vertx;
    this.client = client;
    this.store = store;
    this.text = text;
    this.settings = settings;
    this.uploads = uploads;
    this.sink = new UploadSink(vertx, store.uploads(), settings.documentBytesMax());
  }

  /**
   * The upload takes the body as it comes, so it stands before the handler that collects bodies.
   */
  void mountUpload(Router router) {
    router.post("/api/v1/documents").handler(this::upload);
  }

  void mount(Router router) {
    router.get("/api/v1/documents/:id").handler(this::document);
    router.get("/api/v1/documents/:id/content").handler(this::content);
    router.get("/api/v1/documents/:id/pages/:page").handler(this::page);
  }

  /** A document in the API. */
  record DocumentView(String id, String filename, int pages, long bytes, String sha256) {
    static DocumentView of(Document document) {
      return new DocumentView(
          document.id(), document.filename(), document.pages(), document.bytes(), document.id());
    }
  }

  private void upload(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (contentLength(request) > settings.documentBytesMax() + 65_536) {
      throw sink.tooLarge();
    }
    if (!uploads.tryAcquire()) {
      throw new ProblemException(
          Problem.Type.TOO_MANY, "Too many uploads are under way; try again in a moment.");
    }
    receive(context)
        .compose(named -> keep(context, named))
        .eventually(
            () -> {
              uploads.release();
              return Future.succeededFuture();
            })
        .onSuccess(
            done -> {
              context.response().setStatusCode(done.changed() ? 201 : 200);
              send(context, done);
            })
        .onFailure(context::fail);
  }

  private static long contentLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return length == null || !length.matches("\\d{1,18}") ? 0 : Long.parseLong(length);
  }

  /** A received file with the name that it was sent under. */
  private record Named(UploadSink.Received file, String filename) {}

  private Future<Named> receive(RoutingContext context) {
    HttpServerRequest request = context.request();
    String type = String.valueOf(request.getHeader("Content-Type"));
    String filename = filename(context.queryParams().get("filename"));
    request.pause();
    if (type.startsWith("multipart/form-data")) {
      return deadline(request, receivePart(request, filename));
    }
    if (type.split(";", 2)[0].trim().equalsIgnoreCase("application/pdf")) {
      return deadline(request, sink.receive(request).map(file -> new Named(file, filename)));
    }
    throw release(
        new ProblemException(
            Problem.Type.UNSUPPORTED_TYPE,
            "Send the PDF as application/pdf, or as the part file of multipart/form-data."));
  }

  private ProblemException release(ProblemException problem) {
    uploads.release();
    return problem;
  }

  private Future<Named> receivePart(HttpServerRequest request, String filename) {
    Promise<Named> part = Promise.promise();
    request.setExpectMultipart(true);
    request.exceptionHandler(part::tryFail);
    request.uploadHandler(
        upload -> {
          ReadStream<Buffer> body = upload;
          body.pause();
          String named = filename(filename.equals(UNNAMED) ? upload.filename() : filename);
          sink.receive(body).map(file -> new Named(file, named)).onComplete(part);
        });
    request.endHandler(
        end ->
            vertx.runOnContext(
                v -> {
                  if (request.formAttributes().isEmpty()) {
                    return;
                  }
                  part.tryFail(
                      new ProblemException(
                          Problem.Type.MALFORMED, "The form has no part file with a file name."));
                }));
    request.resume();
    return part.future();
  }

  private <T> Future<T> deadline(HttpServerRequest request, Future<T> received) {
    long timer =
        vertx.setTimer(settings.uploadSeconds() * 1_000L, late -> request.connection().close());
    return received.onComplete(done -> vertx.cancelTimer(timer));
  }

  private static final String UNNAMED = "document.pdf";

  /** The last part of a path, without what could confuse a reader; never used as a path. */
  private static String filename(String given) {
    if (given == null) {
      return UNNAMED;
    }
    String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String clean = name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "").trim();
    if (clean.isEmpty()) {
      return UNNAMED;
    }
    return clean.length() <= FILENAME_MAX ? clean : clean.substring(clean.length() - FILENAME_MAX);
  }

  /** A known document is not read again. */
  private Future<Done<Document>> keep(RoutingContext context, Named named) {
    UploadSink.Received file = named.file();
    return client
        .ask(new Query.GetDocument(file.sha256()))
        .recover(
            failure ->
                failure instanceof RefusedException refused && refused.reason() == Refusal.NOT_FOUND
                    ? read(context, named)
                    : Future.failedFuture(failure))
        .eventually(() -> sink.discard(file.file()));
  }

  private Future<Done<Document>> read(RoutingContext context, Named named) {
    UploadSink.Received file = named.file();
    return text.read(file.file())
        .compose(
            pages -> {
              Document document =
                  new Document(file.sha256(), named.filename(), pages.size(), file.bytes());
              return store
                  .keep(document, file.file(), pages)
                  .compose(
                      kept -> Requests.send(context, client, new Command.StoreDocument(document)));
            });
  }

  private static void send(RoutingContext context, Done<Document> done) {
    Buffer body = PublicJson.encode(DocumentView.of(done.value()));
    new Encoded(done.value().id(), done.revision(), body).send(context);
  }

  private void document(RoutingContext context) {
    Params.only(context);
    client
        .ask(new Query.GetDocument(context.pathParam("id")))
        .onSuccess(done -> send(context, done))
        .onFailure(context::fail);
  }

  /** The text of a page. */
  record PageView(int page, String text) {}

  private void page(RoutingContext context) {
    Params.only(context);
    String id = context.pathParam("id");
    int page =
        (int) Math.min(Params.number(context.pathParam("page"), "page", 0), Integer.MAX_VALUE);
    client
        .ask(new Query.GetDocument(id))
        .compose(
            done ->
                store
                    .page(id, page)
                    .map(
                        found -> {
                          if (found == null) {
                            throw new ProblemException(
                                Problem.Type.NOT_FOUND,
                                "The document has pages 1 to " + done.value().pages() + ".");
                          }
                          Buffer body = PublicJson.encode(new PageView(page, found));
                          return new Encoded(id + "-" + page, done.revision(), body);
                        }))
        .onSuccess(found -> found.send(context))
        .onFailure(context::fail);
  }

  private void content(RoutingContext context) {
    String id = context.pathParam("id");
    client
        .ask(new Query.GetDocument(id))
        .compose(
            done -> ByteRange.send(context, store.content(done.value().id()), done.value().bytes()))
        .onFailure(context::fail);
  }
}
