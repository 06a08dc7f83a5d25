package dev.holdfast.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/** Commands as clients and workers send them: mostly sensible, some late, wrong or repeated. */
final class SimCommands {
  private static final int QUESTIONS = 6;
  private static final QuestionSet SET =
      new QuestionSet("set", 0, null, List.of(section("s", QUESTIONS)));
  private static final List<Document> DOCUMENTS =
      List.of(
          new Document("a".repeat(64), "a.pdf", 9, 1), new Document("b".repeat(64), "b.pdf", 9, 1));

  private final Random random;
  private final List<String> ids = new ArrayList<>();
  private final SimPeople people;
  private boolean prepared;
  private int documents;
  private String step = "";
  private int count;
  private int sessions;

  SimCommands(Random random) {
    this.random = random;
    this.people = new SimPeople(random);
  }

  /** A step begins: ids are named after it, so that leaving out another step changes none. */
  void step(int number) {
    step = number + "";
    count = 0;
    sessions = 0;
  }

  private String newCommandId() {
    return "c" + step + (count++ == 0 ? "" : "." + count);
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
      return anything(now);
    }
    if (random.nextInt(8) == 0) {
      return envelope(people.next(now), now, null);
    }
    int dice = random.nextInt(100);
    if (dice < 6 || documents < 2) {
      documents++;
      return envelope(new StoreDocument(document(), random.nextInt(4) > 0), now, null);
    }
    if (dice < 34 || ids.isEmpty()) {
      return create(now);
    }
    String id = random.nextInt(30) == 0 ? "unknown" : ids.get(recent());
    if (dice < 64) {
      return report(id, 1 + random.nextInt(8) / 7, now);
    }
    if (dice < 74) {
      return envelope(new StopSession(id, "enough", maybeMatch()), now, null);
    }
    if (dice < 80) {
      return envelope(new DeleteSession(id, random.nextBoolean(), null, maybeMatch()), now, null);
    }
    return dice < 94 ? envelope(change(id, now), now, null) : bulk(now);
  }

  /** The place of a session, mostly one of the latest. */
  private int recent() {
    int span = random.nextInt(3) == 0 ? ids.size() : Math.min(ids.size(), 8);
    return ids.size() - 1 - random.nextInt(span);
  }

  private Document document() {
    return DOCUMENTS.get(random.nextInt(DOCUMENTS.size()));
  }

  /** What people do to a session after it began. */
  private Command<?> change(String id, Instant now) {
    return switch (random.nextInt(4)) {
      case 0 -> {
        boolean all = random.nextBoolean();
        yield new ResumeSession(
            id, all ? Resumption.Scope.NOT_FOUND : Resumption.Scope.PENDING, null, maybeMatch());
      }
      case 1 -> new RetrySession(id, newId(), null, maybeMatch());
      case 2 -> patch(id, now);
      default -> review(id);
    };
  }

  private String newId() {
    String id = "s" + step + (sessions++ == 0 ? "" : "." + sessions);
    ids.add(id);
    return id;
  }

  private PatchSession patch(String id, Instant now) {
    Map<String, String> labels = new HashMap<>();
    labels.put("team", random.nextBoolean() ? "t" + random.nextInt(3) : null);
    boolean expiry = random.nextInt(3) == 0;
    return new PatchSession(
        id,
        random.nextBoolean() ? "title " + random.nextInt(4) : null,
        labels,
        random.nextInt(3) == 0 ? random.nextBoolean() : null,
        expiry ? now.plusSeconds(random.nextInt(100) - 20) : null,
        null,
        maybeMatch());
  }

  private ReviewRow review(String id) {
    Verdict verdict = Verdict.values()[random.nextInt(3)];
    boolean corrected = verdict == Verdict.CORRECTED;
    return new ReviewRow(
        id,
        "q" + (1 + random.nextInt(QUESTIONS + 1)),
        verdict,
        corrected ? "better " + random.nextInt(100) : null,
        List.of(),
        null,
        maybeMatch());
  }

  private Envelope<?> bulk(Instant now) {
    Bulk.Action action = Bulk.Action.values()[random.nextInt(Bulk.Action.values().length)];
    List<Bulk.Item> items = new ArrayList<>();
    int first = random.nextInt(ids.size());
    for (String id : List.copyOf(ids.subList(first, Math.min(ids.size(), first + 4)))) {
      items.add(new Bulk.Item(id, action == Bulk.Action.RETRY ? newId() : null));
    }
    Bulk bulk =
        new Bulk(
            action,
            items,
            "many",
            maybeMatch(),
            random.nextInt(4) == 0 ? OptionalInt.of(4) : OptionalInt.empty(),
            random.nextInt(6) == 0);
    boolean keyed = random.nextBoolean();
    return envelope(bulk, now, keyed ? new Envelope.Key("bulk " + step + "." + count, "f") : null);
  }

  private OptionalLong maybeMatch() {
    return random.nextInt(5) == 0 ? OptionalLong.of(random.nextInt(300)) : OptionalLong.empty();
  }

  private Envelope<?> create(Instant now) {
    boolean taken = !ids.isEmpty() && random.nextInt(12) == 0;
    String id = taken ? ids.get(recent()) : newId();
    boolean external = random.nextInt(3) == 0;
    String fingerprint = "f" + random.nextInt(2);
    Envelope.Key key =
        random.nextInt(6) == 0 ? new Envelope.Key("k" + random.nextInt(5), fingerprint) : null;
    return envelope(
        new CreateSession(
            id,
            null,
            external ? Session.EXTERNAL : "retrieval",
            external ? null : document().id(),
            "set",
            0,
            Map.of()),
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
      return envelope(new FailSession(id, attempt, new Failure("broken", "it broke")), now, null);
    }
    List<Row> rows = new ArrayList<>();
    int first = random.nextInt(QUESTIONS);
    for (int i = 0; i <= random.nextInt(4); i++) {
      rows.add(row("q" + (1 + (first + i) % QUESTIONS)));
    }
    return envelope(new ReportRows(id, attempt, rows), now, null);
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
    return envelope(new CompleteSession(id, attempt, Statistics.NONE), now, null);
  }

  Envelope<?> sweep(Instant now) {
    return envelope(new Sweep(random.nextInt(5) == 0, null), now, null);
  }

  /** One that does something and that somebody waits for. */
  Envelope<?> realSweep(Instant now) {
    return inTime(new Sweep(false, null), now);
  }

  private Envelope<?> inTime(Command<?> command, Instant now) {
    return new Envelope<>(newCommandId(), now.plusSeconds(2), Caller.SYSTEM, null, command);
  }

  private Envelope<?> envelope(Command<?> command, Instant now, Envelope.Key key) {
    boolean late = random.nextInt(30) == 0;
    String id = newCommandId();
    boolean oneRequest = key == null && command instanceof Bulk;
    return new Envelope<>(
        id,
        late ? now.minusMillis(1) : now.plusSeconds(2),
        new Caller("somebody", null, null),
        oneRequest ? Envelope.Key.ofOneRequest(id) : key,
        command);
  }

  /** The same command in time, as after a time-out. */
  <T> Envelope<T> later(Envelope<T> first, Instant now) {
    return new Envelope<>(
        first.commandId(), now.plusSeconds(2), first.caller(), first.key(), first.command());
  }

  /** The same request once more: a new command, and now and then another body. */
  Envelope<?> repeated(Envelope<?> first, Instant now) {
    Command<?> command = first.command();
    if (command instanceof CreateSession create) {
      command =
          new CreateSession(
              "again" + step,
              create.title(),
              create.analyzer(),
              create.documentId(),
              create.questionSet(),
              create.version(),
              create.labels());
    }
    boolean other = random.nextInt(5) == 0;
    Envelope.Key key = other ? new Envelope.Key(first.key().scope(), "other") : first.key();
    return envelope(command, now, key);
  }

  /** A command that changes something in any state. */
  Envelope<?> anything(Instant now) {
    QuestionSet set = new QuestionSet("set", 0, "Title " + step, SET.sections());
    return inTime(new StoreQuestionSet(set), now);
  }

  /** A question set that was not stored has to be stored again before anything can be created. */
  void refused(Envelope<?> envelope, Refusal reason) {
    if (envelope.command() instanceof StoreQuestionSet || reason == Refusal.UNKNOWN_QUESTION_SET) {
      prepared = false;
    } else if (reason == Refusal.UNKNOWN_DOCUMENT) {
      documents = 0;
    }
    if (envelope.command() instanceof CreateSession create && isCertain(reason)) {
      ids.remove(create.sessionId());
    }
  }

  /** Whether the refusal says that the command has had no effect and will have none. */
  private static boolean isCertain(Refusal reason) {
    return reason != Refusal.OWNER_UNAVAILABLE;
  }
}
