package dev.holdfast.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.session.AccessCommand;
import dev.holdfast.session.Accounts;
import dev.holdfast.session.ApiKey;
import dev.holdfast.session.Bulk;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Change;
import dev.holdfast.session.ChangeSet;
import dev.holdfast.session.Command;
import dev.holdfast.session.CompleteSession;
import dev.holdfast.session.Counts;
import dev.holdfast.session.CreateSession;
import dev.holdfast.session.Creation;
import dev.holdfast.session.DeleteSession;
import dev.holdfast.session.Document;
import dev.holdfast.session.Effect;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.FailSession;
import dev.holdfast.session.Failure;
import dev.holdfast.session.Grant;
import dev.holdfast.session.Login;
import dev.holdfast.session.PatchSession;
import dev.holdfast.session.Progress;
import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.QuestionSetRef;
import dev.holdfast.session.Quote;
import dev.holdfast.session.Refusal;
import dev.holdfast.session.Reply;
import dev.holdfast.session.ReportRows;
import dev.holdfast.session.RequeueSession;
import dev.holdfast.session.ResumeSession;
import dev.holdfast.session.Resumption;
import dev.holdfast.session.RetrySession;
import dev.holdfast.session.Review;
import dev.holdfast.session.ReviewRow;
import dev.holdfast.session.Role;
import dev.holdfast.session.Row;
import dev.holdfast.session.RowStatus;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionState;
import dev.holdfast.session.Sort;
import dev.holdfast.session.StartSession;
import dev.holdfast.session.Statistics;
import dev.holdfast.session.StopSession;
import dev.holdfast.session.StoreDocument;
import dev.holdfast.session.StoreQuestionSet;
import dev.holdfast.session.Sweep;
import dev.holdfast.session.SweepReport;
import dev.holdfast.session.Table;
import dev.holdfast.session.User;
import dev.holdfast.session.Verdict;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What travels between JVMs arrives as it was sent. */
class WireTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123Z");
  private static final QuestionSet SET =
      new QuestionSet(
          "set",
          1,
          "Set",
          List.of(
              new QuestionSet.Section("s", "S", List.of(new QuestionSet.Question("q", "Why?")))));
  private static final Row ROW =
      new Row(
          "q",
          RowStatus.ANSWERED,
          "so",
          List.of(2),
          0.5,
          List.of(new Quote(2, "so")),
          "x",
          1,
          9,
          new Review(Verdict.CORRECTED, "no", List.of(3), "why", "ana", AT, 9));
  private static final Document DOCUMENT = new Document("c".repeat(64), "c.pdf", 3, 9);
  private static final SweepReport REPORT = new SweepReport(AT, false, 1, 2, 3, 4, 5, true);
  private static final String DIGEST = "d".repeat(64);
  private static final User USER = new User("ana", Role.VIEWER, "hash", false, "admin", AT, AT);
  private static final ApiKey KEY =
      new ApiKey("k", "ci", Role.WORKER, DIGEST, "wxyz", "admin", AT, AT);
  private static final Login LOGIN = new Login(DIGEST, "ana", null, 7, AT, AT);
  private static final Counts COUNTS = new Counts(1, 2, 3, 4, 5, 15);
  private static final Session SESSION =
      new Session(
          "id",
          "title",
          SessionState.PARTIAL,
          9,
          4,
          8,
          7,
          2,
          "retrieval",
          DOCUMENT,
          new QuestionSetRef("set", 1, 1),
          new Progress(1, 0, 1, 0.5, AT),
          new Statistics(3, 0.25),
          Map.of("a", "b"),
          "ana",
          AT,
          AT,
          AT,
          AT,
          true,
          null,
          "other",
          new Resumption(2, Resumption.Scope.NOT_FOUND),
          "enough",
          new Failure("type", "message"));

  private static Envelope<?> envelope(Command<?> command) {
    return new Envelope<>(
        "c1", AT, new Caller("ana", "http", "r"), new Envelope.Key("scope", "print"), command);
  }

  static List<Object> messages() {
    Query.Results results = new Query.Results(SESSION, Table.of(SET, List.of(ROW)));
    ChangeSet step =
        new ChangeSet(
            3,
            9,
            AT,
            List.of(
                new Change("id", SESSION, null, List.of(ROW)),
                new Change("gone", null, "expired", List.of())),
            COUNTS);
    List<Object> messages = new ArrayList<>();
    for (Command<?> command : commands()) {
      messages.add(envelope(command));
    }
    messages.addAll(queries());
    for (Object value :
        List.of(
            SESSION,
            DOCUMENT,
            SET,
            COUNTS,
            results,
            REPORT,
            new Accounts(Map.of("ana", USER), Map.of("k", KEY), Map.of(DIGEST, LOGIN)),
            USER,
            KEY,
            LOGIN,
            new Grant("ana", Role.VIEWER, "k", null, AT),
            new Bulk.Outcome(List.of(new Bulk.Result("id", Refusal.GONE, "why", "new"))),
            new Query.Ids(List.of("id")),
            new Query.QuestionSets(List.of(SET)),
            new Query.Page(COUNTS, 1, List.of(SESSION), new Sort.Position("k", 4)),
            new Query.Snapshot(COUNTS, List.of(SESSION), List.of(results)),
            new Query.Changes(true, List.of(step)))) {
      messages.add(new Reply.Done<>(9, true, value));
    }
    messages.add(new Reply.Done<>(9, false, null));
    messages.add(new Reply.Refused<>(9, Refusal.GONE, "why"));
    messages.add(step);
    messages.add(new Effect.StartAnalysis("id", 1));
    messages.add(new Effect.CancelAnalysis("id", 1));
    return messages;
  }

  private static List<Command<?>> commands() {
    Map<String, String> removed = new HashMap<>();
    removed.put("a", null);
    return List.of(
        new StoreDocument(DOCUMENT, true),
        new StoreQuestionSet(SET),
        new CreateSession("id", "t", "external", null, "set", 0, Map.of("a", "b")),
        new StartSession("id", 1),
        new ReportRows("id", 1, List.of(ROW)),
        new CompleteSession("id", 1, Statistics.NONE),
        new FailSession("id", 1, new Failure("t", "m")),
        new RequeueSession("id", 1, "why"),
        new StopSession("id", "why", OptionalLong.of(7)),
        new DeleteSession("id", true, null, OptionalLong.empty()),
        new ResumeSession("id", Resumption.Scope.PENDING, "why", OptionalLong.of(7)),
        new RetrySession("id", "new", "why", OptionalLong.empty()),
        new PatchSession("id", "t", removed, true, AT, "why", OptionalLong.of(7)),
        new ReviewRow("id", "q", Verdict.CORRECTED, "so", List.of(2), "why", OptionalLong.of(7)),
        new Bulk(
            Bulk.Action.RETRY,
            List.of(new Bulk.Item("id", "new")),
            "why",
            OptionalLong.of(7),
            OptionalInt.of(1),
            true),
        new Sweep(false, REPORT),
        new AccessCommand.CreateUser("ana", Role.VIEWER, "hash"),
        new AccessCommand.ChangeUser("ana", Role.OPERATOR, null, true),
        new AccessCommand.RemoveUser("ana"),
        new AccessCommand.CreateKey("k", "ci", Role.WORKER, DIGEST, "wxyz", AT),
        new AccessCommand.RevokeKey("k"),
        new AccessCommand.StartLogin(DIGEST, "ana", "hash", "::1", 2, AT),
        new AccessCommand.StartTokenLogin(DIGEST, "admin", DIGEST, "::1", AT),
        new AccessCommand.EndLogin(DIGEST));
  }

  private static List<Query<?>> queries() {
    return List.of(
        new Query.GetSession("id"),
        new Query.GetResults("id"),
        new Query.ListSessions(
            List.of(SessionState.FAILED),
            new Creation("ana", AT, AT.plusMillis(1)),
            Sort.NEWEST_FIRST,
            5,
            new Sort.Position("k", 4)),
        new Query.GetSnapshot(5, List.of("id")),
        new Query.GetDocument("id"),
        new Query.ListQuestionSets(),
        new Query.GetQuestionSet("set", 0),
        new Query.GetRevision(),
        new Query.GetLastSweep(),
        new Query.GetAccounts(),
        new Query.GetUser("ana"),
        new Query.GetGrant("k", DIGEST, AT),
        new Query.ListIds(List.of(SessionState.FAILED), Creation.ANY, 5),
        new Query.ChangesSince(3));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageArrivesAsItWasSent(Object message) {
    assertThat(overTheWire(message)).isEqualTo(message);
  }

  private static <T> T overTheWire(T message) {
    @SuppressWarnings("unchecked")
    RecordCodec<T> codec = new RecordCodec<>((Class<T>) message.getClass());
    Buffer wire = Buffer.buffer("before");
    int position = wire.length();
    codec.encodeToWire(wire, message);
    return codec.decodeFromWire(position, wire);
  }

  @Test
  void everyMessageThatMayTravelIsTested() {
    List<Class<?>> tested = new ArrayList<>();
    messages().forEach(message -> tested.add(message.getClass()));
    assertThat(tested).containsAll(Wire.messages());
    assertThat(commands().stream().map(Object::getClass).distinct().count())
        .isEqualTo(Wire.leaves(Command.class).size());
  }
}
