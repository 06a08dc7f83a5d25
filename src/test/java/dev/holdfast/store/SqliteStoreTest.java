package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.session.Batch;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Effect;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Loaded;
import dev.holdfast.session.Policy;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.SessionOwner;
import dev.holdfast.session.StoreContract;
import dev.holdfast.session.StoreQuestionSet;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqliteStoreTest extends StoreContract {
  @Override
  protected Store open() throws Exception {
    return JdbcStore.open(vertx, "sqlite:", directory);
  }

  /** The batch of a first command on that state. */
  static Batch batch(Loaded loaded, String name) {
    List<QuestionSet.Question> questions = List.of(new QuestionSet.Question("q", "Why?"));
    QuestionSet set =
        new QuestionSet(name, 0, null, List.of(new QuestionSet.Section("s", "S", questions)));
    SessionOwner owner = new SessionOwner(loaded, Policy.DEFAULT, SessionOwner.Limits.DEFAULT);
    Envelope<?> envelope =
        new Envelope<>("c-" + name, Instant.MAX, Caller.SYSTEM, null, new StoreQuestionSet(set));
    List<Effect> effects = owner.submit(envelope, 1, Instant.now());
    return ((Effect.Append) effects.get(effects.size() - 1)).batch();
  }

  @Test
  void aSecondProcessOnTheSameDataIsRefusedAndHarmsNothing() {
    assertThatThrownBy(() -> JdbcStore.open(vertx, "sqlite:", directory))
        .isInstanceOf(StoreInUse.class)
        .hasMessageContaining("--data");
    assertThat(await(store.append(batch(await(store.load()), "after"))))
        .isEqualTo(Store.Appended.DURABLE);
  }

  @Test
  void anOwnerThatWasReplacedCannotAppend() throws Exception {
    Loaded loaded = await(store.load());
    SqliteJournal other = new SqliteJournal(directory.resolve("holdfast.db"));
    other.open();
    assertThat(await(store.append(batch(loaded, "stale")))).isEqualTo(Store.Appended.FENCED);
    assertThat(other.append(Projection.of(batch(loaded, "new")))).isEqualTo(Store.Appended.DURABLE);
    other.close();
    assertThat(store.load().toCompletionStage().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withCauseInstanceOf(StoreInUse.class);
  }

  @Test
  void aBatchThatDoesNotFollowTheJournalIsNotAppended() {
    Loaded loaded = await(store.load());
    assertThat(await(store.append(batch(loaded, "one")))).isEqualTo(Store.Appended.DURABLE);
    assertThat(await(store.append(batch(loaded, "two")))).isEqualTo(Store.Appended.FENCED);
  }

  @Test
  void aBatchThatCannotBeWrittenIsSaidToBeNotWrittenAndLeavesNothing() throws Exception {
    Loaded loaded = await(store.load());
    Batch batch = batch(loaded, "one");
    execute("ALTER TABLE event RENAME TO hidden");
    Throwable failure =
        store.append(batch).toCompletionStage().handle((v, e) -> e).toCompletableFuture().get();
    assertThat(failure).isInstanceOf(Store.NotWritten.class);
    execute("ALTER TABLE hidden RENAME TO event");
    assertThat(await(store.append(batch))).isEqualTo(Store.Appended.DURABLE);
    assertThat(await(store.load()).book().revision()).isEqualTo(1);
  }

  @Override
  protected Verification.Report verify() throws Exception {
    return Verification.of("sqlite:", directory);
  }

  @Override
  protected void execute(String sql) throws Exception {
    String url = "jdbc:sqlite:" + directory.resolve("holdfast.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
