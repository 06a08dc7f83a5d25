package dev.holdfast.bench;

import dev.holdfast.session.StoreQuestionSet;
import dev.holdfast.session.ReportRows;
import dev.holdfast.session.CreateSession;
import static dev.holdfast.bench.Api.await;

import dev.holdfast.session.Caller;
import dev.holdfast.session.Command;
import dev.holdfast.session.Effect;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Policy;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Row;
import dev.holdfast.session.SessionOwner;
import dev.holdfast.store.JdbcStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The owner and its journal with nobody in between: commits of 64 reports, one after the other. */
final class JournalAlone implements AutoCloseable {
  private static final int REPORTS = 64;

  private final JdbcStore store;
  private final SessionOwner owner;
  private final List<String> ids = new ArrayList<>();
  private Effect.Append pending;
  private long commands;
  private int round;

  JournalAlone(Vertx vertx, Path data) throws Exception {
    store = JdbcStore.open(vertx, "sqlite:", data);
    owner = new SessionOwner(await(store.load()), Policy.DEFAULT, SessionOwner.Limits.DEFAULT);
    List<QuestionSet.Question> questions = new ArrayList<>();
    for (int i = 1; i <= Api.ROWS; i++) {
      questions.add(new QuestionSet.Question("Q" + i, "Which requirement is number " + i + "?"));
    }
    List<QuestionSet.Section> sections = List.of(new QuestionSet.Section("s", "All", questions));
    submit(new StoreQuestionSet(new QuestionSet("set", 0, null, sections)));
    land();
    for (int i = 0; i < REPORTS; i++) {
      String id = "3b241101-e2bb-4255-8caf-4136c566a9" + (10 + i);
      submit(
          new CreateSession(
              id, "Pump station", "external", null, "set", 0, Map.of()));
      land();
      ids.add(id);
    }
  }

  /** Durable rows a second over that time. */
  double rowsPerSecond(int seconds) throws Exception {
    long start = System.nanoTime();
    long rows = 0;
    while (System.nanoTime() - start < seconds * 1_000_000_000L) {
      Row row = ReportsBench.row("Q" + (1 + round++ % Api.ROWS));
      for (String id : ids) {
        submit(new ReportRows(id, 1, List.of(row)));
      }
      land();
      rows += ids.size();
    }
    return rows / ((System.nanoTime() - start) / 1e9);
  }

  private void submit(Command<?> command) {
    Caller caller = new Caller("local", "http", "r" + ++commands);
    Instant now = Instant.now();
    take(
        owner.submit(
            new Envelope<>("c" + commands, now.plusSeconds(2), caller, null, command),
            commands,
            now));
  }

  /** The first report is in a batch of its own, all others are in the next one. */
  private void land() throws Exception {
    while (pending != null) {
      Effect.Append append = pending;
      pending = null;
      await(store.append(append.batch()));
      take(owner.durable(append.batch().number(), Instant.now()));
    }
  }

  private void take(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Append append) {
        pending = append;
      }
    }
  }

  @Override
  public void close() {
    store.close().toCompletionStage().toCompletableFuture().join();
  }
}
