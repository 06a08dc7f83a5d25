package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.CreateSession;
import dev.holdfast.session.DeleteSession;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.RetrySession;
import dev.holdfast.session.Session;
import dev.holdfast.session.StopSession;
import dev.holdfast.store.Store;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Sessions: create, list, read, stop, delete. */
final class SessionRoutes {
  private static final String ID = "id";
  private static final String AT = "at";
  private static final String DEFAULT_ANALYZER = "retrieval";

  private final SessionClient client;
  private final PastReads past;
  private final SessionLists lists;
  private final EncodedSessions encoded;
  private final SharedReads<Encoded> reads = new SharedReads<>();
  private final RecentAnswers recent = new RecentAnswers();

  SessionRoutes(SessionClient client, Store store, EncodedSessions encoded) {
    this.client = client;
    this.past = new PastReads(client, store);
    this.lists = new SessionLists(client, store);
    this.encoded = encoded;
  }

  void mount(Router router) {
    router.post("/api/v1/sessions").handler(this::create);
    Requests.read(router, "/api/v1/sessions").handler(this::list);
    Requests.read(router, "/api/v1/sessions/:id").handler(this::session);
    Requests.read(router, "/api/v1/sessions/:id/results").handler(this::results);
    router.post("/api/v1/sessions/:id/stop").handler(this::stop);
    router.delete("/api/v1/sessions/:id").handler(this::delete);
    router.post("/api/v1/sessions/:id/retry").handler(this::retry);
  }

  /** The body of a creation; {@code questionSet} may name a version, as in {@code bid-spec@2}. */
  record CreateBody(
      String questionSet,
      String documentId,
      String analyzer,
      String title,
      Map<String, String> labels) {

    CreateSession toCommand() {
      if (questionSet == null) {
        throw new ProblemException(Problem.Type.INVALID_VALUE, "questionSet is missing.");
      }
      String[] parts = questionSet.split("@", 2);
      int version = Params.version(parts);
      String by = analyzer == null ? DEFAULT_ANALYZER : analyzer;
      return new CreateSession(
          SessionClient.newId(), title, by, documentId, parts[0], version, labels);
    }
  }

  private void create(RoutingContext context) {
    Params.only(context);
    CreateBody body = PublicJson.read(context.body().buffer(), CreateBody.class);
    sendCreated(context, Requests.sendKeyed(context, client, Checked.value(body::toCommand)));
  }

  /** What the person says who retries. */
  record RetryBody(String reason) {}

  private void retry(RoutingContext context) {
    Params.only(context);
    RetryBody body = PublicJson.read(context.body().buffer(), RetryBody.class);
    String id = context.pathParam(ID);
    String newId = SessionClient.newId();
    sendCreated(
        context,
        Requests.command(
                client,
                id,
                () -> new RetrySession(id, newId, body.reason(), Params.ifMatch(context)))
            .compose(command -> Requests.sendKeyed(context, client, command)));
  }

  private void sendCreated(RoutingContext context, Future<Done<Session>> created) {
    created
        .onSuccess(
            done -> {
              context
                  .response()
                  .setStatusCode(201)
                  .putHeader("Location", "/api/v1/sessions/" + done.value().id());
              answer(done).send(context);
            })
        .onFailure(context::fail);
  }

  private Encoded answer(Done<Session> done) {
    Session session = done.value();
    return new Encoded(
        Long.toString(session.revision()), done.revision(), Buffer.buffer(encoded.json(session)));
  }

  private void list(RoutingContext context) {
    Params.only(context, ListFilter.parameters("limit", "cursor"));
    ListFilter filter = ListFilter.of(context);
    reads
        .get(filter, () -> read(filter))
        .onSuccess(page -> page.send(context))
        .onFailure(context::fail);
  }

  private Future<Encoded> read(ListFilter filter) {
    return lists
        .page(filter)
        .map(done -> recent.get(filter, done.revision(), () -> encode(filter, done)));
  }

  private Encoded encode(ListFilter filter, Done<Query.Page> done) {
    Query.Page page = done.value();
    String next = page.next() == null ? null : Cursor.encode(page.next(), filter.fingerprint());
    return new Encoded(
        Long.toString(done.revision()),
        done.revision(),
        SessionLists.json(encoded, done, next),
        next == null ? null : filter.link(next));
  }

  private void session(RoutingContext context) {
    Params.only(context, AT);
    String at = Params.text(context, AT);
    String id = context.pathParam(ID);
    Future<Done<Session>> session =
        at == null
            ? client.ask(new Query.GetSession(id))
            : past.results(id, at)
                .map(was -> new Done<>(was.revision(), false, was.value().session()));
    session.onSuccess(done -> answer(done).send(context)).onFailure(context::fail);
  }

  private void results(RoutingContext context) {
    Params.only(context, AT);
    String id = context.pathParam(ID);
    String at = Params.text(context, AT);
    Future<Encoded> found =
        at == null ? reads.get(id, () -> readResults(id)) : past.results(id, at).map(this::encode);
    found.onSuccess(results -> results.send(context)).onFailure(context::fail);
  }

  /** Asks for the table only when the session has changed since the last answer was encoded. */
  private Future<Encoded> readResults(String id) {
    return client
        .ask(new Query.GetSession(id))
        .compose(
            now -> {
              Encoded known = recent.find(id, now.value().revision());
              return known == null
                  ? client.ask(new Query.GetResults(id)).map(done -> encode(id, done))
                  : Future.succeededFuture(new Encoded(known.etag(), now.revision(), known.body()));
            });
  }

  private Encoded encode(Done<Query.Results> done) {
    return new Encoded(
        Long.toString(done.value().session().revision()),
        done.revision(),
        PublicJson.encode(ResultsView.of(done.value())));
  }

  private Encoded encode(String id, Done<Query.Results> done) {
    Encoded results = recent.get(id, done.value().session().revision(), () -> encode(done));
    return new Encoded(results.etag(), done.revision(), results.body());
  }

  /** What the person says who stops. */
  record StopBody(String reason) {}

  private void stop(RoutingContext context) {
    Params.only(context);
    String id = context.pathParam(ID);
    StopBody body = PublicJson.read(context.body().buffer(), StopBody.class);
    Requests.command(client, id, () -> new StopSession(id, body.reason(), Params.ifMatch(context)))
        .compose(command -> Requests.send(context, client, command))
        .compose(stopped -> client.ask(new Query.GetResults(id)))
        .onSuccess(done -> sendStopped(context, done))
        .onFailure(context::fail);
  }

  private void sendStopped(RoutingContext context, Done<Query.Results> done) {
    Session session = done.value().session();
    Buffer body =
        Buffer.buffer("{\"session\":")
            .appendBytes(encoded.json(session))
            .appendString(",\"results\":")
            .appendBuffer(PublicJson.encode(ResultsView.of(done.value())))
            .appendString("}");
    new Encoded(Long.toString(session.revision()), done.revision(), body).send(context);
  }

  private void delete(RoutingContext context) {
    Params.only(context, "force", "reason");
    String id = context.pathParam(ID);
    boolean force = Params.flag(context, "force");
    String reason = context.queryParams().get("reason");
    Requests.command(
            client, id, () -> new DeleteSession(id, force, reason, Params.ifMatch(context)))
        .compose(command -> Requests.send(context, client, command))
        .onSuccess(
            done ->
                context
                    .response()
                    .putHeader("Holdfast-Revision", Long.toString(done.revision()))
                    .setStatusCode(204)
                    .end())
        .onFailure(context::fail);
  }
}
