package dev.holdfast.http.live;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.http.Access;
import dev.holdfast.http.EncodedSessions;
import dev.holdfast.http.Params;
import dev.holdfast.http.Problem;
import dev.holdfast.http.ProblemException;
import dev.holdfast.http.PublicJson;
import dev.holdfast.http.StreamPlaces;
import dev.holdfast.http.Who;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** The stream over SSE, and the same by long polling for who cannot have it. */
public final class StreamRoutes {
  private static final String JOURNAL = "journal";

  /** A stream ends within five seconds of the login or key that opened it. */
  private static final long CHECK_MILLIS = 2_000;

  private static final int SESSIONS_MAX = 16;
  private static final int WAIT_SECONDS_MAX = 30;
  private static final int WAIT_SECONDS_DEFAULT = 25;

  private final Vertx vertx;
  private final LiveHub hub;
  private final Frames frames;
  private final StreamPlaces places;
  private final Access access;
  private final String journal;

  /**
   * @param journal names the journal
   * @param places for streams and waiting polls, shared by all verticles of the server
   */
  public StreamRoutes(
      Vertx vertx,
      SessionClient client,
      EncodedSessions sessions,
      String journal,
      StreamPlaces places,
      Access access,
      MeterRegistry meters) {
    this.vertx = vertx;
    this.frames = new Frames(sessions, journal);
    this.hub = new LiveHub(vertx, client, frames, LiveMeters.in(meters));
    this.places = places;
    this.access = access;
    this.journal = journal;
  }

  public Future<Void> start() {
    vertx.setPeriodic(CHECK_MILLIS, timer -> hub.checkAccess(access));
    return hub.start();
  }

  public Future<Void> stop() {
    return hub.stop();
  }

  public void mount(Router router) {
    router.get("/api/v1/stream").handler(this::stream);
    router.get("/api/v1/changes").handler(this::changes);
  }

  private void stream(RoutingContext context) {
    Params.known(context, "after", "sessionId", JOURNAL);
    List<String> sessionIds =
        context.queryParams().getAll("sessionId").stream().distinct().toList();
    if (sessionIds.size() > SESSIONS_MAX) {
      throw new ProblemException(
          Problem.Type.BAD_PARAMETER, "Name at most " + SESSIONS_MAX + " sessions in a stream.");
    }
    long after = ofThisJournal(context, resumePoint(context));
    places.take(Who.of(context));
    SseStream stream = open(context);
    context.request().connection().shutdownHandler(v -> hub.dismiss(stream));
    if (after < 0) {
      hub.join(stream, sessionIds);
    } else {
      hub.resume(stream, sessionIds, after);
    }
  }

  /** The revision that the client holds, or -1; what its browser says is newer than the address. */
  private static long resumePoint(RoutingContext context) {
    String lastEventId = context.request().getHeader("Last-Event-ID");
    return lastEventId == null || lastEventId.isEmpty()
        ? Params.number(context.queryParams().get("after"), "after", -1)
        : Params.number(lastEventId, "Last-Event-ID", -1);
  }

  /** A revision of another journal, as of before a restore, is no place in this one. */
  private long ofThisJournal(RoutingContext context, long after) {
    String held = context.queryParams().get(JOURNAL);
    return held == null || held.equals(journal) ? after : Long.MAX_VALUE;
  }

  private SseStream open(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = request.response();
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no")
        .setWriteQueueMaxSize(65_536);
    SseStream stream = new SseStream(request, Who.of(context));
    response.drainHandler(drained -> hub.drained(stream));
    AtomicBoolean open = new AtomicBoolean(true);
    Handler<Void> leave =
        ended -> {
          hub.remove(stream);
          if (open.getAndSet(false)) {
            places.release(Who.of(context));
          }
        };
    response.endHandler(leave).closeHandler(leave);
    stream.write(Sse.retry(ThreadLocalRandom.current().nextLong(1_000, 3_000)));
    return stream;
  }

  private void changes(RoutingContext context) {
    Params.known(context, "after", "wait", JOURNAL);
    String given = context.queryParams().get("after");
    long after = ofThisJournal(context, Params.number(given, "after", -1));
    long wait = Params.number(context.queryParams().get("wait"), "wait", WAIT_SECONDS_DEFAULT);
    if (wait > WAIT_SECONDS_MAX) {
      throw new ProblemException(
          Problem.Type.BAD_PARAMETER, "wait must be from 0 to " + WAIT_SECONDS_MAX + " seconds.");
    }
    hub.snapshotNow()
        .onSuccess(
            snapshot -> {
              if (after < 0 || !hub.isInWindow(after)) {
                Buffer body =
                    Buffer.buffer("{\"reset\":true,\"snapshot\":")
                        .appendBuffer(frames.snapshotJson(snapshot))
                        .appendString("}");
                send(context, body);
              } else {
                await(context, after, wait, snapshot.value().counts());
              }
            })
        .onFailure(context::fail);
  }

  private void await(RoutingContext context, long after, long wait, Object counts) {
    Buffer now = hub.changes(after);
    if (now != null || wait == 0) {
      send(context, now == null ? nothing(after, counts) : now);
      return;
    }
    places.take(Who.of(context));
    Poll poll = new Poll(context, after, counts);
    hub.poll(poll);
    long timer = vertx.setTimer(wait * 1_000, late -> poll.answer(true));
    context.response().closeHandler(closed -> poll.close(timer));
    context.response().endHandler(ended -> poll.close(timer));
  }

  private final class Poll implements Runnable {
    private final RoutingContext context;
    private final long after;
    private final Object counts;
    private boolean closed;

    Poll(RoutingContext context, long after, Object counts) {
      this.context = context;
      this.after = after;
      this.counts = counts;
    }

    @Override
    public void run() {
      answer(false);
    }

    private void answer(boolean late) {
      Buffer now = hub.changes(after);
      if (!closed && (now != null || late)) {
        sendToWhoStillMay(now == null ? nothing(after, counts) : now);
      }
    }

    /** A login may have ended while this waited. */
    private void sendToWhoStillMay(Buffer body) {
      access
          .isStill(Who.of(context))
          .onSuccess(
              still -> {
                if (closed) {
                  return;
                }
                if (still) {
                  send(context, body);
                } else {
                  context.fail(
                      new ProblemException(Problem.Type.UNAUTHORIZED, "The login has ended."));
                }
              })
          .onFailure(context::fail);
    }

    private void close(long timer) {
      if (!closed) {
        closed = true;
        hub.removePoller(this);
        vertx.cancelTimer(timer);
        places.release(Who.of(context));
      }
    }
  }

  record Nothing(
      long revision, long previous, List<Object> sessions, List<Object> removed, Object counts) {}

  private static Buffer nothing(long after, Object counts) {
    return PublicJson.encode(new Nothing(after, after, List.of(), List.of(), counts));
  }

  private static void send(RoutingContext context, Buffer body) {
    context
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body);
  }
}
