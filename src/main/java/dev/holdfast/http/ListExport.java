package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Document;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.Session;
import dev.holdfast.store.Store;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** The list as a file: all sessions that match, as of one revision. */
final class ListExport implements Exports.Content<Query.Page> {
  /** Sessions in one file. */
  static final int SESSIONS_MAX = 10_000;

  private static final List<String> HEAD =
      List.of(
          "Id",
          "Title",
          "State",
          "Reason",
          "Error",
          "Answered",
          "Not found",
          "Questions",
          "Average confidence",
          "Document",
          "Pages",
          "Question set",
          "Labels",
          "Created by",
          "Created at",
          "Started at",
          "Ended at",
          "Expires at",
          "Pinned",
          "Attempt",
          "Retry of",
          "Revision");

  private final SessionLists lists;
  private final EncodedSessions encoded;
  private final Exports exports;

  ListExport(SessionClient client, Store store, EncodedSessions encoded, Exports exports) {
    this.lists = new SessionLists(client, store);
    this.encoded = encoded;
    this.exports = exports;
  }

  /** Before the route of a single session, which would take {@code export} for an id. */
  void mount(Router router) {
    Requests.read(router, "/api/v1/sessions/export").handler(this::export);
  }

  private void export(RoutingContext context) {
    Params.only(context, ListFilter.parameters("format"));
    ListFilter filter = ListFilter.all(context, SESSIONS_MAX);
    exports.send(context, () -> lists.page(filter).map(ListExport::whole), this);
  }

  /** A file that silently lacks sessions would be taken for all of them. */
  private static Done<Query.Page> whole(Done<Query.Page> done) {
    if (done.value().next() != null) {
      throw new ProblemException(
          Problem.Type.TOO_LARGE,
          "A file may hold "
              + SESSIONS_MAX
              + " sessions and "
              + done.value().matching()
              + " match; filter more.");
    }
    return done;
  }

  @Override
  public String name(Done<Query.Page> done) {
    return "holdfast-sessions-" + done.revision();
  }

  @Override
  public Buffer json(Done<Query.Page> done) {
    return SessionLists.json(encoded, done, null);
  }

  @Override
  public Sheet sheet(Done<Query.Page> done) {
    List<List<String>> rows = done.value().items().stream().map(ListExport::cells).toList();
    return new Sheet("Sessions", List.of(), HEAD, rows);
  }

  private static List<String> cells(Session session) {
    Document document = session.document();
    Double confidence = session.progress().averageConfidence();
    return List.of(
        session.id(),
        session.title(),
        session.state().label(),
        text(session.reason()),
        session.error() == null ? "" : session.error().message(),
        text(session.progress().answered()),
        text(session.progress().notFound()),
        text(session.questionSet().questions()),
        confidence == null ? "" : String.format(Locale.ROOT, "%.2f", confidence),
        document == null ? "" : document.filename(),
        document == null ? "" : text(document.pages()),
        session.questionSet().name() + "@" + session.questionSet().version(),
        labels(session),
        text(session.createdBy()),
        text(session.createdAt()),
        text(session.startedAt()),
        text(session.endedAt()),
        text(session.expiresAt()),
        session.pinned() ? "pinned" : "",
        text(session.attempt()),
        text(session.retryOf()),
        text(session.revision()));
  }

  private static String labels(Session session) {
    return session.labels().entrySet().stream()
        .map(label -> label.getKey() + ":" + label.getValue())
        .sorted()
        .collect(Collectors.joining("; "));
  }

  private static String text(Object value) {
    return Objects.toString(value, "");
  }
}
