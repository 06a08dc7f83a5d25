package dev.holdfast.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The HTTP API of a server on this machine, as far as the benchmarks need it. */
final class Api {
  static final int ROWS = 100;
  private static final int CONNECTIONS = 32;

  private final HttpClient client;
  private final int port;

  Api(Vertx vertx, int port) {
    this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    this.port = port;
  }

  Future<Buffer> send(HttpMethod method, String path, Buffer body) {
    return send(method, path, "application/json", body);
  }

  private Future<Buffer> send(HttpMethod method, String path, String contentType, Buffer body) {
    RequestOptions options =
        new RequestOptions().setMethod(method).setHost("127.0.0.1").setPort(port).setURI(path);
    options.putHeader("X-Holdfast", "1").putHeader("Content-Type", contentType);
    return client
        .request(options)
        .compose(request -> body == null ? request.send() : request.send(body))
        .compose(
            response ->
                response.statusCode() < 300
                    ? response.body()
                    : Future.failedFuture(method + " " + path + ": " + response.statusCode()));
  }

  Future<JsonObject> post(String path, JsonObject body) {
    return send(HttpMethod.POST, path, body.toBuffer()).map(Buffer::toJsonObject);
  }

  /** How long an answer is, in bytes. */
  int size(String path) throws Exception {
    return await(send(HttpMethod.GET, path, null)).length();
  }

  /** Stores a question set with that many questions, Q1 and so on. */
  void storeQuestions(String name, int questions) throws Exception {
    JsonArray all = new JsonArray();
    for (int i = 1; i <= questions; i++) {
      all.add(
          new JsonObject()
              .put("id", "Q" + i)
              .put("text", "Which requirement number " + i + " does the contractor have to meet?"));
    }
    JsonObject section =
        new JsonObject().put("id", "s").put("name", "Requirements").put("questions", all);
    JsonObject set =
        new JsonObject()
            .put("name", name)
            .put("title", "Measured")
            .put("sections", new JsonArray().add(section));
    await(send(HttpMethod.PUT, "/api/v1/question-sets/" + name, set.toBuffer()));
  }

  /** Creates an external session, which runs at once; gives its id. */
  Future<String> create(String questionSet, String title) {
    JsonObject body =
        new JsonObject()
            .put("questionSet", questionSet)
            .put("analyzer", "external")
            .put("title", title);
    return post("/api/v1/sessions", body).map(session -> session.getString("id"));
  }

  /** Creates an external session on a document; gives its id. */
  String createOn(byte[] pdf, String questionSet) throws Exception {
    String path = "/api/v1/documents?filename=measured.pdf";
    Buffer document =
        await(send(HttpMethod.POST, path, "application/pdf", Buffer.buffer(pdf)));
    JsonObject body =
        new JsonObject()
            .put("questionSet", questionSet)
            .put("analyzer", "external")
            .put("documentId", document.toJsonObject().getString("id"));
    return await(post("/api/v1/sessions", body)).getString("id");
  }

  /** Creates that many sessions. */
  List<String> createAll(String questionSet, int count) throws Exception {
    List<String> ids = new ArrayList<>();
    while (ids.size() < count) {
      List<Future<String>> some = new ArrayList<>();
      for (int i = 0; i < Math.min(CONNECTIONS, count - ids.size()); i++) {
        int number = ids.size() + i;
        some.add(create(questionSet, "Pump station specification, section " + number + ".pdf"));
      }
      ids.addAll(await(Future.all(some)).list());
    }
    return ids;
  }

  /** A report with all rows of a set of {@value #ROWS} questions. */
  static JsonObject allRows() {
    JsonArray rows = new JsonArray();
    for (int i = 1; i <= ROWS; i++) {
      rows.add(row("Q" + i));
    }
    return new JsonObject().put("attempt", 1).put("rows", rows);
  }

  /** A report of one row, as JSON. */
  static String report(String questionId) {
    return new JsonObject()
        .put("attempt", 1)
        .put("rows", new JsonArray().add(row(questionId)))
        .encode();
  }

  /** A row as an analyzer reports it. */
  static JsonObject row(String questionId) {
    String text =
        "The contractor shall provide a performance bond of 100 percent of the contract price"
            + " within ten days after the notice of award, in the form of section 00 61 13.";
    return new JsonObject()
        .put("questionId", questionId)
        .put("status", "answered")
        .put("answer", text)
        .put("pages", new JsonArray().add(3).add(17))
        .put("confidence", 0.83)
        .put("quotes", new JsonArray().add(new JsonObject().put("page", 3).put("text", text)));
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
