package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rows that the store was asked for and that come when nobody needs them any more. */
class LateRowsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  /** No rows of ended sessions stay at hand. */
  private static final SessionOwner.Limits LIMITS =
      new SessionOwner.Limits(100, 100, 100, 0, Duration.ofMinutes(2), Duration.ofHours(24));

  private static final Row ROW =
      new Row("q", RowStatus.ANSWERED, "yes", List.of(1), 0.5, List.of(), null, 0);

  private final SimJournal journal = new SimJournal(Policy.DEFAULT, new SimCoverage());
  private final int epoch = journal.takeOver();
  private final SessionOwner owner = new SessionOwner(journal.load(NOW), Policy.DEFAULT, LIMITS);
  private final Deque<String> fetches = new ArrayDeque<>();
  private int commands;

  private void run(Command<?> command) {
    String id = "c" + ++commands;
    Caller caller = new Caller("ana", "test", id);
    take(owner.submit(new Envelope<>(id, NOW.plusSeconds(2), caller, null, command), 1, NOW));
  }

  private void take(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Append append) {
        journal.append(epoch, append.batch());
        take(owner.durable(append.batch().number(), NOW));
      } else if (effect instanceof Effect.FetchRows fetch) {
        fetches.add(fetch.sessionId());
      }
    }
  }

  private void fetch() {
    String id = fetches.remove();
    Book stored = journal.headBook();
    List<Row> rows = stored.table(id).recordedRows();
    take(owner.fetched(id, stored.session(id).revision(), rows, NOW));
  }

  private void create(String id) {
    run(new CreateSession(id, id, Session.EXTERNAL, null, "set", 0, Map.of()));
  }

  @Test
  void rowsThatComeAfterTheSessionIsActiveAgainAreNotTakenForThoseOfAnEndedOne() {
    List<QuestionSet.Question> questions = List.of(new QuestionSet.Question("q", "Is it?"));
    List<QuestionSet.Section> sections = List.of(new QuestionSet.Section("s", "All", questions));
    run(new StoreQuestionSet(new QuestionSet("set", 0, null, sections)));
    create("a");
    run(new ReportRows("a", 1, List.of(ROW)));
    run(new StopSession("a", "enough", OptionalLong.empty()));
    Command<?> resume =
        new ResumeSession("a", Resumption.Scope.PENDING, null, OptionalLong.empty());
    run(resume);
    owner.unknown("the disk did not answer");
    take(owner.reloaded(journal.load(NOW), NOW));
    run(resume);
    fetch();

    fetch();
    create("b");

    assertThat(owner.query(new Query.GetResults("a")))
        .isInstanceOfSatisfying(
            Reply.Done.class,
            done -> {
              Query.Results results = (Query.Results) done.value();
              assertThat(results.session().state()).isEqualTo(SessionState.RUNNING);
              assertThat(results.table().row("q").answer()).isEqualTo("yes");
            });
  }
}
