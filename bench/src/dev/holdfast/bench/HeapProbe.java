package dev.holdfast.bench;

import dev.holdfast.session.StoreQuestionSet;
import dev.holdfast.session.StoreDocument;
import dev.holdfast.session.ReportRows;
import dev.holdfast.session.CreateSession;
import dev.holdfast.session.CompleteSession;
import static dev.holdfast.bench.Api.await;

import dev.holdfast.session.Caller;
import dev.holdfast.session.Command;
import dev.holdfast.session.Document;
import dev.holdfast.session.Effect;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Loaded;
import dev.holdfast.session.Policy;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Row;
import dev.holdfast.session.RowStatus;
import dev.holdfast.session.SessionOwner;
import dev.holdfast.session.Statistics;
import dev.holdfast.store.JdbcStore;
import io.vertx.core.Vertx;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Fills an owner and its store with ended sessions. Arguments: data directory, how many. */
final class HeapProbe {
  private static final int DOCUMENTS = 40;
  private static final int AT_ONCE = 500;

  /** Next to nothing is kept beside the state, so that the state is what is measured. */
  private static final SessionOwner.Limits LIMITS =
      new SessionOwner.Limits(10 * AT_ONCE, 1, 1, 1, Duration.ZERO, Duration.ZERO);

  private final JdbcStore store;
  private final Random random = new Random(7);
  private final SessionOwner owner;
  private Instant now = Instant.parse("2026-01-05T08:00:00Z");
  private long commands;

  private HeapProbe(JdbcStore store, Loaded loaded) {
    this.store = store;
    this.owner = new SessionOwner(loaded, Policy.DEFAULT, LIMITS);
  }

  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    Path data = Path.of(args[0]);
    int sessions = Integer.parseInt(args[1]);
    System.out.println("lived " + fill(vertx, data, sessions));
    load(vertx, data, sessions);
    await(vertx.close());
  }

  private static double fill(Vertx vertx, Path data, int sessions) throws Exception {
    JdbcStore store = JdbcStore.open(vertx, "sqlite:", data);
    HeapProbe probe = new HeapProbe(store, await(store.load()));
    probe.prepare();
    long before = usedBytes();
    for (int i = 0; i < sessions; i += AT_ONCE) {
      probe.addSome(i, Math.min(AT_ONCE, sessions - i));
    }
    probe.perform(probe.owner.tick(probe.now.plus(Duration.ofHours(1))));
    long after = usedBytes();
    Reference.reachabilityFence(probe);
    await(store.close());
    return (double) (after - before) / sessions;
  }

  private static void load(Vertx vertx, Path data, int sessions) throws Exception {
    JdbcStore store = JdbcStore.open(vertx, "sqlite:", data);
    long before = usedBytes();
    long start = System.nanoTime();
    Loaded loaded = await(store.load());
    double seconds = (System.nanoTime() - start) / 1e9;
    Loaded kept = Loaded.of(loaded.book());
    loaded = null;
    System.out.println("loaded " + (double) (usedBytes() - before) / sessions);
    System.out.println("seconds " + seconds);
    Reference.reachabilityFence(kept);
    await(store.close());
  }

  private static long usedBytes() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void prepare() throws Exception {
    QuestionSet.Question question = new QuestionSet.Question("Q1", "Who owns the works?");
    QuestionSet.Section section = new QuestionSet.Section("s", "General", List.of(question));
    submit(new StoreQuestionSet(new QuestionSet("bid-spec", 0, null, List.of(section))));
    for (int i = 0; i < DOCUMENTS; i++) {
      submit(new StoreDocument(document(i), true));
    }
  }

  private static Document document(int number) {
    return new Document(
        String.format("%064x", number + 1), "pump-station-" + number + ".pdf", 28, 181_234);
  }

  /** Created, answered and completed, as over HTTP: every text is a string of its own. */
  private void addSome(int first, int count) throws Exception {
    String[] ids = new String[count];
    for (int i = 0; i < count; i++) {
      ids[i] = new UUID(random.nextLong(), random.nextLong()).toString();
      String title = String.format("Pump station %06d, technical specification.pdf", first + i);
      String document = document((first + i) % DOCUMENTS).id();
      String analyzer = String.valueOf("external".toCharArray());
      submit(
          new CreateSession(
              ids[i], title, analyzer, document, "bid-spec", 0, Map.of()));
    }
    Row row = new Row("Q1", RowStatus.ANSWERED, "The city", List.of(1), 0.8, List.of(), null, 0);
    for (String id : ids) {
      submit(new ReportRows(id, 1, List.of(row)));
    }
    for (String id : ids) {
      submit(new CompleteSession(id, 1, new Statistics(0, null)));
    }
  }

  private void submit(Command<?> command) throws Exception {
    now = now.plusMillis(7);
    Caller caller = new Caller("local", "http", "r" + ++commands);
    Envelope<?> envelope =
        new Envelope<>("c" + commands, now.plusSeconds(2), caller, null, command);
    perform(owner.submit(envelope, commands, now));
    landSome();
  }

  private Effect.Append pending;

  private void perform(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Append append) {
        pending = append;
      } else if (effect instanceof Effect.Answer answer
          && answer.reply() instanceof dev.holdfast.session.Reply.Refused<?> refused) {
        throw new IllegalStateException("refused: " + refused.detail());
      }
    }
  }

  /** A batch is written once the next one has filled; the last ones are small. */
  private void landSome() throws Exception {
    boolean full = commands % AT_ONCE == 0 || commands <= DOCUMENTS + 1;
    while (full && pending != null) {
      Effect.Append append = pending;
      pending = null;
      await(store.append(append.batch()));
      perform(owner.durable(append.batch().number(), now));
    }
  }
}
