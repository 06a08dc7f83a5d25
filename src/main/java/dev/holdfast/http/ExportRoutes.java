package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Query;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionState;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table as a file. */
final class ExportRoutes {
  private final SessionClient client;

  ExportRoutes(SessionClient client) {
    this.client = client;
  }

  void mount(Router router) {
    Requests.read(router, "/api/v1/sessions/:id/export").handler(this::export);
  }

  private void export(RoutingContext context) {
    Params.only(context, "format");
    String format = context.queryParams().get("format");
    if (!"csv".equals(format) && !"json".equals(format)) {
      throw new ProblemException(Problem.Type.BAD_PARAMETER, "format must be csv or json.");
    }
    client
        .ask(new Query.GetResults(context.pathParam("id")))
        .onSuccess(
            done -> {
              ResultsView results = ResultsView.of(done.value());
              boolean csv = format.equals("csv");
              Buffer body = csv ? csv(results) : PublicJson.encode(json(results));
              context
                  .response()
                  .putHeader("Holdfast-Revision", Long.toString(done.revision()))
                  .putHeader("Content-Type", csv ? "text/csv; charset=utf-8" : "application/json")
                  .putHeader(
                      "Content-Disposition",
                      "attachment; filename=\"" + filename(done.value().session(), format) + "\"")
                  .end(body);
            })
        .onFailure(context::fail);
  }

  /** Letters and digits of the title only: a header is no place for anything else. */
  private static String filename(Session session, String format) {
    String name = session.title().replaceAll("[^A-Za-z0-9._-]+", "-");
    String shown = name.substring(0, Math.min(60, name.length()));
    String partial = isPartial(session) ? "-partial" : "";
    return shown + partial + "." + format;
  }

  private static boolean isPartial(Session session) {
    return session.state() != SessionState.COMPLETED;
  }

  /**
   * @param partial true unless the session is completed
   */
  record JsonExport(boolean partial, ResultsView results) {}

  private static JsonExport json(ResultsView results) {
    return new JsonExport(!results.session().state().equals("completed"), results);
  }

  private static Buffer csv(ResultsView results) {
    SessionView session = results.session();
    StringBuilder csv = new StringBuilder("\ufeff");
    if (!session.state().equals("completed")) {
      line(
          csv,
          List.of(
              "PARTIAL: the session is "
                  + session.state()
                  + ", "
                  + (session.progress().answered() + session.progress().notFound())
                  + " of "
                  + session.progress().total()
                  + " questions are settled"));
    }
    line(
        csv,
        List.of(
            "Section",
            "Id",
            "Question",
            "Status",
            "Answer",
            "Pages",
            "Confidence",
            "Quotes",
            "Footnote"));
    results
        .sections()
        .forEach(section -> section.rows().forEach(row -> line(csv, cells(section, row))));
    return Buffer.buffer(csv.toString());
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

  private static void line(StringBuilder csv, List<String> cells) {
    csv.append(cells.stream().map(ExportRoutes::cell).collect(Collectors.joining(",")));
    csv.append("\r\n");
  }

  /** A cell that a spreadsheet shows as it is: never a formula, always quoted. */
  static String cell(String text) {
    boolean formula =
        !text.isEmpty() && "=+-@\t\r\uff1d\uff0b\uff0d\uff20".indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
