package dev.holdfast.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.PatchSession;
import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.ResumeSession;
import dev.holdfast.session.Resumption;
import dev.holdfast.session.ReviewRow;
import dev.holdfast.session.Session;
import dev.holdfast.session.Verdict;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** What people change of a session after it began: resume, patch, review. */
final class ChangeRoutes {
  private static final String ID = "id";
  private static final String SESSION = "/api/v1/sessions/:id";

  private final SessionClient client;
  private final EncodedSessions encoded;

  ChangeRoutes(SessionClient client, EncodedSessions encoded) {
    this.client = client;
    this.encoded = encoded;
  }

  void mount(Router router) {
    router.post(SESSION + "/resume").handler(this::resume);
    router.patch(SESSION).handler(this::patch);
    router.put(SESSION + "/results/:questionId/review").handler(this::review);
  }

  /** What to ask again, and why. */
  record ResumeBody(String scope, String reason) {
    private static final Map<String, Resumption.Scope> SCOPES =
        Map.of("pending", Resumption.Scope.PENDING, "notFound", Resumption.Scope.NOT_FOUND);

    Resumption.Scope toScope() {
      Resumption.Scope known = scope == null ? Resumption.Scope.PENDING : SCOPES.get(scope);
      if (known == null) {
        throw new IllegalArgumentException("scope must be pending or notFound");
      }
      return known;
    }
  }

  private void resume(RoutingContext context) {
    Params.only(context);
    ResumeBody body = PublicJson.read(context.body().buffer(), ResumeBody.class);
    String id = context.pathParam(ID);
    sendSession(
        context,
        Requests.command(
                client,
                id,
                () -> new ResumeSession(id, body.toScope(), body.reason(), Params.ifMatch(context)))
            .compose(command -> Requests.send(context, client, command)));
  }

  private void patch(RoutingContext context) {
    Params.only(context, "reason");
    ObjectNode merge = PublicJson.read(context.body().buffer(), ObjectNode.class);
    String id = context.pathParam(ID);
    JsonNode labels = merge.get("labels");
    String reason = context.queryParams().get("reason");
    Future<PatchSession> command =
        Requests.command(
            client, id, () -> SessionPatch.of(id, merge, reason, Params.ifMatch(context)));
    Future<PatchSession> complete =
        labels != null && labels.isNull() ? command.compose(this::withoutLabels) : command;
    sendSession(context, complete.compose(full -> Requests.send(context, client, full)));
  }

  /** Labels that are to go all together are known only to who has the session. */
  private Future<PatchSession> withoutLabels(PatchSession patch) {
    return client
        .ask(new Query.GetSession(patch.sessionId()))
        .map(done -> SessionPatch.withoutLabels(patch, done.value()));
  }

  private void sendSession(RoutingContext context, Future<Done<Session>> changed) {
    changed
        .onSuccess(
            done -> {
              Session session = done.value();
              Buffer body = Buffer.buffer(encoded.json(session));
              new Encoded(Long.toString(session.revision()), done.revision(), body).send(context);
            })
        .onFailure(context::fail);
  }

  /** A verdict on a row. */
  record ReviewBody(
      String verdict, String correctedAnswer, List<Integer> correctedPages, String reason) {}

  private void review(RoutingContext context) {
    Params.only(context);
    ReviewBody body = PublicJson.read(context.body().buffer(), ReviewBody.class);
    String id = context.pathParam(ID);
    String questionId = context.pathParam("questionId");
    Requests.command(
            client,
            id,
            () ->
                new ReviewRow(
                    id,
                    questionId,
                    Verdict.ofLabel(body.verdict()),
                    body.correctedAnswer(),
                    body.correctedPages(),
                    body.reason(),
                    Params.ifMatch(context)))
        .compose(command -> Requests.send(context, client, command))
        .compose(reviewed -> client.ask(new Query.GetResults(id)))
        .onSuccess(done -> sendRow(context, done, questionId))
        .onFailure(context::fail);
  }

  private static void sendRow(RoutingContext context, Done<Query.Results> done, String questionId) {
    Query.Results results = done.value();
    QuestionSet.Question question =
        results.table().questions().questions().stream()
            .filter(asked -> asked.id().equals(questionId))
            .findFirst()
            .orElseThrow();
    Buffer row =
        PublicJson.encode(ResultsView.RowView.of(question, results.table().row(questionId)));
    String etag = Long.toString(results.session().revision());
    new Encoded(etag, done.revision(), row).send(context);
  }
}
