package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Query;
import dev.holdfast.store.Store;
import dev.holdfast.store.Store.StoredEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The journal: of one session, and of who may do what. */
final class EventRoutes {
  private static final int EVENTS_MAX = 500;

  /** Members of events that no reply shows: digests of what opens the server. */
  private static final Set<String> SECRETS = Set.of("passwordHash", "sha256", "token");

  private static final String NDJSON = "application/x-ndjson";
  private final SessionClient client;
  private final Store store;

  EventRoutes(SessionClient client, Store store) {
    this.client = client;
    this.store = store;
  }

  void mount(Router router) {
    Requests.read(router, "/api/v1/sessions/:id/events").handler(this::events);
    Requests.read(router, "/api/v1/audit").handler(this::audit);
  }

  /** An event: what happened, when, by whom and why. */
  record EventView(
      long revision,
      Instant at,
      String type,
      String actor,
      String client,
      String requestId,
      String reason,
      Object data) {
    static EventView of(StoredEvent event) {
      return new EventView(
          event.revision(),
          event.at(),
          event.type(),
          event.caller().actor(),
          event.caller().client(),
          event.caller().requestId(),
          event.reason(),
          PublicJson.treeWithout(event.body(), SECRETS));
    }
  }

  /**
   * @param next the {@code after} of the next page, or null at the end
   */
  record EventList(List<EventView> items, Long next) {}

  /** Events up to what the owner has shown: the store may know some that are not released yet. */
  private void events(RoutingContext context) {
    Params.only(context, "after");
    long after = Params.number(context.queryParams().get("after"), "after", 0);
    String id = context.pathParam("id");
    client
        .ask(new Query.GetSession(id))
        .compose(
            done ->
                store
                    .events(id, after, EVENTS_MAX)
                    .onSuccess(
                        events -> send(context, done.revision(), upTo(done.revision(), events))))
        .onFailure(context::fail);
  }

  private void audit(RoutingContext context) {
    Params.known(context, "after");
    long after = Params.number(context.queryParams().get("after"), "after", 0);
    client
        .ask(new Query.GetRevision())
        .compose(
            done ->
                store
                    .accessEvents(after, EVENTS_MAX)
                    .onSuccess(
                        events -> send(context, done.revision(), upTo(done.revision(), events))))
        .onFailure(context::fail);
  }

  private static List<StoredEvent> upTo(long revision, List<StoredEvent> events) {
    return events.stream().takeWhile(event -> event.revision() <= revision).toList();
  }

  private static void send(RoutingContext context, long revision, List<StoredEvent> events) {
    List<EventView> views = events.stream().map(EventView::of).toList();
    context.response().putHeader("Holdfast-Revision", Long.toString(revision));
    if (NDJSON.equals(context.request().getHeader("Accept"))) {
      Buffer lines = Buffer.buffer();
      views.forEach(view -> lines.appendBytes(PublicJson.bytes(view)).appendString("\n"));
      context.response().putHeader("Content-Type", NDJSON).end(lines);
      return;
    }
    boolean more = events.size() == EVENTS_MAX;
    Long next = more ? events.get(events.size() - 1).revision() : null;
    context
        .response()
        .putHeader("Content-Type", "application/json")
        .end(PublicJson.encode(new EventList(views, next)));
  }
}
