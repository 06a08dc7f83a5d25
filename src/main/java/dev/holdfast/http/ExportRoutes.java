package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionState;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table as a file. */
final class ExportRoutes implements Exports.Content<Query.Results> {
  private static final int TITLE_CHARS_MAX = 60;
  private static final List<String> HEAD =
      List.of(
          "Section",
          "Id",
          "Question",
          "Status",
          "Answer",
          "Pages",
          "Confidence",
          "Quotes",
          "Footnote");

  private final SessionClient client;
  private final Exports exports;

  ExportRoutes(SessionClient client, Exports exports) {
    this.client = client;
    this.exports = exports;
  }

  void mount(Router router) {
    Requests.read(router, "/api/v1/sessions/:id/export").handler(this::export);
  }

  private void export(RoutingContext context) {
    Params.only(context, "format");
    exports.send(context, () -> client.ask(new Query.GetResults(context.pathParam("id"))), this);
  }

  @Override
  public String name(Done<Query.Results> done) {
    Session session = done.value().session();
    String title =
        session.title().substring(0, Math.min(TITLE_CHARS_MAX, session.title().length()));
    return title + (isPartial(session) ? "-partial" : "");
  }

  @Override
  public Buffer json(Done<Query.Results> done) {
    ResultsView results = ResultsView.of(done.value());
    return PublicJson.encode(new JsonExport(isPartial(done.value().session()), results));
  }

  @Override
  public Sheet sheet(Done<Query.Results> done) {
    ResultsView results = ResultsView.of(done.value());
    List<List<String>> rows =
        results.sections().stream()
            .flatMap(section -> section.rows().stream().map(row -> cells(section, row)))
            .toList();
    return new Sheet("Answers", notes(results.session()), HEAD, rows);
  }

  private static boolean isPartial(Session session) {
    return session.state() != SessionState.COMPLETED;
  }

  /**
   * @param partial true unless the session is completed
   */
  record JsonExport(boolean partial, ResultsView results) {}

  private static List<String> notes(SessionView session) {
    SessionView.Progress progress = session.progress();
    return session.state().equals("completed")
        ? List.of()
        : List.of(
            "PARTIAL: the session is "
                + session.state()
                + ", "
                + (progress.answered() + progress.notFound())
                + " of "
                + progress.total()
                + " questions are settled");
  }

  private static List<String> cells(ResultsView.Section section, ResultsView.RowView row) {
    return List.of(
        section.name(),
        row.questionId(),
        row.question(),
        row.status(),
        row.answer() == null ? "" : row.answer(),
        row.pages().stream().map(String::valueOf).collect(Collectors.joining("; ")),
        row.confidence() == null ? "" : String.format(Locale.ROOT, "%.2f", row.confidence()),
        row.quotes().stream()
            .map(quote -> "p. " + quote.page() + ": " + quote.text())
            .collect(Collectors.joining("\n")),
        row.footnote() == null ? "" : row.footnote());
  }
}
