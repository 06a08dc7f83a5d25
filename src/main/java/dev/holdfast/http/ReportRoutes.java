package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Command;
import dev.holdfast.session.CompleteSession;
import dev.holdfast.session.FailSession;
import dev.holdfast.session.Failure;
import dev.holdfast.session.Query;
import dev.holdfast.session.Quote;
import dev.holdfast.session.Refusal;
import dev.holdfast.session.ReportRows;
import dev.holdfast.session.Row;
import dev.holdfast.session.RowStatus;
import dev.holdfast.session.Session;
import dev.holdfast.session.Statistics;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;

/** Reports of external analyses: rows, and how the attempt ended. */
final class ReportRoutes {
  private static final String ID = "id";
  private final SessionClient client;

  ReportRoutes(SessionClient client) {
    this.client = client;
  }

  void mount(Router router) {
    router.post("/api/v1/sessions/:id/rows").handler(this::rows);
    router.post("/api/v1/sessions/:id/complete").handler(this::complete);
    router.post("/api/v1/sessions/:id/fail").handler(this::fail);
  }

  record QuoteBody(int page, String text) {}

  record RowBody(
      String questionId,
      String status,
      String answer,
      List<Integer> pages,
      Double confidence,
      List<QuoteBody> quotes,
      String footnote) {

    Row toRow() {
      List<Quote> verbatim =
          quotes == null
              ? List.of()
              : quotes.stream().map(quote -> new Quote(quote.page(), quote.text())).toList();
      return new Row(questionId, status(status), answer, pages, confidence, verbatim, footnote, 0);
    }

    private static RowStatus status(String label) {
      for (RowStatus status : List.of(RowStatus.ANSWERED, RowStatus.NOT_FOUND)) {
        if (status.label().equals(label)) {
          return status;
        }
      }
      throw new IllegalArgumentException("status must be answered or not_found");
    }
  }

  record RowsBody(int attempt, List<RowBody> rows) {
    ReportRows toCommand(String sessionId) {
      if (rows == null) {
        throw new IllegalArgumentException("rows is missing");
      }
      return new ReportRows(sessionId, attempt, rows.stream().map(RowBody::toRow).toList());
    }
  }

  private void rows(RoutingContext context) {
    Params.only(context);
    RowsBody body = PublicJson.read(context.body().buffer(), RowsBody.class);
    int accepted = body.rows() == null ? 0 : body.rows().size();
    report(context, body.attempt(), () -> body.toCommand(context.pathParam(ID)), accepted);
  }

  record StatisticsBody(long tokens, Double costUsd) {}

  record CompleteBody(int attempt, StatisticsBody statistics) {
    Statistics cost() {
      return statistics == null
          ? Statistics.NONE
          : new Statistics(statistics.tokens(), statistics.costUsd());
    }
  }

  private void complete(RoutingContext context) {
    Params.only(context);
    CompleteBody body = PublicJson.read(context.body().buffer(), CompleteBody.class);
    String id = context.pathParam(ID);
    report(context, body.attempt(), () -> new CompleteSession(id, body.attempt(), body.cost()), 0);
  }

  record ErrorBody(String type, String message) {}

  record FailBody(int attempt, ErrorBody error) {
    Failure failure() {
      if (error == null) {
        throw new IllegalArgumentException("error is missing");
      }
      return new Failure(error.type(), error.message());
    }
  }

  private void fail(RoutingContext context) {
    Params.only(context);
    FailBody body = PublicJson.read(context.body().buffer(), FailBody.class);
    String id = context.pathParam(ID);
    report(context, body.attempt(), () -> new FailSession(id, body.attempt(), body.failure()), 0);
  }

  /** What a report came to: the revision of its last event and how many rows it added. */
  record ReportView(long revision, int accepted) {}

  private void report(
      RoutingContext context, int attempt, Supplier<Command<Session>> command, int accepted) {
    accepted(context, attempt, command)
        .compose(report -> Requests.send(context, client, report))
        .onSuccess(
            done ->
                context
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Holdfast-Revision", Long.toString(done.revision()))
                    .end(PublicJson.encode(new ReportView(done.revision(), accepted))))
        .onFailure(context::fail);
  }

  /**
   * The command; where a value is wrong, a session that would refuse the report anyway says so
   * first, so that a late worker learns that it is late.
   */
  private Future<Command<Session>> accepted(
      RoutingContext context, int attempt, Supplier<Command<Session>> command) {
    try {
      return Future.succeededFuture(Checked.value(command));
    } catch (ProblemException invalid) {
      return client
          .ask(new Query.GetSession(context.pathParam(ID)))
          .compose(done -> Future.failedFuture(late(done.value(), attempt, invalid)));
    }
  }

  private static ProblemException late(Session session, int attempt, ProblemException invalid) {
    if (session.attempt() != attempt) {
      return new ProblemException(
          Problem.Type.of(Refusal.STALE_ATTEMPT),
          "The current attempt is " + session.attempt() + "; stop reporting.");
    }
    return session.state().isActive()
        ? invalid
        : new ProblemException(
            Problem.Type.of(Refusal.SESSION_ENDED),
            "The session is " + session.state().label() + "; stop reporting.");
  }
}
