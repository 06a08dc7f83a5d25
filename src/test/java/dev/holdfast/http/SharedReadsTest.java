package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads are shared, and nobody gets one that began before it asked. */
class SharedReadsTest {
  private final SharedReads<String> reads = new SharedReads<>();
  private final List<Promise<String>> begun = new ArrayList<>();

  private Future<String> get(String key) {
    return reads.get(
        key,
        () -> {
          Promise<String> read = Promise.promise();
          begun.add(read);
          return read.future();
        });
  }

  @Test
  void aReadUnderWayIsNotJoined() {
    Future<String> first = get("list");
    Future<String> second = get("list");

    begun.get(0).complete("old");

    assertThat(first.result()).isEqualTo("old");
    assertThat(second.isComplete()).isFalse();
    begun.get(1).complete("new");
    assertThat(second.result()).isEqualTo("new");
  }

  @Test
  void whoeverAsksMeanwhileSharesTheNextRead() {
    get("list");
    List<Future<String>> waiting = List.of(get("list"), get("list"), get("list"));

    begun.get(0).complete("old");
    begun.get(1).complete("new");

    assertThat(begun).hasSize(2);
    assertThat(waiting).allMatch(future -> future.result().equals("new"));
  }

  @Test
  void aReadThatFailsDoesNotHoldUpTheNext() {
    Future<String> first = get("list");
    Future<String> second = get("list");

    begun.get(0).fail("broken");
    begun.get(1).complete("new");

    assertThat(first.failed()).isTrue();
    assertThat(second.result()).isEqualTo("new");
    get("list");
    assertThat(begun).hasSize(3);
  }

  @Test
  void aReadThatThrowsDoesNotHoldUpTheNext() {
    Future<String> first =
        reads.get(
            "list",
            () -> {
              throw new IllegalStateException("broken");
            });

    assertThat(first.failed()).isTrue();
    Future<String> second = get("list");
    begun.get(0).complete("new");
    assertThat(second.result()).isEqualTo("new");
  }

  @Test
  void whoeverCannotTakeTheValueDoesNotKeepItFromOthers() {
    get("list");
    Future<String> first = get("list");
    Future<String> second = get("list");
    first.onSuccess(
        value -> {
          throw new IllegalStateException("the client is gone");
        });
    List<String> taken = new ArrayList<>();
    second.onSuccess(taken::add);

    begun.get(0).complete("old");
    try {
      begun.get(1).complete("new");
    } catch (IllegalStateException thrownThrough) {
      // Whether it comes through here is not what matters.
    }

    assertThat(taken).containsExactly("new");
    get("list");
    assertThat(begun).hasSize(3);
  }

  @Test
  void otherKeysDoNotWait() {
    get("list");
    get("other");

    assertThat(begun).hasSize(2);
  }
}
