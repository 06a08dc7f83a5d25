package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.session.Reply.Done;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cleanup in steps, each a command, beside other cleanups. */
class SweepTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
  private static final int STEP = 10;
  private static final Policy POLICY =
      new Policy(
          Retention.ofAll(Duration.ZERO),
          Duration.ZERO,
          Duration.ofDays(90),
          Duration.ofHours(24),
          Duration.ofHours(24),
          3,
          2,
          1_000,
          STEP);

  private final Map<Long, Reply<?>> answers = new HashMap<>();
  private final SessionOwner owner =
      new SessionOwner(Loaded.of(new Book()), POLICY, SessionOwner.Limits.DEFAULT);
  private Effect.Append appending;
  private long tickets;

  @BeforeEach
  void threeStepsAreDue() {
    QuestionSet.Section section =
        new QuestionSet.Section("s", "All", List.of(new QuestionSet.Question("Q1", "What?")));
    submit(new StoreQuestionSet(new QuestionSet("set", 0, null, List.of(section))));
    land();
    for (int i = 0; i < 3 * STEP; i++) {
      submit(new CreateSession("s" + i, "Due", "external", null, "set", 0, Map.of()));
      land();
      submit(new StopSession("s" + i, null, OptionalLong.empty()));
      land();
    }
  }

  private long submit(Command<?> command) {
    long ticket = ++tickets;
    Caller caller = new Caller("ana", "test", null);
    Envelope<?> envelope = new Envelope<>("c" + ticket, AT.plusSeconds(2), caller, null, command);
    perform(owner.submit(envelope, ticket, AT));
    return ticket;
  }

  private void land() {
    while (appending != null) {
      Effect.Append append = appending;
      appending = null;
      perform(owner.durable(append.batch().number(), AT));
    }
  }

  private void perform(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Append append) {
        appending = append;
      } else if (effect instanceof Effect.Answer answer) {
        answers.put(answer.ticket(), answer.reply());
      }
    }
  }

  private SweepReport report(long ticket) {
    return (SweepReport) ((Done<?>) answers.get(ticket)).value();
  }

  private SweepReport last() {
    return ((Done<SweepReport>) owner.query(new Query.GetLastSweep())).value();
  }

  @Test
  void theLastOfItIsSaidToBeTheLast() {
    SweepReport soFar = null;
    for (int i = 0; i < 3; i++) {
      long step = submit(new Sweep(false, soFar));
      land();
      soFar = report(step);
      assertThat(soFar.more()).isTrue();
    }
    long end = submit(new Sweep(false, soFar));
    land();

    assertThat(report(end).more()).isFalse();
    assertThat(report(end).expired()).isEqualTo(3 * STEP);
  }

  @Test
  void aDryRunCountsWhatIsLeftAndLeavesTheReportAlone() {
    long step = submit(new Sweep(false, null));
    land();
    long dry = submit(new Sweep(true, null));
    land();

    assertThat(report(dry).expired()).isEqualTo(2 * STEP);
    assertThat(report(dry).more()).isFalse();
    assertThat(last()).isEqualTo(report(step));
  }

  /** Its client may have lost the owner, or its process. */
  @Test
  void aCleanupThatNobodyGoesOnWithIsNotSaidToRun() {
    submit(new Sweep(false, null));
    land();

    owner.tick(AT.plusSeconds(10));
    assertThat(last().more()).isTrue();
    owner.tick(AT.plusSeconds(11));
    assertThat(last().more()).isFalse();
    assertThat(last().expired()).isEqualTo(STEP);
  }
}
