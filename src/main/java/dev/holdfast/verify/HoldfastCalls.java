package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be done to the external sessions of Holdfast; all of it goes into their histories. */
final class HoldfastCalls implements Calls {
  private static final String SESSIONS = "/api/v1/sessions";
  private static final int QUESTIONS_MAX = 5;
  private static final Set<Integer> EXPECTED = Set.of(200, 201, 204, 404, 409, 410);

  private final Run run;
  private final int operationsMax;
  private final String questionSet;
  private final List<String> questions = new ArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();

  /** Takes the smallest of the question sets that are stored. */
  HoldfastCalls(Client client, int operationsMax) {
    this.run = client.run();
    this.operationsMax = operationsMax;
    JsonNode smallest = null;
    for (JsonNode set : client.get("/api/v1/question-sets").body().path("items")) {
      boolean smaller =
          smallest == null || set.path("questions").asInt() < smallest.path("questions").asInt();
      smallest = smaller ? set : smallest;
    }
    if (smallest == null) {
      throw new CannotCheck("the server has no question sets: is it Holdfast?");
    }
    questionSet = smallest.path("name").asText() + "@" + smallest.path("version").asInt();
    for (JsonNode section :
        client.get("/api/v1/question-sets/" + questionSet).body().path("sections")) {
      section.path("questions").forEach(question -> questions.add(question.path("id").asText()));
    }
  }

  @Override
  public boolean canCreate() {
    return true;
  }

  @Override
  public boolean canStop() {
    return true;
  }

  @Override
  public Known create(Client client) {
    ObjectNode body = object().put("questionSet", questionSet).put("analyzer", "external");
    body.put("title", "verify " + run.plan().seed());
    Exchange exchange = send(client, "POST", SESSIONS, body);
    if (!exchange.isOk()) {
      return null;
    }
    String id = exchange.body().path("id").asText();
    Known known = run.knowledge().created(id, exchange.done(), new History(operationsMax));
    known.saw(Seen.by(exchange, true, 1, 0, "running", false), exchange.step("creates it"));
    return known;
  }

  @Override
  public void work(Client client, Known known) {
    report(client, known, attempt(known));
  }

  @Override
  public void finish(Client client, Known known) {
    end(client, known, attempt(known), true);
  }

  /** The latest attempt that anybody was told of. */
  int attempt(Known known) {
    Seen seen = known.asOf(Known.NEVER);
    return seen == null ? 1 : seen.attempt();
  }

  /** Reports one row with an answer that is given only once. */
  void report(Client client, Known known, int attempt) {
    int asked = Math.min(QUESTIONS_MAX, questions.size());
    String question = questions.get(client.random().nextInt(asked));
    String answer = "a" + answers.incrementAndGet();
    ObjectNode body = object().put("attempt", attempt);
    body.putArray("rows")
        .addObject()
        .put("questionId", question)
        .put("status", "answered")
        .put("answer", answer);
    Exchange exchange = send(client, "POST", path(known) + "/rows", body);
    known.history().report(exchange, attempt, question, answer);
    if (exchange.isOk()) {
      Seen seen = Seen.by(exchange, true, attempt, 1, null, false);
      known.saw(seen, exchange.step("reports " + question + " in attempt " + attempt));
    }
  }

  @Override
  public void stop(Client client, Known known) {
    Exchange exchange = send(client, "POST", path(known) + "/stop", null);
    known.history().stop(exchange);
    if (exchange.isOk()) {
      sawSession(known, exchange, exchange.body().path("session"), "stops it");
    } else {
      refused(known, exchange);
    }
  }

  /** Ends the attempt as {@code complete} or {@code fail}. */
  void end(Client client, Known known, int attempt, boolean completes) {
    ObjectNode body = object().put("attempt", attempt);
    if (!completes) {
      body.putObject("error").put("type", "verify").put("message", "it is to fail");
    }
    String call = completes ? "/complete" : "/fail";
    Exchange exchange = send(client, "POST", path(known) + call, body);
    String state = completes ? "completed" : "failed";
    known.history().end(exchange, attempt, state);
    if (exchange.isOk()) {
      known.saw(Seen.by(exchange, true, attempt, -1, state, true), exchange.step(state));
    } else {
      refused(known, exchange);
    }
  }

  void resume(Client client, Known known) {
    Exchange exchange = send(client, "POST", path(known) + "/resume", object());
    known.history().resume(exchange);
    if (exchange.isOk()) {
      sawSession(known, exchange, exchange.body(), "resumes it");
    } else {
      refused(known, exchange);
    }
  }

  @Override
  public void delete(Client client, Known known) {
    known.deleting(run.now());
    Exchange exchange = send(client, "DELETE", path(known) + "?force=true", null);
    known.history().delete(exchange);
    known.note(exchange.step("deletes it"));
    if (exchange.isOk()) {
      known.deleted(exchange);
    }
  }

  private void sawSession(Known known, Exchange exchange, JsonNode session, String what) {
    String state = session.path("state").asText();
    Seen seen =
        Seen.by(
            exchange,
            true,
            session.path("attempt").asInt(),
            run.shape().list().rows(session),
            state,
            run.shape().isEnded(state));
    run.knowledge().observe(known, exchange, seen, exchange.step(what + ": " + seen.text()));
  }

  private static void refused(Known known, Exchange exchange) {
    known.note(exchange.step(Client.detail(exchange)));
  }

  private Exchange send(Client client, String method, String path, ObjectNode body) {
    Exchange exchange = client.send(method, path, body);
    if (exchange.isAnswered() && !EXPECTED.contains(exchange.status())) {
      throw new CannotCheck(
          exchange.what() + " answered " + exchange.status() + ": " + Client.detail(exchange));
    }
    return exchange;
  }

  private static String path(Known known) {
    return SESSIONS + "/" + known.id();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
