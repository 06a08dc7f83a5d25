package dev.holdfast.http;

import dev.holdfast.bus.RefusedException;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Document;
import dev.holdfast.session.Query;
import dev.holdfast.session.Refusal;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.StoreDocument;
import dev.holdfast.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Semaphore;

/** Documents: upload, metadata, text by page, the PDF itself. */
final class DocumentRoutes {
  private final Vertx vertx;
  private final SessionClient client;
  private final Store store;
  private final DocumentText text;
  private final HttpSettings settings;
  private final Semaphore uploads;
  private final UploadSink sink;
  private final UploadBody body;

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
    this.body = new UploadBody(sink);
  }

  /**
   * The upload takes the body as it comes, so it stands before the handler that collects bodies.
   */
  void mountUpload(Router router) {
    router.post("/api/v1/documents").handler(this::upload);
  }

  void mount(Router router) {
    Requests.read(router, "/api/v1/documents/:id").handler(this::document);
    Requests.read(router, "/api/v1/documents/:id/content").handler(this::content);
    Requests.read(router, "/api/v1/documents/:id/pages/:page").handler(this::page);
  }

  /** A document in the API. */
  record DocumentView(String id, String filename, int pages, long bytes, String sha256) {
    static DocumentView of(Document document) {
      return new DocumentView(
          document.id(), document.filename(), document.pages(), document.bytes(), document.id());
    }
  }

  private void upload(RoutingContext context) {
    if (contentLength(context.request()) > settings.documentBytesMax() + 65_536) {
      throw sink.tooLarge();
    }
    if (!uploads.tryAcquire()) {
      throw new ProblemException(
          Problem.Type.TOO_MANY, "Too many uploads are under way; try again in a moment.");
    }
    HttpServerRequest request = context.request();
    deadline(request, body.receive(request, context.queryParams().get("filename")))
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

  private <T> Future<T> deadline(HttpServerRequest request, Future<T> received) {
    long timer =
        vertx.setTimer(settings.uploadSeconds() * 1_000L, late -> request.connection().close());
    return received.onComplete(done -> vertx.cancelTimer(timer));
  }

  /** A known document is not read again. */
  private Future<Done<Document>> keep(RoutingContext context, UploadBody.Named named) {
    UploadSink.Received file = named.file();
    return client
        .ask(new Query.GetDocument(file.sha256()))
        .compose(known -> useAgain(context, known.value()))
        .recover(
            failure ->
                failure instanceof RefusedException refused && refused.reason() == Refusal.NOT_FOUND
                    ? read(context, named)
                    : Future.failedFuture(failure))
        .eventually(() -> sink.discard(file.file()));
  }

  /** An upload of what is there is a use, which keeps it from being purged soon. */
  private Future<Done<Document>> useAgain(RoutingContext context, Document known) {
    return Requests.send(context, client, new StoreDocument(known, false))
        .map(done -> new Done<>(done.revision(), false, done.value()));
  }

  private Future<Done<Document>> read(RoutingContext context, UploadBody.Named named) {
    UploadSink.Received file = named.file();
    return text.read(file.file())
        .compose(
            pages -> {
              Document document =
                  new Document(file.sha256(), named.filename(), pages.size(), file.bytes());
              return store
                  .keep(document, file.file(), pages)
                  .compose(
                      kept -> Requests.send(context, client, new StoreDocument(document, true)));
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
            done -> {
              context.response().putHeader("Holdfast-Revision", Long.toString(done.revision()));
              return store
                  .content(done.value())
                  .compose(pdf -> ByteRange.send(context, pdf, done.value().bytes()));
            })
        .onFailure(context::fail);
  }
}
