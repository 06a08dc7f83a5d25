package dev.holdfast.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.Holdfast;
import dev.holdfast.cli.Settings;
import dev.holdfast.session.Creation;
import dev.holdfast.session.Query;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the owner cannot cope with is answered, and the owner goes on. */
class BrokenRequestTest {
  @TempDir private Path data;

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void aRequestThatBreaksTheOwnerIsAnsweredAndTheNextOneToo() throws Exception {
    Vertx vertx = Vertx.vertx();
    Settings settings = Settings.DEFAULT.withPort(0).withData(data);
    Holdfast holdfast = await(Holdfast.deploy(vertx, settings, reason -> {}));
    try {
      Query<Query.Page> broken = new Query.ListSessions(List.of(), Creation.ANY, null, 1, null);
      assertThatThrownBy(() -> await(holdfast.client().ask(broken)))
          .hasMessageContaining("The request broke");
      assertThat(await(holdfast.client().ask(new Query.GetRevision())).value().total()).isZero();
    } finally {
      await(holdfast.close());
      await(vertx.close());
    }
  }
}
