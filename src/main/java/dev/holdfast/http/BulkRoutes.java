package dev.holdfast.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Bulk;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.store.Store;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a person does to many sessions at once. */
final class BulkRoutes {
  static final String BULK = "/api/v1/bulk";

  private final SessionClient client;
  private final BulkSelection selection;

  BulkRoutes(SessionClient client, Store store) {
    this.client = client;
    this.selection = new BulkSelection(client, store);
  }

  void mount(Router router) {
    router.post(BULK).handler(this::bulk);
  }

  /**
   * What to do to which sessions.
   *
   * @param filter of the list, in place of ids
   * @param atRevision the revision of the list that the person saw
   */
  record BulkBody(
      String action,
      List<String> ids,
      JsonNode filter,
      String reason,
      Long atRevision,
      Integer expectCount,
      Boolean dryRun) {

    Bulk.Action toAction() {
      return Bulk.Action.ofLabel(action);
    }

    BulkBody {
      if (atRevision != null && atRevision < 0) {
        throw new IllegalArgumentException("atRevision must be from 0");
      }
    }

    Bulk toCommand(BulkSelection.Selected selected) {
      long seen = atRevision == null ? selected.revision() : atRevision;
      return new Bulk(
          toAction(),
          selected.ids().stream().map(id -> new Bulk.Item(id, SessionClient.newId())).toList(),
          reason,
          seen < 0 ? OptionalLong.empty() : OptionalLong.of(seen),
          expectCount == null ? OptionalInt.empty() : OptionalInt.of(expectCount),
          Boolean.TRUE.equals(dryRun));
    }
  }

  /**
   * How it went for one session.
   *
   * @param status as if it had been asked for alone
   * @param newId of the session that a retry made, or null
   */
  record ResultView(String id, int status, String newId, Problem problem) {
    static ResultView of(Bulk.Action action, Bulk.Result result) {
      if (result.refusal() == null) {
        return new ResultView(result.sessionId(), status(action), result.createdId(), null);
      }
      Problem.Type type = Problem.Type.of(result.refusal());
      Problem problem =
          Problem.of(type, result.detail(), "/api/v1/sessions/" + result.sessionId(), null);
      return new ResultView(result.sessionId(), type.status(), null, problem);
    }

    private static int status(Bulk.Action action) {
      return switch (action) {
        case DELETE -> 204;
        case RETRY -> 201;
        default -> 200;
      };
    }
  }

  /** How it went for all. */
  record BulkView(long revision, List<ResultView> results) {}

  private void bulk(RoutingContext context) {
    Params.only(context);
    BulkBody body = PublicJson.read(context.body().buffer(), BulkBody.class);
    Bulk.Action action = Checked.value(body::toAction);
    selection
        .select(body.ids(), body.filter())
        .compose(
            selected -> {
              Bulk command = Checked.value(() -> body.toCommand(selected));
              return Requests.sendAlwaysKeyed(context, client, command);
            })
        .onSuccess(done -> send(context, action, done))
        .onFailure(context::fail);
  }

  private static void send(RoutingContext context, Bulk.Action action, Done<Bulk.Outcome> done) {
    List<ResultView> results =
        done.value().results().stream().map(result -> ResultView.of(action, result)).toList();
    Requests.sendJson(context, done.revision(), new BulkView(done.revision(), results));
  }
}
