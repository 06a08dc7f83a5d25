package dev.holdfast.page;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.CreateSession;
import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Quote;
import dev.holdfast.session.ReviewRow;
import dev.holdfast.session.Row;
import dev.holdfast.session.RowStatus;
import dev.holdfast.session.Session;
import dev.holdfast.session.StoreQuestionSet;
import dev.holdfast.session.Verdict;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One server for all tests of a class, and the sessions that they look at. Register it before the
 * browser, whose windows then close before it stops.
 */
final class SessionServer implements BeforeAllCallback, AfterAllCallback {
  /** A busy machine takes its time; what is wrong stays wrong. */
  private static final int PATIENCE_MILLIS = 20_000;

  final PageServer server = new PageServer();

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    server.beforeEach(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    server.afterEach(context);
  }

  /** Stores a document; its id. */
  String upload(byte[] pdf, String filename) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "api/v1/documents?filename=" + filename))
            .header("Content-Type", "application/pdf")
            .header("X-Holdfast", "1")
            .POST(BodyPublishers.ofByteArray(pdf))
            .build();
    try {
      String created = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      return new JsonObject(created).getString("id");
    } catch (IOException e) {
      throw new AssertionError("the upload broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Stores a question set with one section for each count of questions: Q1, Q2 and so on. */
  void questions(String name, int... counts) {
    int[] asked = {0};
    List<QuestionSet.Section> sections =
        IntStream.range(0, counts.length)
            .mapToObj(
                section ->
                    new QuestionSet.Section(
                        "s" + section,
                        "Section " + (section + 1),
                        IntStream.range(0, counts[section])
                            .mapToObj(i -> "Q" + ++asked[0])
                            .map(id -> new QuestionSet.Question(id, "What about " + id + "?"))
                            .toList()))
            .toList();
    server.send(new StoreQuestionSet(new QuestionSet(name, 0, "Questions", sections)));
  }

  /** A running session on a document, whose rows come from the test. */
  Session on(String documentId, String title, String questionSet, Row... rows) {
    Session session =
        server.send(
            new CreateSession(
                SessionClient.newId(), title, "external", documentId, questionSet, 0, Map.of()));
    if (rows.length > 0) {
      server.report(session, rows);
    }
    return session;
  }

  /** A row whose answer rests on quotes; it cites the pages of those. */
  static Row answer(String question, String text, double confidence, Quote... quotes) {
    List<Integer> pages = List.of(quotes).stream().map(Quote::page).distinct().toList();
    return new Row(question, RowStatus.ANSWERED, text, pages, confidence, List.of(quotes), null, 0);
  }

  static Row notFound(String question) {
    return new Row(question, RowStatus.NOT_FOUND, null, List.of(), 0.1, List.of(), null, 0);
  }

  /** Somebody else's verdict on a row. */
  void review(Session session, String question, Verdict verdict, String corrected, String reason) {
    server.send(
        new ReviewRow(
            session.id(), question, verdict, corrected, List.of(), reason, OptionalLong.empty()));
  }

  Row row(Session session, String question) {
    return PageServer.await(server.client().results(session.id())).table().row(question);
  }

  Session now(Session session) {
    return PageServer.await(server.client().ask(new Query.GetSession(session.id()))).value();
  }
}
