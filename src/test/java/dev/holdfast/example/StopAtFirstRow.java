package dev.holdfast.example;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Caller;
import dev.holdfast.session.Change;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Creates a session, watches it and stops it at its first row, with the client only. */
public final class StopAtFirstRow extends VerticleBase {
  private final String documentId;
  private SessionClient client;

  StopAtFirstRow(String documentId) {
    this.documentId = documentId;
  }

  @Override
  public Future<?> start() {
    client = new SessionClient(vertx, new Caller("example", "bus", null));
    client.watch(step -> step.changes().forEach(this::look));
    return client.create("bid-spec", documentId);
  }

  private void look(Change change) {
    if (change.session() != null
        && change.session().state().isActive()
        && !change.rows().isEmpty()) {
      client.stop(change.sessionId(), "one row is enough");
    }
  }
}
