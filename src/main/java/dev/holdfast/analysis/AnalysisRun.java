package dev.holdfast.analysis;

import dev.holdfast.bus.RefusedException;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Command;
import dev.holdfast.session.CompleteSession;
import dev.holdfast.session.FailSession;
import dev.holdfast.session.Failure;
import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Refusal;
import dev.holdfast.session.ReportRows;
import dev.holdfast.session.Row;
import dev.holdfast.session.Session;
import dev.holdfast.session.Statistics;
import dev.holdfast.store.Store;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of one session: answers the open questions one by one and reports each. */
final class AnalysisRun implements Callable<Void> {
  private static final Logger LOG = LoggerFactory.getLogger(AnalysisRun.class);
  private static final long PAUSE_MILLIS = 500;

  /** Refusals that pass: the row is reported again until it is taken or the run is over. */
  private static final Set<Refusal> PASSING =
      Set.of(
          Refusal.JOURNAL_UNAVAILABLE,
          Refusal.OWNER_UNAVAILABLE,
          Refusal.OVERLOADED,
          Refusal.DEADLINE_PASSED);

  private final Store store;
  private final SessionClient client;
  private final String sessionId;
  private final int attempt;
  private volatile boolean cancelled;

  AnalysisRun(Store store, SessionClient client, String sessionId, int attempt) {
    this.store = store;
    this.client = client;
    this.sessionId = sessionId;
    this.attempt = attempt;
  }

  /** Takes effect before the next question. */
  void cancel() {
    cancelled = true;
  }

  /** Returns when the session has ended, by this run or by somebody else. */
  @Override
  public Void call() throws InterruptedException {
    try {
      answerAll();
    } catch (RefusedException refused) {
      LOG.info("run over session={} attempt={}: {}", sessionId, attempt, refused.getMessage());
    } catch (ExecutionException | RuntimeException e) {
      LOG.error("run broke session={} attempt={}", sessionId, attempt, e);
      reportFailure();
    }
    return null;
  }

  private void answerAll() throws ExecutionException, InterruptedException {
    Query.Results results = await(client.results(sessionId));
    Session session = results.session();
    List<String> pages = await(store.pages(session.document().id()));
    try (Retrieval retrieval = Retrieval.over(pages)) {
      for (QuestionSet.Question question : results.open()) {
        if (cancelled) {
          return;
        }
        report(retrieval.answer(question, attempt));
      }
    }
    send(new CompleteSession(sessionId, attempt, Statistics.NONE));
  }

  private void report(Row row) throws ExecutionException, InterruptedException {
    send(new ReportRows(sessionId, attempt, List.of(row)));
  }

  private void send(Command<Session> command) throws ExecutionException, InterruptedException {
    while (!cancelled) {
      try {
        await(client.send(command));
        return;
      } catch (RefusedException refused) {
        if (!PASSING.contains(refused.reason())) {
          throw refused;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private void reportFailure() throws InterruptedException {
    try {
      Failure error =
          new Failure("analysis-failed", "The analyzer broke; the server's log says how.");
      send(new FailSession(sessionId, attempt, error));
    } catch (ExecutionException | RefusedException e) {
      LOG.warn("failure not reported session={} attempt={}", sessionId, attempt, e);
    }
  }

  private static <T> T await(Future<T> future) throws ExecutionException, InterruptedException {
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
