package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.verify.Shape.Call;
import java.util.UUID;

/** The calls that a description names. */
final class DescribedCalls implements Calls {
  private final Run run;
  private final Shape shape;

  DescribedCalls(Run run) {
    this.run = run;
    this.shape = run.shape();
  }

  @Override
  public boolean canCreate() {
    return shape.create() != null;
  }

  @Override
  public boolean canStop() {
    return shape.stop() != null;
  }

  @Override
  public Known create(Client client) {
    Call call = shape.create();
    String fresh = new UUID(client.random().nextLong(), client.random().nextLong()).toString();
    Exchange exchange = client.send(call.method(), call.path(), filled(call.body(), fresh));
    if (!exchange.isAnswered()) {
      return null;
    }
    String id = call.id().text(exchange.body());
    if (!exchange.isOk() || id == null) {
      throw new CannotCheck(exchange.what() + " created nothing: " + Client.detail(exchange));
    }
    Known known = run.knowledge().created(id, exchange.done(), null);
    known.note(exchange.step("creates it"));
    return known;
  }

  private static JsonNode filled(JsonNode body, String fresh) {
    if (body == null || !body.isObject()) {
      return body;
    }
    ObjectNode filled = JsonNodeFactory.instance.objectNode();
    body.properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              if (value.isTextual()) {
                filled.put(member.getKey(), value.asText().replace("{new}", fresh));
              } else {
                filled.set(member.getKey(), value);
              }
            });
    return filled;
  }

  @Override
  public void work(Client client, Known known) {
    // The server works by itself.
  }

  @Override
  public void finish(Client client, Known known) {
    // The server comes to its end by itself.
  }

  @Override
  public void stop(Client client, Known known) {
    Exchange exchange = change(client, shape.stop(), known);
    String state = shape.stop().state().text(exchange.body());
    if (exchange.isOk() && state != null && shape.isEnded(state)) {
      Seen stopped = Seen.by(exchange, true, 1, -1, state, true);
      known.saw(stopped, exchange.step("stops it: " + state));
    } else {
      known.note(exchange.step("stops it"));
    }
  }

  @Override
  public void delete(Client client, Known known) {
    if (shape.delete() != null) {
      known.deleting(run.now());
      Exchange exchange = change(client, shape.delete(), known);
      known.note(exchange.step("deletes it"));
      if (exchange.isOk()) {
        known.deleted(exchange);
      }
    }
  }

  private Exchange change(Client client, Call call, Known known) {
    Exchange exchange =
        client.send(call.method(), call.path().replace("{id}", known.id()), call.body());
    boolean denied = exchange.status() == 404;
    if (known.mustBeThere(exchange.sent(), exchange.done())) {
      run.findings().compared(Check.VIEWABLE, 1);
      if (denied) {
        run.findings()
            .add(
                new Violation(
                    Check.VIEWABLE,
                    "session " + known.id(),
                    "it is known and cannot be found",
                    known.timeline(
                        exchange.step("IT CANNOT BE FOUND: " + Client.detail(exchange)))));
      }
    }
    return exchange;
  }
}
