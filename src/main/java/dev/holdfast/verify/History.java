package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** All operations on one session of Holdfast that nobody but verify works on. */
final class History {
  private static final int TRIES_MAX = 500_000;

  private final int operationsMax;
  private final List<Operation<SessionModel>> operations = new ArrayList<>();

  /**
   * @param operationsMax after which reads are not recorded any more; that loses nothing but power
   */
  History(int operationsMax) {
    this.operationsMax = operationsMax;
  }

  synchronized boolean isFull() {
    return operations.size() >= operationsMax;
  }

  synchronized int size() {
    return operations.size();
  }

  synchronized List<Operation<SessionModel>> operations() {
    return List.copyOf(operations);
  }

  Linearizability.Result<SessionModel> check() {
    return Linearizability.check(operations(), SessionModel.CREATED, TRIES_MAX);
  }

  void report(Exchange exchange, int attempt, String question, String answer) {
    int status = status(exchange);
    String what = exchange.what() + " " + question + "=" + answer + " of attempt " + attempt;
    change(exchange, what, before -> before.report(status, attempt, question, answer));
  }

  void end(Exchange exchange, int attempt, String as) {
    int status = status(exchange);
    change(
        exchange,
        exchange.what() + " attempt " + attempt,
        before -> before.end(status, attempt, as));
  }

  void resume(Exchange exchange) {
    int status = status(exchange);
    change(exchange, exchange.what(), before -> before.resume(status));
  }

  void delete(Exchange exchange) {
    int status = exchange.status() == 204 ? 200 : status(exchange);
    change(exchange, exchange.what(), before -> before.delete(status));
  }

  /** A stop shows the table, too: that is a read in the time of the same request. */
  void stop(Exchange exchange) {
    int status = status(exchange);
    change(exchange, exchange.what(), before -> before.stop(status));
    if (exchange.isOk()) {
      shown(exchange, exchange.body().path("results"));
    }
  }

  void results(Exchange exchange) {
    if (exchange.isAnswered() && !isFull()) {
      shown(exchange, exchange.body());
    }
  }

  private void shown(Exchange exchange, JsonNode results) {
    Map<String, String> rows = new TreeMap<>();
    for (JsonNode section : results.path("sections")) {
      for (JsonNode row : section.path("rows")) {
        if (!row.path("status").asText().equals("pending")) {
          rows.put(row.path("questionId").asText(), row.path("answer").asText());
        }
      }
    }
    String state = results.path("session").path("state").asText();
    int attempt = results.path("session").path("attempt").asInt();
    int status = exchange.status();
    String what = exchange.what() + " shows " + state + ", attempt " + attempt + ", rows " + rows;
    add(exchange, what, before -> before.results(status, state, attempt, rows));
  }

  void summary(Exchange exchange) {
    if (exchange.isAnswered() && !isFull()) {
      JsonNode body = exchange.body();
      String state = body.path("state").asText();
      int attempt = body.path("attempt").asInt();
      int rows = body.at("/progress/answered").asInt() + body.at("/progress/notFound").asInt();
      int status = exchange.status();
      String what =
          exchange.what() + " shows " + state + ", attempt " + attempt + ", " + rows + " rows";
      add(exchange, what, before -> before.summary(status, state, attempt, rows));
    }
  }

  /** A change that the server refused for its load did not happen; after silence it may have. */
  private static int status(Exchange exchange) {
    return exchange.isAnswered() ? exchange.status() : 0;
  }

  private void change(Exchange exchange, String what, UnaryOperator<SessionModel> effect) {
    if (exchange.status() != 429) {
      add(exchange, what, effect);
    }
  }

  private synchronized void add(
      Exchange exchange, String what, UnaryOperator<SessionModel> effect) {
    long returned = exchange.isAnswered() ? exchange.done() : Operation.OPEN;
    String outcome = what + " → " + exchange.outcome();
    operations.add(new Operation<>(exchange.who(), outcome, exchange.sent(), returned, effect));
  }
}
