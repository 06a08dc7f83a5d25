package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionState;
import dev.holdfast.store.Store;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of a session as a file, now or as it was. */
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
          "Footnote",
          "Review",
          "Analyzer's answer");

  private final SessionClient client;
  private final PastReads past;
  private final Exports exports;

  ExportRoutes(SessionClient client, Store store, Exports exports) {
    this.client = client;
    this.past = new PastReads(client, store);
    this.exports = exports;
  }

  void mount(Router router) {
    Requests.read(router, "/api/v1/sessions/:id/export").handler(this::export);
  }

  private void export(RoutingContext context) {
    Params.only(context, "format", "at");
    String id = context.pathParam("id");
    String at = Params.text(context, "at");
    exports.send(
        context,
        () -> at == null ? client.ask(new Query.GetResults(id)) : past.results(id, at),
        this);
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
  public Buffer xlsx(Done<Query.Results> done) {
    ResultsView results = ResultsView.of(done.value());
    return SessionWorkbook.of(results, banner(results.session()));
  }

  @Override
  public Sheet sheet(Done<Query.Results> done) {
    ResultsView results = ResultsView.of(done.value());
    List<List<String>> rows =
        results.sections().stream()
            .flatMap(section -> section.rows().stream().map(row -> cells(section, row)))
            .toList();
    return new Sheet("Answers", notes(results.session(), rows), HEAD, rows);
  }

  private static boolean isPartial(Session session) {
    return session.state() != SessionState.COMPLETED;
  }

  /**
   * @param partial true unless the session is completed
   */
  record JsonExport(boolean partial, ResultsView results) {}

  /** Says that the table is not whole; null where it is. */
  private static String banner(SessionView session) {
    SessionView.Progress progress = session.progress();
    return session.state().equals("completed")
        ? null
        : "PARTIAL: the session is "
            + session.state()
            + ", "
            + (progress.answered() + progress.notFound())
            + " of "
            + progress.total()
            + " questions are settled";
  }

  /** What a reader of the file must know before its first line. */
  static List<String> notes(SessionView session, List<List<String>> rows) {
    List<String> notes = new ArrayList<>();
    if (banner(session) != null) {
      notes.add(banner(session));
    }
    long tooLong =
        rows.stream()
            .flatMap(List::stream)
            .filter(cell -> cell.length() >= Cells.EXCEL_CHARS_MAX)
            .count();
    if (tooLong > 0) {
      notes.add(
          "LONG: Excel cuts cells with more than "
              + Cells.EXCEL_CHARS_MAX
              + " characters when it opens this file, here "
              + tooLong
              + "; the file itself, and the export for Excel, have them whole");
    }
    return notes;
  }

  private static List<String> cells(ResultsView.Section section, ResultsView.RowView row) {
    return List.of(
        section.name(),
        row.questionId(),
        row.question(),
        row.status(),
        standing(row),
        pages(row),
        confidence(row.confidence()),
        row.quotes().stream()
            .map(quote -> "p. " + quote.page() + ": " + quote.text())
            .collect(Collectors.joining("\n")),
        row.footnote() == null ? "" : row.footnote(),
        review(row),
        isCorrected(row) && row.answer() != null ? row.answer() : "");
  }

  static boolean isCorrected(ResultsView.RowView row) {
    return row.review() != null && row.review().correctedAnswer() != null;
  }

  /** The answer as people corrected it, else the analyzer's. */
  static String standing(ResultsView.RowView row) {
    if (isCorrected(row)) {
      return row.review().correctedAnswer();
    }
    return row.answer() == null ? "" : row.answer();
  }

  /** The pages of the answer that stands. */
  static String pages(ResultsView.RowView row) {
    boolean corrected = isCorrected(row) && !row.review().correctedPages().isEmpty();
    List<Integer> pages = corrected ? row.review().correctedPages() : row.pages();
    return pages.stream().map(String::valueOf).collect(Collectors.joining("; "));
  }

  static String confidence(Double confidence) {
    return confidence == null ? "" : String.format(Locale.ROOT, "%.2f", confidence);
  }

  static String review(ResultsView.RowView row) {
    ResultsView.ReviewView review = row.review();
    if (review == null) {
      return "";
    }
    String why = review.reason() == null ? "" : ": " + review.reason();
    return review.verdict() + " by " + review.by() + " at " + review.at() + why;
  }

  static String questionSet(SessionView session) {
    return session.questionSet().name() + ", version " + session.questionSet().version();
  }
}
