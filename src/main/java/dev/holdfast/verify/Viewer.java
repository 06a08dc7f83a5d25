package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.verify.Listing.Item;
import dev.holdfast.verify.Shape.ResultsShape;

/** Reads single sessions and compares them with what is known. */
final class Viewer {
  private final Client client;
  private final Run run;
  private final Shape shape;

  Viewer(Client client) {
    this.client = client;
    this.run = client.run();
    this.shape = run.shape();
  }

  /** Views the results of a session. */
  void results(Known known) {
    Exchange exchange = client.get(shape.results().path().replace("{id}", known.id()));
    if (known.history() != null) {
      known.history().results(exchange);
    }
    if (isThere(known, exchange)) {
      observeResults(known, exchange);
    }
  }

  /** Views its line of the list alone. */
  void summary(Known known) {
    Exchange exchange = client.get(shape.summary().replace("{id}", known.id()));
    if (known.history() != null) {
      known.history().summary(exchange);
    }
    if (isThere(known, exchange)) {
      Item item = Listing.item(shape, exchange, null, 0, exchange.body());
      boolean ended = shape.isEnded(item.state());
      run.knowledge()
          .observe(
              known,
              exchange,
              Seen.by(exchange, false, item.attempt(), item.rows(), item.state(), ended));
    }
  }

  /** Whether it is shown; that it is not may be a violation. */
  private boolean isThere(Known known, Exchange exchange) {
    if (!exchange.isAnswered()) {
      return false;
    }
    if (shape.results().gone().contains(exchange.status())) {
      known.explainGone();
      return false;
    }
    boolean shown = exchange.isOk() && !hasFailed(exchange.body());
    if (known.mustBeThere(exchange.sent(), exchange.done())) {
      run.findings().compared(Check.VIEWABLE, 1);
      if (!shown) {
        notViewable(known, exchange);
      }
    }
    return shown;
  }

  /** As some servers say it with a status of 200. */
  private static boolean hasFailed(JsonNode body) {
    return body.path("success").isBoolean() && !body.path("success").asBoolean();
  }

  private void notViewable(Known known, Exchange exchange) {
    Step step = exchange.step("IT CANNOT BE VIEWED: " + Client.detail(exchange));
    run.findings()
        .add(
            new Violation(
                Check.VIEWABLE,
                "session " + known.id(),
                "it is known and cannot be viewed",
                known.timeline(step)));
  }

  private void observeResults(Known known, Exchange exchange) {
    ResultsShape results = shape.results();
    JsonNode body = exchange.body();
    String state = results.state().text(body);
    run.knowledge()
        .observe(
            known,
            exchange,
            Seen.by(
                exchange,
                false,
                shape.attempt(results.attempt(), body),
                results.answered(body),
                state,
                state != null && shape.isEnded(state)));
  }

  /** Whether the server says that a session which is not listed has gone. */
  boolean isExplained(Known known, Client asking) {
    Exchange exchange = asking.get(shape.results().path().replace("{id}", known.id()));
    boolean removed = exchange.isOk() && shape.results().removed().text(exchange.body()) != null;
    boolean explained =
        removed || !exchange.isAnswered() || shape.results().gone().contains(exchange.status());
    if (explained && exchange.isAnswered()) {
      known.explainGone();
    } else if (!explained) {
      known.note(exchange.step("asked because a list lacks it"));
    }
    return explained;
  }
}
