package dev.holdfast.page;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.options.RequestOptions;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.CreateSession;
import dev.holdfast.session.Query;
import dev.holdfast.session.Row;
import dev.holdfast.session.Session;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Sessions in every state, with the real answers of the sample, as somebody may have on screen. */
final class Showcase {
  private static final List<String> WORK =
      List.of(
          "Harbour crane rail replacement, lot 3",
          "Wastewater treatment plant Nordufer",
          "spec-2026-118_rev-C.pdf",
          "County road 14 bridge over the Ahl",
          "Hospital emergency power supply");
  private static final String LONG =
      "Technical specifications and special conditions for the replacement of the raw water intake,"
          + " low-lift pumping station and 900 mm transmission main, contract 2026-WS-0417, lot B";

  private final PageServer server;
  private final String documentId;
  private final List<Row> answers;

  /** A session whose table is filling. */
  final Session filling;

  Showcase(PageServer server, APIRequestContext requests) throws IOException {
    this.server = server;
    documentId = upload(requests);
    answers = answers();
    WORK.forEach(title -> finish(title, WORK.indexOf(title)));
    Session broken = begin("valve-schedule-scan.pdf", 12);
    server.fail(
        broken, "The model answered 503 five times in a row; the last 88 questions are open.");
    Session stopped = begin("Elevated tank repainting, Südstadt", 41);
    server.stop(stopped, "wrong revision of the specification");
    begin(LONG, 73);
    filling = begin("Pump station Riedhof, bid specification", 62);
  }

  private String upload(APIRequestContext requests) throws IOException {
    String created =
        requests
            .post(
                server.url() + "api/v1/documents?filename=pump-station-specification.pdf",
                RequestOptions.create()
                    .setHeader("Content-Type", "application/pdf")
                    .setHeader("X-Holdfast", "1")
                    .setData(PageIT.sample()))
            .text();
    return new JsonObject(created).getString("id");
  }

  private List<Row> answers() {
    String id = PageServer.await(server.client().create(PageServer.BID_SPEC, documentId)).id();
    Awaitility.await().until(() -> !session(id).state().isActive());
    return PageServer.await(server.client().results(id)).table().recordedRows();
  }

  private Session session(String id) {
    return PageServer.await(server.client().ask(new Query.GetSession(id))).value();
  }

  private Session begin(String title, int rows) {
    String id = SessionClient.newId();
    Session session =
        server.send(
            new CreateSession(id, title, "external", documentId, PageServer.BID_SPEC, 0, Map.of()));
    server.report(session, answers.subList(0, rows).toArray(Row[]::new));
    return session;
  }

  private void finish(String title, int number) {
    Session session = begin(title, 100 - number);
    server.complete(session);
  }
}
