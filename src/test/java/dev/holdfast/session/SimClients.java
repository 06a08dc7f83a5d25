package dev.holdfast.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Clients and workers: they send, wait, try again under the same command id, and repeat requests
 * with an idempotency key.
 */
final class SimClients {
  /** What tells a worker that its attempt is over. */
  private static final Set<Refusal> OVER =
      Set.of(Refusal.STALE_ATTEMPT, Refusal.SESSION_ENDED, Refusal.GONE, Refusal.NOT_FOUND);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LATEST = 8;

  /** A command that was sent for the first time at some instant. */
  private record Call(Envelope<?> envelope, Instant at, boolean byWorker) {}

  private final Random random;
  private final SimNet net;
  private final SimServer server;
  private final SimCommands commands;
  private final Map<String, Call> open = new TreeMap<>();
  private final List<Call> sent = new ArrayList<>();
  private final List<Envelope<?>> keyed = new ArrayList<>();
  private final Map<String, Integer> running = new TreeMap<>();

  SimClients(Random random, SimNet net, SimServer server, SimCommands commands) {
    this.random = random;
    this.net = net;
    this.server = server;
    this.commands = commands;
  }

  void send(Envelope<?> envelope) {
    send(new Call(envelope, server.now(), false));
  }

  private void send(Call call) {
    Envelope<?> envelope = call.envelope();
    open.put(envelope.commandId(), call);
    sent.add(call);
    if (envelope.key() != null && !envelope.key().isOfOneRequest()) {
      keyed.add(envelope);
    }
    server.story().say("send", envelope);
    go(call);
  }

  private void go(Call call) {
    net.send(() -> server.submit(call.envelope(), reply -> received(call, reply)));
  }

  /** Somebody has waited long enough, or a message comes once more long after the answer. */
  void retry() {
    if (!sent.isEmpty()) {
      Call call = sent.get(Math.max(0, sent.size() - 1 - random.nextInt(LATEST)));
      if (isPatient(call)) {
        again(call);
      }
    }
  }

  private boolean isPatient(Call call) {
    return server.now().isBefore(call.at().plus(PATIENCE));
  }

  private void again(Call call) {
    Envelope<?> first = call.envelope();
    server.story().say("send again", first.commandId());
    Envelope<?> envelope = commands.later(first, server.now());
    go(new Call(envelope, call.at(), call.byWorker()));
  }

  /** A request with a key is made once more, as a new command; now and then a different one. */
  void repeat() {
    if (!keyed.isEmpty()) {
      Envelope<?> first = keyed.get(keyed.size() - 1 - random.nextInt(Math.min(keyed.size(), 6)));
      send(commands.repeated(first, server.now()));
    }
  }

  private void received(Call call, Reply<?> reply) {
    Envelope<?> envelope = call.envelope();
    if (reply instanceof Reply.Refused<?> refused) {
      if (refused.reason() == Refusal.OWNER_UNAVAILABLE) {
        return;
      }
      commands.refused(envelope, refused.reason());
    }
    open.remove(envelope.commandId());
    if (call.byWorker() && envelope.command() instanceof Command.OnAttempt report) {
      boolean ended = reply instanceof Reply.Done<?> && !(report instanceof ReportRows);
      if (ended || (reply instanceof Reply.Refused<?> no && OVER.contains(no.reason()))) {
        running.remove(report.sessionId(), report.attempt());
      }
    }
  }

  void start(String sessionId, int attempt) {
    running.put(sessionId, attempt);
  }

  void cancel(String sessionId, int attempt) {
    running.remove(sessionId, attempt);
  }

  /** The process of the built-in workers is gone, and with it what they wanted to say. */
  void loseWorkers() {
    running.clear();
    open.values().removeIf(Call::byWorker);
  }

  int running() {
    return running.size();
  }

  /** Any worker reports something. */
  void work() {
    if (!running.isEmpty()) {
      List<String> ids = List.copyOf(running.keySet());
      String id = ids.get(random.nextInt(ids.size()));
      Envelope<?> report = commands.report(id, running.get(id), server.now());
      send(new Call(report, server.now(), true));
    }
  }

  /** The first worker comes to its end. */
  void complete() {
    String id = running.keySet().iterator().next();
    Envelope<?> end = commands.complete(id, running.get(id), server.now());
    send(new Call(end, server.now(), true));
  }

  /** Everybody who still waits tries again, or has given up. */
  void retryAll() {
    open.values().removeIf(call -> !isPatient(call));
    new HashMap<>(open).keySet().stream().sorted().forEach(id -> again(open.get(id)));
  }

  Set<String> waiting() {
    return open.keySet();
  }
}
