package dev.holdfast.http.legacy;

import dev.holdfast.bus.RefusedException;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.http.PublicJson;
import dev.holdfast.http.Requests;
import dev.holdfast.session.Creation;
import dev.holdfast.session.Query;
import dev.holdfast.session.Refusal;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionState;
import dev.holdfast.session.Sort;
import dev.holdfast.session.StopSession;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** List, results and stop as the old application's pages ask for them. */
public final class LegacyRoutes {
  static final int ITEMS_MAX = 10_000;
  private static final List<SessionState> ACTIVE =
      List.of(SessionState.QUEUED, SessionState.RUNNING);
  private static final List<SessionState> COMPLETED = List.of(SessionState.COMPLETED);
  private static final List<SessionState> PARTIAL =
      List.of(SessionState.PARTIAL, SessionState.FAILED);

  private final SessionClient client;
  private final String journal;
  private final Instant startedAt;

  public LegacyRoutes(SessionClient client, String journal, Instant startedAt) {
    this.client = client;
    this.journal = journal;
    this.startedAt = startedAt;
  }

  public void mount(Router router) {
    Requests.read(router, "/api/admin/sessions").handler(this::list);
    Requests.read(router, "/api/results/:id").handler(this::results);
    router.post("/api/stop/:id").handler(this::stop);
  }

  /** Ways to the page, which everybody may open. */
  public static void mountRedirects(Router router) {
    Requests.read(router, "/admin/sessions").handler(context -> redirect(context, "../"));
    Requests.read(router, "/sessions/:id")
        .handler(context -> redirect(context, "../#/sessions/" + context.pathParam("id")));
  }

  private static void redirect(RoutingContext context, String location) {
    String safe = location.replaceAll("[^A-Za-z0-9._/#-]", "");
    context.response().setStatusCode(302).putHeader("Location", safe).end();
  }

  private void list(RoutingContext context) {
    client
        .ask(new Query.ListSessions(List.of(), Creation.ANY, Sort.NEWEST_FIRST, ITEMS_MAX, null))
        .onSuccess(done -> send(context, 200, view(done)))
        .onFailure(context::fail);
  }

  private LegacyView.SessionList view(Done<Query.Page> done) {
    Query.Page page = done.value();
    long uptime = Duration.between(startedAt, Instant.now()).toSeconds();
    return new LegacyView.SessionList(
        true,
        LegacyView.Summary.of(page.counts()),
        new LegacyView.Groups(
            items(page.items(), ACTIVE),
            items(page.items(), COMPLETED),
            items(page.items(), PARTIAL),
            List.of()),
        new LegacyView.Diagnostics("here", done.revision(), journal, uptime),
        page.next() == null ? null : true);
  }

  private static List<LegacyView.Item> items(List<Session> all, List<SessionState> states) {
    List<LegacyView.Item> items = new ArrayList<>();
    for (Session session : all) {
      if (states.contains(session.state())) {
        items.add(LegacyView.Item.of(session));
      }
    }
    return items;
  }

  private void results(RoutingContext context) {
    client
        .ask(new Query.GetResults(context.pathParam("id")))
        .onSuccess(done -> send(context, 200, LegacyView.Results.of(done.value())))
        .onFailure(failure -> refuse(context, failure));
  }

  private void stop(RoutingContext context) {
    String id = context.pathParam("id");
    Requests.send(context, client, new StopSession(id, null, OptionalLong.empty()))
        .onSuccess(
            done ->
                send(
                    context,
                    200,
                    new LegacyView.Stopped(
                        true,
                        done.changed()
                            ? "Analysis stopped, its results are kept"
                            : "Analysis had ended already",
                        done.value().state().label())))
        .onFailure(failure -> refuse(context, failure));
  }

  private static void refuse(RoutingContext context, Throwable failure) {
    if (failure instanceof RefusedException refused
        && (refused.reason() == Refusal.NOT_FOUND || refused.reason() == Refusal.GONE)) {
      int status = refused.reason() == Refusal.GONE ? 410 : 404;
      send(
          context,
          status,
          new LegacyView.Missing(
              false, status == 410 ? "Session gone" : "Session not found", refused.getMessage()));
    } else {
      context.fail(failure);
    }
  }

  private static Future<Void> send(RoutingContext context, int status, Object body) {
    return context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(PublicJson.encode(body));
  }
}
