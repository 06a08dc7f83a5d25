package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.Filter;
import dev.holdfast.store.Search;
import dev.holdfast.store.Store;
import dev.holdfast.store.Verification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store keeps; a store is tested by extending this. */
public abstract class StoreContract {
  private static final Policy POLICY = Policy.DEFAULT;
  @TempDir protected Path directory;
  protected Vertx vertx;
  protected Store store;
  private SessionOwner owner;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private long tickets;

  /** Opens the store on the same data again. */
  protected abstract Store open() throws Exception;

  /** Compares the store with its journal. */
  protected abstract Verification.Report verify() throws Exception;

  /** Does to the tables what nobody should. */
  protected abstract void execute(String sql) throws Exception;

  @BeforeEach
  void openAndLoad() throws Exception {
    vertx = Vertx.vertx();
    store = open();
    owner = new SessionOwner(await(store.load()), POLICY, SessionOwner.Limits.DEFAULT);
  }

  @AfterEach
  void close() {
    await(store.close());
    await(vertx.close());
  }

  protected static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void reopen() throws Exception {
    await(store.close());
    store = open();
  }

  /** Carries the command out to its end and returns the answer. */
  private Reply<?> run(Command<?> command) {
    return run(new Envelope<>("c" + tickets, now.plusSeconds(2), caller(), null, command));
  }

  private Reply<?> run(Envelope<?> envelope) {
    now = now.plusMillis(7);
    long ticket = ++tickets;
    Deque<Effect> effects = new ArrayDeque<>(owner.submit(envelope, ticket, now));
    Reply<?> reply = null;
    while (!effects.isEmpty()) {
      Effect effect = effects.poll();
      if (effect instanceof Effect.Append append) {
        assertThat(await(store.append(append.batch()))).isEqualTo(Store.Appended.DURABLE);
        effects.addAll(owner.durable(append.batch().number(), now));
      } else if (effect instanceof Effect.FetchRows fetch) {
        Store.StoredRows stored = await(store.rows(fetch.sessionId()));
        effects.addAll(
            owner.fetched(fetch.sessionId(), stored.sessionRevision(), stored.rows(), now));
      } else if (effect instanceof Effect.Answer answer && answer.ticket() == ticket) {
        reply = answer.reply();
      }
    }
    return reply;
  }

  private static Caller caller() {
    return new Caller("ana", "test", "r1");
  }

  private static QuestionSet questions() {
    List<QuestionSet.Question> questions =
        List.of(new QuestionSet.Question("q1", "Who?"), new QuestionSet.Question("q2", "When?"));
    return new QuestionSet(
        "small", 0, "Small", List.of(new QuestionSet.Section("s", "Section", questions)));
  }

  private String external(String id, String title, Map<String, String> labels) {
    run(new CreateSession(id, title, "external", null, "small", 0, labels));
    return id;
  }

  private static Row row(String question, String answer) {
    return new Row(
        question,
        RowStatus.ANSWERED,
        answer,
        List.of(3, 1),
        0.75,
        List.of(new Quote(3, "so it says")),
        "see also",
        0);
  }

  @Test
  void whatWasAppendedIsLoadedAgainToTheLastDetail() throws Exception {
    live(300);
    reopen();
    isAsLived(await(store.load()));
    assertThat(owner.book().revision()).isGreaterThan(100);
  }

  /** Nothing is lost, and nothing else is there. */
  protected void isAsLived(Loaded loaded) {
    Laws.sameState(loaded.book(), owner.book());
    Laws.listsAddUp(loaded.book());
  }

  /** What the version before this one could not keep, this one does on its tables. */
  protected void userIsKept() throws Exception {
    owner = new SessionOwner(await(store.load()), POLICY, SessionOwner.Limits.DEFAULT);
    run(new AccessCommand.CreateUser("eve", Role.VIEWER, "hash"));
    reopen();
    assertThat(await(store.load()).book().accounts().users()).containsKey("eve");
  }

  @Test
  void rowsOfAnEndedSessionAreKeptAndCarryItsRevision() {
    run(new StoreQuestionSet(questions()));
    external("a", "A", Map.of());
    run(new ReportRows("a", 1, List.of(row("q1", "one"), row("q2", "two"))));
    run(new ReportRows("a", 1, List.of(row("q1", "other"))));
    run(new StopSession("a", "enough", OptionalLong.empty()));
    Store.StoredRows stored = await(store.rows("a"));
    assertThat(stored.sessionRevision()).isEqualTo(owner.book().session("a").revision());
    assertThat(stored.rows())
        .extracting(row -> row.recorded(0, null))
        .containsExactlyInAnyOrder(
            row("q1", "other").withAttempt(1), row("q2", "two").withAttempt(1));
    assertThat(await(store.rows("nobody"))).isNull();
  }

  @Test
  void aPurgedSessionLeavesATombstoneAndNoRows() throws Exception {
    run(new StoreQuestionSet(questions()));
    external("a", "A", Map.of());
    run(new ReportRows("a", 1, List.of(row("q1", "one"))));
    run(new DeleteSession("a", true, "wrong file", OptionalLong.empty()));
    assertThat(await(store.rows("a"))).isNull();
    reopen();
    Tombstone tombstone = await(store.load()).book().tombstone("a");
    assertThat(tombstone.by()).isEqualTo("ana");
    assertThat(tombstone.reason()).isEqualTo("wrong file");
  }

  @Test
  void eventsSayWhoWhenAndWhy() {
    run(new StoreQuestionSet(questions()));
    external("a", "A", Map.of());
    run(new StopSession("a", "enough", OptionalLong.empty()));
    List<Store.StoredEvent> events = await(store.events("a", 0, 10));
    assertThat(events)
        .extracting(Store.StoredEvent::type)
        .containsExactly("session-created.v1", "session-started.v1", "session-stopped.v1");
    Store.StoredEvent stopped = events.get(2);
    assertThat(stopped.caller()).isEqualTo(caller());
    assertThat(stopped.reason()).isEqualTo("enough");
    assertThat(await(store.events("a", stopped.revision() - 1, 10))).hasSize(1);
    assertThat(await(store.events("a", 0, 2))).hasSize(2);
  }

  @Test
  void searchFindsByTextAndLabelInEveryOrderAndPagesWithoutGaps() {
    run(new StoreQuestionSet(questions()));
    for (int i = 0; i < 12; i++) {
      external("x" + i, (i % 2 == 0 ? "Bridge " : "Tunnel ") + i, Map.of("team", "t" + i % 3));
    }
    for (Sort.Field field : Sort.Field.values()) {
      for (boolean descending : List.of(true, false)) {
        assertThat(pagedSearch(new Sort(field, descending))).hasSize(6).doesNotHaveDuplicates();
      }
    }
    Search byLabel =
        new Search(with(null, "team:t1", Creation.ANY), Sort.NEWEST_FIRST, 50, null, Search.NOW);
    assertThat(await(store.search(byLabel)).value().matching()).isEqualTo(4);
    Search hostile =
        new Search(with("%' OR 1=1", null, Creation.ANY), Sort.NEWEST_FIRST, 5, null, Search.NOW);
    assertThat(await(store.search(hostile)).value().items()).isEmpty();
  }

  private static Filter with(String text, String label, Creation creation) {
    return new Filter(List.of(), text, label, creation);
  }

  private void externalBy(String actor, String id) {
    Command<?> create = new CreateSession(id, null, "external", null, "small", 0, Map.of());
    Caller caller = new Caller(actor, "test", "r1");
    run(new Envelope<>("by " + id, now.plusSeconds(2), caller, null, create));
  }

  /** Nobody, everybody, and every bound beside the creation of one of them. */
  private List<Creation> creations(Instant at) {
    List<Creation> creations = new ArrayList<>();
    for (String by : Arrays.asList(null, "ana", "o'Neil, \"x\" %", "AN", "nobody")) {
      creations.add(new Creation(by, null, null));
      for (Instant bound : List.of(at.minusMillis(1), at, at.plusNanos(1), Instant.EPOCH)) {
        creations.add(new Creation(by, bound, null));
        creations.add(new Creation(by, null, bound));
        creations.add(new Creation(by, bound, bound.plusMillis(15)));
      }
    }
    return creations;
  }

  @Test
  void ownerAndStoreListTheSameByWhoCreatedThemAndWhen() {
    run(new StoreQuestionSet(questions()));
    for (int i = 0; i < 9; i++) {
      externalBy(i % 3 == 0 ? "o'Neil, \"x\" %" : "ana", "x" + i);
    }
    run(new DeleteSession("x1", true, null, OptionalLong.empty()));
    run(new StopSession("x2", null, OptionalLong.empty()));
    List<Session> all =
        owner.book().list(List.of(SessionState.values()), Sort.NEWEST_FIRST, null, 50);
    long revision = owner.book().revision();
    for (Creation creation : creations(all.get(3).createdAt())) {
      Reply<Query.Page> answer =
          owner.query(new Query.ListSessions(List.of(), creation, Sort.NEWEST_FIRST, 50, null));
      Query.Page page = ((Reply.Done<Query.Page>) answer).value();
      assertThat(page.items()).isEqualTo(all.stream().filter(creation::fits).toList());
      assertThat(page.matching()).isEqualTo(page.items().size());
      for (long asOf : List.of(Search.NOW, revision)) {
        Search search = new Search(with(null, null, creation), Sort.NEWEST_FIRST, 50, null, asOf);
        assertThat(await(store.search(search)).value()).as("%s", creation).isEqualTo(page);
      }
    }
  }

  @Test
  void ownerAndStorePageAlikeThroughWhatSomebodyCreated() {
    run(new StoreQuestionSet(questions()));
    for (int i = 0; i < 12; i++) {
      externalBy(i % 3 == 0 ? "joe" : "ana", "x" + i);
    }
    run(new StopSession("x4", null, OptionalLong.empty()));
    Instant sixth = owner.book().session("x5").createdAt();
    for (Creation creation :
        List.of(new Creation("ana", null, sixth), new Creation("ana", sixth, null))) {
      for (boolean descending : List.of(true, false)) {
        Sort sort = new Sort(Sort.Field.CREATED_AT, descending);
        Sort.Position after = null;
        do {
          Reply<Query.Page> answer =
              owner.query(new Query.ListSessions(List.of(), creation, sort, 2, after));
          Query.Page page = ((Reply.Done<Query.Page>) answer).value();
          Search search = new Search(with(null, null, creation), sort, 2, after, Search.NOW);
          assertThat(await(store.search(search)).value()).isEqualTo(page);
          assertThat(page.matching()).isEqualTo(creation.after() == null ? 3 : 5);
          after = page.next();
        } while (after != null);
      }
    }
  }

  @Test
  void ownerAndStoreOrderTitlesAlike() {
    run(new StoreQuestionSet(questions()));
    for (String title : List.of("x\uFF5E", "x\uD83D\uDE00", "x", "xa", "xB", "x\u00E4")) {
      external("t" + tickets, title, Map.of());
    }
    Sort byTitle = new Sort(Sort.Field.TITLE, false);
    Search search = new Search(with("x", null, Creation.ANY), byTitle, 50, null, Search.NOW);
    assertThat(await(store.search(search)).value().items())
        .extracting(Session::id)
        .isEqualTo(
            owner.book().list(List.of(SessionState.RUNNING), byTitle, null, 50).stream()
                .map(Session::id)
                .toList());
  }

  private List<String> pagedSearch(Sort sort) {
    List<String> found = new ArrayList<>();
    Sort.Position after = null;
    do {
      Search search =
          new Search(
              new Filter(List.of(SessionState.RUNNING), "bRIDge", null, Creation.ANY),
              sort,
              4,
              after,
              Search.NOW);
      Reply.Done<Query.Page> page = await(store.search(search));
      assertThat(page.revision()).isEqualTo(owner.book().revision());
      assertThat(page.value().counts()).isEqualTo(owner.book().counts());
      page.value().items().forEach(session -> found.add(session.id()));
      after = page.value().next();
    } while (after != null);
    return found;
  }

  @Test
  void commandIdsAndKeysAreRememberedOverARestart() throws Exception {
    now = Instant.now();
    run(new StoreQuestionSet(questions()));
    Envelope.Key key = new Envelope.Key("ana POST /api/v1/sessions k", "f");
    Command<?> create = new CreateSession("a", null, "external", null, "small", 0, Map.of());
    Envelope<?> envelope = new Envelope<>("mine", now.plusSeconds(60), caller(), key, create);
    Reply<?> first = run(envelope);
    reopen();
    Loaded loaded = await(store.load());
    owner = new SessionOwner(loaded, POLICY, SessionOwner.Limits.DEFAULT);
    long before = owner.book().revision();
    assertThat(((Reply.Done<?>) run(envelope)).value()).isEqualTo(((Reply.Done<?>) first).value());
    Command<?> other = new CreateSession("b", null, "external", null, "small", 0, Map.of());
    Envelope<?> sameKey = new Envelope<>("another", now.plusSeconds(60), caller(), key, other);
    assertThat(run(sameKey)).isEqualTo(first);
    assertThat(owner.book().revision()).isEqualTo(before);
  }

  private Envelope<?> create(String id, Envelope.Key key) {
    Command<?> create = new CreateSession(id, null, "external", null, "small", 0, Map.of());
    return new Envelope<>("create " + id, now.plusSeconds(60), caller(), key, create);
  }

  @Test
  void theAnswerToARequestWithoutAKeyIsKeptForItsTriesOnly() throws Exception {
    now = Instant.now();
    run(new StoreQuestionSet(questions()));
    Envelope<?> once = create("a", Envelope.Key.ofOneRequest("r1"));
    Reply<?> first = run(once);
    reopen();
    owner = new SessionOwner(await(store.load()), POLICY, SessionOwner.Limits.DEFAULT);
    assertThat(run(once)).isEqualTo(first);
    run(create("b", new Envelope.Key("ana POST /api/v1/sessions k", "f")));
    assertThat(await(store.load()).keys()).hasSize(2);
    now = now.plusSeconds(180);
    run(create("c", new Envelope.Key("ana POST /api/v1/sessions l", "f")));
    assertThat(await(store.load()).keys())
        .extracting(done -> done.key().scope())
        .containsExactly("ana POST /api/v1/sessions k", "ana POST /api/v1/sessions l");
  }

  @Test
  void aDocumentIsKeptWithItsPages() throws Exception {
    Path uploaded = Files.writeString(store.uploads().resolve("x.pdf"), "%PDF-1.7 content");
    Document document = new Document("b".repeat(64), "x.pdf", 2, 16);
    await(store.keep(document, uploaded, List.of("first", "second")));
    run(new StoreDocument(document, true));
    reopen();
    assertThat(await(store.pages(document.id()))).containsExactly("first", "second");
    assertThat(await(store.page(document.id(), 2))).isEqualTo("second");
    assertThat(await(store.page(document.id(), 3))).isNull();
    assertThat(await(store.content(document))).hasContent("%PDF-1.7 content");
    assertThat(await(store.load()).book().document(document.id())).isEqualTo(document);
  }

  /** Random commands, and after each what the list, a session and its rows are. */
  protected Map<Long, Reply.Done<Query.Page>> live(int steps) {
    return live(steps, command -> true);
  }

  /** The same as far as a version without users, keys and logins knew it. */
  protected void liveWithoutAccounts(int steps) {
    live(steps, command -> !(command instanceof AccessCommand));
  }

  private Map<Long, Reply.Done<Query.Page>> live(int steps, Predicate<Command<?>> wanted) {
    Map<Long, Reply.Done<Query.Page>> seen = new TreeMap<>();
    SimCommands commands = new SimCommands(new Random(11));
    for (int i = 0; i < steps; i++) {
      Envelope<?> next = commands.next(now);
      if (wanted.test(next.command())) {
        run(next);
      }
      Query.ListSessions newest =
          new Query.ListSessions(List.of(), Creation.ANY, Sort.NEWEST_FIRST, 500, null);
      seen.put(owner.book().revision(), (Reply.Done<Query.Page>) owner.query(newest));
    }
    return seen;
  }

  @Test
  void theListOfEveryRevisionIsWhatItWas() {
    Map<Long, Reply.Done<Query.Page>> seen = live(400);
    seen.forEach(
        (revision, was) -> {
          Search search = new Search(Filter.ALL, Sort.NEWEST_FIRST, 500, null, revision);
          assertThat(await(store.search(search)).value()).isEqualTo(was.value());
        });
    assertThat(seen).hasSizeGreaterThan(100);
  }

  @Test
  void aSessionAndItsRowsOfEveryRevisionAreWhatTheyWere() {
    run(new StoreQuestionSet(questions()));
    external("a", "A", Map.of());
    List<Command<?>> life =
        List.of(
            new ReportRows("a", 1, List.of(row("q1", "one"))),
            review("q1", "better"),
            new StopSession("a", "enough", OptionalLong.empty()),
            review("q2", "mine"),
            PatchSession.pin("a", null, OptionalLong.empty()),
            new ResumeSession("a", Resumption.Scope.PENDING, null, OptionalLong.empty()),
            new ReportRows("a", 2, List.of(row("q1", "other"), row("q2", "two"))),
            new CompleteSession("a", 2, Statistics.NONE));
    Map<Long, Query.Results> seen = new TreeMap<>();
    for (Command<?> command : life) {
      assertThat(run(command)).isInstanceOf(Reply.Done.class);
      seen.put(
          owner.book().revision(),
          new Query.Results(owner.book().session("a"), owner.book().table("a")));
    }
    run(new DeleteSession("a", false, null, OptionalLong.empty()));
    seen.forEach(
        (revision, was) -> assertThat(await(store.resultsAt("a", revision))).isEqualTo(was));
    assertThat(await(store.resultsAt("a", 1))).isNull();
    assertThat(await(store.resultsAt("a", owner.book().revision()))).isNull();
  }

  private static ReviewRow review(String question, String answer) {
    return new ReviewRow(
        "a", question, Verdict.CORRECTED, answer, List.of(2), "checked", OptionalLong.empty());
  }

  @Test
  void aTimeMeansTheLastRevisionThatWasThereThen() {
    assertThat(await(store.revisionAt(now))).isZero();
    run(new StoreQuestionSet(questions()));
    Instant first = owner.book().lastAt();
    external("a", "A", Map.of());
    assertThat(await(store.revisionAt(first.minusMillis(1)))).isZero();
    assertThat(await(store.revisionAt(first))).isEqualTo(1);
    assertThat(await(store.revisionAt(first.plusMillis(6)))).isEqualTo(1);
    assertThat(await(store.revisionAt(owner.book().lastAt()))).isEqualTo(3);
    assertThat(await(store.revisionAt(now.plusSeconds(9)))).isEqualTo(3);
  }

  @Test
  void whatIsStoredIsWhatTheJournalAddsUpTo() throws Exception {
    live(1_000);
    Verification.Report report = verify();
    assertThat(report.firstDifference()).isNull();
    assertThat(report.revision()).isEqualTo(owner.book().revision());
    assertThat(report.tables())
        .allSatisfy(table -> assertThat(table.storeSha256()).isEqualTo(table.journalSha256()))
        .filteredOn(table -> table.lines() > 3)
        .extracting(Verification.Table::name)
        .contains("session", "session_version", "answer_row", "tombstone");
  }

  @Test
  void aLineThatTheJournalDoesNotGiveIsNamed() throws Exception {
    run(new StoreQuestionSet(questions()));
    external("a", "A", Map.of());
    run(new ReportRows("a", 1, List.of(row("q1", "one"))));
    execute("UPDATE answer_row SET body = replace(body, 'one', 'two')");
    assertThat(verify().firstDifference())
        .startsWith("answer_row (session_id, question_id): the journal gives \u201ca | q1")
        .contains("one", "two");
  }

  @Test
  void afterTheTimeOfATombstoneNothingButBareEventsIsLeftOfASession() throws Exception {
    run(new StoreQuestionSet(questions()));
    external("a", "A", Map.of());
    external("b", "B", Map.of());
    run(new ReportRows("a", 1, List.of(row("q1", "one"))));
    run(new DeleteSession("a", true, null, OptionalLong.empty()));
    long gone = owner.book().revision();
    now = now.plus(POLICY.tombstones()).plusSeconds(1);
    await(store.compact(now.minus(POLICY.tombstones())));
    run(new Sweep(false, null));
    assertThat(owner.book().tombstone("a")).isNull();
    assertThat(await(store.compacted())).isEqualTo(gone);
    assertThat(await(store.events("a", 0, 100)))
        .hasSize(6)
        .allSatisfy(event -> assertThat(event.body()).isEmpty());
    assertThat(await(store.resultsAt("a", gone - 2))).isNull();
    assertThat(verify().firstDifference()).isNull();
    reopen();
    Laws.sameState(await(store.load()).book(), owner.book());
  }

  @Test
  void aPurgedDocumentIsGoneWithItsTextAndFile() throws Exception {
    Path uploaded = Files.writeString(store.uploads().resolve("x.pdf"), "%PDF-1.7 content");
    Document document = new Document("b".repeat(64), "x.pdf", 1, 16);
    await(store.keep(document, uploaded, List.of("text")));
    run(new StoreDocument(document, true));
    Path file = await(store.content(document));
    now = now.plus(POLICY.documentIdle()).plusSeconds(1);
    run(new Sweep(false, null));
    assertThat(owner.book().document(document.id())).isNull();
    assertThat(await(store.page(document.id(), 1))).isNull();
    assertThat(file).doesNotExist();
    assertThat(verify().firstDifference()).isNull();
  }

  @Test
  void aReplyToABulkRequestIsRememberedOverARestart() throws Exception {
    now = Instant.now();
    run(new StoreQuestionSet(questions()));
    external("a", "A", Map.of());
    Bulk bulk =
        new Bulk(
            Bulk.Action.STOP,
            List.of(new Bulk.Item("a", null), new Bulk.Item("nobody", null)),
            "late",
            OptionalLong.empty(),
            OptionalInt.empty(),
            false);
    Envelope.Key key = new Envelope.Key("ana POST /api/v1/bulk k", "f");
    Reply<?> first = run(new Envelope<>("one", now.plusSeconds(60), caller(), key, bulk));
    reopen();
    owner = new SessionOwner(await(store.load()), POLICY, SessionOwner.Limits.DEFAULT);
    assertThat(run(new Envelope<>("two", now.plusSeconds(60), caller(), key, bulk)))
        .isEqualTo(first);
  }

  @Test
  void uploadsThatACrashCutShortAreGoneAfterTheNextStart() throws Exception {
    Path left = Files.writeString(store.uploads().resolve("left.pdf"), "half");
    reopen();
    assertThat(left).doesNotExist();
  }

  @Test
  void theJournalKeepsItsNameOverARestart() throws Exception {
    String name = store.journalId();
    reopen();
    assertThat(store.journalId()).isEqualTo(name);
  }
}
