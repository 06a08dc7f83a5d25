package dev.holdfast.page;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.RetrySession;
import dev.holdfast.session.Row;
import dev.holdfast.session.Session;
import dev.holdfast.session.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.awaitility.Awaitility;

/** Sessions with the real answers of the sample, as a person may have them on the session page. */
final class SessionShowcase {
  final String documentId;

  /** A session whose table is filling. */
  final Session filling;

  /** One that somebody stopped. */
  final Session stopped;

  /** A complete one, of which some rows are reviewed. */
  final Session reviewed;

  /** A retry of that, with other answers in places. */
  final Session retry;

  SessionShowcase(SessionServer sessions) throws IOException {
    PageServer server = sessions.server;
    documentId = sessions.upload(PageIT.sample(), "pump-station-specification.pdf");
    List<Row> answers = answers(sessions);
    filling = begin(sessions, "Pump station Riedhof, bid specification", answers.subList(0, 62));
    stopped = begin(sessions, "Elevated tank repainting, Südstadt", answers.subList(0, 41));
    server.stop(stopped, "wrong revision of the specification");
    reviewed = begin(sessions, "Hospital emergency power supply", answers);
    server.complete(reviewed);
    sessions.review(reviewed, "Q1", Verdict.ACCEPTED, null, null);
    sessions.review(reviewed, "Q2", Verdict.CORRECTED, "2026-07-WW", "without the rest");
    sessions.review(reviewed, "Q4", Verdict.REJECTED, null, "the firm was replaced");
    RetrySession again =
        new RetrySession(
            reviewed.id(), SessionClient.newId(), "new glossary", OptionalLong.empty());
    retry = server.send(again);
    server.report(retry, answers.toArray(Row[]::new));
    server.report(retry, SessionServer.answer("Q7", "The Office of the Town Clerk.", 0.71));
  }

  private Session begin(SessionServer sessions, String title, List<Row> rows) {
    return sessions.on(documentId, title, PageServer.BID_SPEC, rows.toArray(Row[]::new));
  }

  /** What the analyzer finds in the sample. */
  private List<Row> answers(SessionServer sessions) {
    SessionClient client = sessions.server.client();
    Session analysed = PageServer.await(client.create(PageServer.BID_SPEC, documentId));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !sessions.now(analysed).state().isActive());
    return PageServer.await(client.results(analysed.id())).table().recordedRows();
  }
}
