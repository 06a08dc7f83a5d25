package dev.holdfast.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Commands as clients and workers send them: mostly sensible, some late, wrong or repeated. */
final class SimCommands {
  private static final int QUESTIONS = 6;
  private static final QuestionSet SET =
      new QuestionSet("set", 0, null, List.of(section("s", QUESTIONS)));
  private static final Document DOCUMENT = new Document("a".repeat(64), "a.pdf", 9, 1);

  private final Random random;
  private final List<String> ids = new ArrayList<>();
  private final List<Envelope<?>> sent = new ArrayList<>();
  private boolean prepared;
  private int count;

  SimCommands(Random random) {
    this.random = random;
  }

  private static QuestionSet.Section section(String id, int questions) {
    List<QuestionSet.Question> all = new ArrayList<>();
    for (int i = 1; i <= questions; i++) {
      all.add(new QuestionSet.Question("q" + i, "What is " + i + "?"));
    }
    return new QuestionSet.Section(id, "Section", all);
  }

  Envelope<?> next(Instant now) {
    if (!prepared || random.nextInt(40) == 0) {
      prepared = true;
      return envelope(new Command.StoreQuestionSet(SET), now, null);
    }
    int dice = random.nextInt(100);
    if (dice < 6) {
      return envelope(new Command.StoreDocument(DOCUMENT), now, null);
    }
    if (dice < 34 || ids.isEmpty()) {
      return create(now);
    }
    String id = random.nextInt(30) == 0 ? "unknown" : ids.get(random.nextInt(ids.size()));
    if (dice < 64) {
      return report(id, 1 + random.nextInt(8) / 7, now);
    }
    if (dice < 86) {
      return envelope(new Command.StopSession(id, "enough", maybeMatch()), now, null);
    }
    return envelope(
        new Command.DeleteSession(id, random.nextBoolean(), null, maybeMatch()), now, null);
  }

  private OptionalLong maybeMatch() {
    return random.nextInt(5) == 0 ? OptionalLong.of(random.nextInt(50)) : OptionalLong.empty();
  }

  private Envelope<?> create(Instant now) {
    String id = "s" + ids.size();
    ids.add(id);
    boolean external = random.nextInt(3) == 0;
    String fingerprint = "f" + random.nextInt(2);
    Envelope.Key key =
        random.nextInt(4) == 0 ? new Envelope.Key("k" + random.nextInt(5), fingerprint) : null;
    return envelope(
        new Command.CreateSession(
            id,
            null,
            external ? Session.EXTERNAL : "retrieval",
            external ? null : DOCUMENT.id(),
            "set",
            0,
            Map.of(),
            null),
        now,
        key);
  }

  /** What a worker says: rows, or now and then the end. */
  Envelope<?> report(String id, int attempt, Instant now) {
    int dice = random.nextInt(12);
    if (dice == 0) {
      return complete(id, attempt, now);
    }
    if (dice == 1) {
      return envelope(
          new Command.FailSession(id, attempt, new Failure("broken", "it broke")), now, null);
    }
    List<Row> rows = new ArrayList<>();
    int first = random.nextInt(QUESTIONS);
    for (int i = 0; i <= random.nextInt(4); i++) {
      rows.add(row("q" + (1 + (first + i) % QUESTIONS)));
    }
    return envelope(new Command.ReportRows(id, attempt, rows), now, null);
  }

  private Row row(String questionId) {
    boolean found = random.nextInt(4) > 0;
    return new Row(
        questionId,
        found ? RowStatus.ANSWERED : RowStatus.NOT_FOUND,
        found ? "answer " + random.nextInt(1_000) : null,
        found ? List.of(1 + random.nextInt(9)) : List.of(),
        random.nextInt(10) / 10.0,
        List.of(),
        null,
        0);
  }

  Envelope<?> complete(String id, int attempt, Instant now) {
    return envelope(new Command.CompleteSession(id, attempt, Statistics.NONE), now, null);
  }

  Envelope<?> sweep(Instant now) {
    return envelope(new Command.Sweep(), now, null);
  }

  private Envelope<?> envelope(Command<?> command, Instant now, Envelope.Key key) {
    boolean late = random.nextInt(30) == 0;
    Envelope<?> envelope =
        new Envelope<>(
            "c" + ++count,
            late ? now.minusMillis(1) : now.plusSeconds(2),
            new Caller("somebody", null, null),
            key,
            command);
    sent.add(envelope);
    return envelope;
  }

  /** One of the latest commands once more, as after a time-out. */
  Optional<Envelope<?>> again() {
    return sent.isEmpty()
        ? Optional.empty()
        : Optional.of(sent.get(Math.max(0, sent.size() - 1 - random.nextInt(8))));
  }

  /** A question set that was not stored has to be stored again before anything can be created. */
  void refused(Envelope<?> envelope, Refusal reason) {
    if (envelope.command() instanceof Command.StoreQuestionSet) {
      prepared = false;
    }
  }
}
