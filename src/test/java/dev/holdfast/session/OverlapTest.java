package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is right one by one and meets while the journal writes or the store reads. */
class OverlapTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final int COMMANDS_MAX = 8;
  private static final int ROWS_AT_HAND_MAX = 1;

  private static final SessionOwner.Limits LIMITS =
      new SessionOwner.Limits(
          COMMANDS_MAX, 100, 100, ROWS_AT_HAND_MAX, Duration.ofMinutes(2), Duration.ofHours(24));

  /** Two sessions a sweep, so that a cleanup takes several. */
  private static final Policy POLICY =
      new Policy(
          Policy.DEFAULT.retention(),
          Policy.DEFAULT.grace(),
          Policy.DEFAULT.tombstones(),
          Policy.DEFAULT.documentIdle(),
          Policy.DEFAULT.externalSilence(),
          Policy.DEFAULT.attemptsMax(),
          Policy.DEFAULT.analysesMax(),
          Policy.DEFAULT.questionsMax(),
          2);

  private final SimJournal journal = new SimJournal(POLICY, new SimCoverage());
  private final int epoch = journal.takeOver();
  private final SessionOwner owner = new SessionOwner(journal.load(NOW), POLICY, LIMITS);
  private final Deque<Batch> appends = new ArrayDeque<>();
  private final Deque<String> fetches = new ArrayDeque<>();
  private final Map<Long, Reply<?>> answers = new HashMap<>();
  private Instant now = NOW;
  private long commands;

  private long submit(Command<?> command) {
    long ticket = ++commands;
    String id = "c" + ticket;
    Caller caller = new Caller("ana", "test", id);
    take(owner.submit(new Envelope<>(id, now.plusSeconds(2), caller, null, command), ticket, now));
    return ticket;
  }

  private void take(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Append append) {
        appends.add(append.batch());
      } else if (effect instanceof Effect.FetchRows fetch) {
        fetches.add(fetch.sessionId());
      } else if (effect instanceof Effect.Answer answer) {
        answers.put(answer.ticket(), answer.reply());
      }
    }
  }

  private void write() {
    while (!appends.isEmpty()) {
      Batch batch = appends.remove();
      journal.append(epoch, batch);
      take(owner.durable(batch.number(), now));
    }
  }

  private void fetch() {
    String id = fetches.remove();
    Book stored = journal.headBook();
    List<Row> rows = stored.table(id).recordedRows();
    take(owner.fetched(id, stored.session(id).revision(), rows, now));
  }

  private void run(Command<?> command) {
    submit(command);
    write();
  }

  private void create(String id) {
    run(new CreateSession(id, id, Session.EXTERNAL, null, "set", 0, Map.of()));
  }

  private void stopped(String id) {
    create(id);
    run(new StopSession(id, null, OptionalLong.empty()));
  }

  private SweepReport report(long ticket) {
    return (SweepReport) ((Reply.Done<?>) answers.get(ticket)).value();
  }

  @BeforeEach
  void storeQuestions() {
    List<QuestionSet.Question> questions = List.of(new QuestionSet.Question("q", "Is it?"));
    List<QuestionSet.Section> sections = List.of(new QuestionSet.Section("s", "All", questions));
    run(new StoreQuestionSet(new QuestionSet("set", 0, null, sections)));
  }

  @Test
  void aResumedExternalSessionIsNotSilentSinceItsFormerRun() {
    stopped("unheard");
    create("a");
    Row row = new Row("q", RowStatus.NOT_FOUND, null, List.of(), null, List.of(), null, 0);
    run(new ReportRows("a", 1, List.of(row)));
    run(new StopSession("a", null, OptionalLong.empty()));
    now = NOW.plus(POLICY.externalSilence()).plusSeconds(60);
    for (String id : List.of("unheard", "a")) {
      submit(new ResumeSession(id, Resumption.Scope.PENDING, null, OptionalLong.empty()));
      if (!fetches.isEmpty()) {
        fetch();
      }
      write();
    }
    now = now.plusSeconds(1);

    run(new Sweep(false, null));

    assertThat(owner.book().session("a").state()).isEqualTo(SessionState.RUNNING);
    assertThat(owner.book().session("unheard").state()).isEqualTo(SessionState.RUNNING);

    now = now.plus(POLICY.externalSilence()).plusSeconds(1);
    run(new Sweep(false, null));

    assertThat(owner.book().session("a").state()).isEqualTo(SessionState.FAILED);
  }

  @Test
  void aSweepGoesOnBehindWhatAnotherOneIsJustDoing() {
    for (String id : List.of("a", "b", "c", "d", "e")) {
      stopped(id);
    }
    now = NOW.plus(Duration.ofDays(31));
    long first = submit(new Sweep(false, null));

    long second = submit(new Sweep(false, null));
    write();

    assertThat(report(first).expired()).isEqualTo(2);
    assertThat(report(second).expired()).isEqualTo(2);
    assertThat(report(second).more()).isTrue();
    long dry = submit(new Sweep(true, null));
    assertThat(report(dry).expired()).isEqualTo(1);
  }

  @Test
  void rowsOfCommandsThatAreRefusedDoNotStayAtHand() {
    List<String> ids = List.of("a", "b", "c", "d");
    ids.forEach(this::stopped);
    owner.unknown("the disk did not answer");
    take(owner.reloaded(journal.load(now), now));

    for (String id : ids) {
      submit(
          new ReviewRow(
              id, "q", Verdict.CORRECTED, "yes", List.of(), null, OptionalLong.of(1_000_000)));
      fetch();
    }

    List<String> atHand = new ArrayList<>(ids);
    atHand.removeIf(id -> owner.book().table(id) == null);
    assertThat(atHand).hasSize(ROWS_AT_HAND_MAX);
  }

  /** After a reload two reads of the rows of one session can be under way. */
  @Test
  void rowsThatComeAfterTheSessionIsActiveAgainAreNotTakenForThoseOfAnEndedOne() {
    create("a");
    Row row = new Row("q", RowStatus.ANSWERED, "yes", List.of(1), 0.5, List.of(), null, 0);
    run(new ReportRows("a", 1, List.of(row)));
    run(new StopSession("a", "enough", OptionalLong.empty()));
    stopped("b");
    Command<?> resume =
        new ResumeSession("a", Resumption.Scope.PENDING, null, OptionalLong.empty());
    submit(resume);
    owner.unknown("the disk did not answer");
    take(owner.reloaded(journal.load(now), now));
    submit(resume);
    fetch();
    write();

    fetch();
    stopped("c");
    stopped("d");

    assertThat(owner.query(new Query.GetResults("a")))
        .isInstanceOfSatisfying(
            Reply.Done.class,
            done -> {
              Query.Results results = (Query.Results) done.value();
              assertThat(results.session().state()).isEqualTo(SessionState.RUNNING);
              assertThat(results.table().row("q").answer()).isEqualTo("yes");
            });
  }

  @Test
  void answersThatAreHeldBackCountAsWaiting() {
    create("a");
    submit(new StopSession("a", null, OptionalLong.empty()));
    List<Long> refused = new ArrayList<>();
    for (int i = 0; i < COMMANDS_MAX + 1; i++) {
      refused.add(submit(new StopSession("nobody", null, OptionalLong.empty())));
    }

    assertThat(answers.get(refused.get(COMMANDS_MAX)))
        .isInstanceOfSatisfying(
            Reply.Refused.class, r -> assertThat(r.reason()).isEqualTo(Refusal.OVERLOADED));
    assertThat(answers).doesNotContainKey(refused.get(COMMANDS_MAX - 1));
  }
}
