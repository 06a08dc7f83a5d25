package dev.holdfast.bus;

import dev.holdfast.session.Caller;
import dev.holdfast.session.ChangeSet;
import dev.holdfast.session.Command;
import dev.holdfast.session.CreateSession;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Query;
import dev.holdfast.session.Refusal;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.Session;
import dev.holdfast.session.StopSession;
import dev.holdfast.session.Sweep;
import dev.holdfast.session.SweepReport;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Talks to the owner over the event bus; the HTTP verticles use this very class.
 *
 * <p>Futures fail with {@link RefusedException} only. A request that gets no answer is tried again,
 * a command under the same command id, so that it is carried out at most once; after {@link
 * #PATIENCE} it fails with {@link Refusal#OWNER_UNAVAILABLE}. Revisions are those of the journal.
 */
public final class SessionClient {
  /** How long one try of a command waits. */
  static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

  /** How long one try of a query waits. */
  static final Duration QUERY_TIMEOUT = Duration.ofSeconds(1);

  /** How long a request is tried again while no owner answers. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Requests to the owner that one client has under way; more are refused at once. */
  static final int IN_FLIGHT_MAX = 256;

  private static final long RETRY_MILLIS = 100;
  private static final long SWEEP_PAUSE_MILLIS = 5;
  private static final long SHOWN_PAUSE_MILLIS = 1;

  private final Vertx vertx;
  private final Caller caller;
  private final AtomicInteger inFlight = new AtomicInteger();

  /**
   * @param caller on whose behalf commands are sent, for the record
   */
  public SessionClient(Vertx vertx, Caller caller) {
    Codecs.register(vertx);
    this.vertx = vertx;
    this.caller = caller;
  }

  /** Creates a session that answers the latest version of a question set by {@code retrieval}. */
  public Future<Session> create(String questionSet, String documentId) {
    return send(new CreateSession(newId(), null, "retrieval", documentId, questionSet, 0, Map.of()))
        .map(Done::value);
  }

  /** The session as it is now. */
  public Future<Session> session(String sessionId) {
    return ask(new Query.GetSession(sessionId)).map(Done::value);
  }

  /** The session and its table, both as of one revision. */
  public Future<Query.Results> results(String sessionId) {
    return ask(new Query.GetResults(sessionId)).map(Done::value);
  }

  /** Stops the session, or leaves an ended one as it is; its table is kept and returned. */
  public Future<Query.Results> stop(String sessionId, String reason) {
    return send(new StopSession(sessionId, reason, OptionalLong.empty()))
        .compose(done -> results(sessionId));
  }

  /** Carries out what the clock has brought about, and says what it was. */
  public Future<Done<SweepReport>> cleanUp(boolean dryRun) {
    return cleanUp(dryRun, caller);
  }

  /** Like {@link #cleanUp(boolean)}, on behalf of somebody; in steps with room for others. */
  public Future<Done<SweepReport>> cleanUp(boolean dryRun, Caller sender) {
    Promise<Done<SweepReport>> cleaned = Promise.promise();
    cleanUp(dryRun, sender, null, cleaned);
    return cleaned.future();
  }

  /**
   * Another step, or the end. A future composed of all steps would, at its end, be as many calls
   * deep as there were steps, and a stack holds no more than about a thousand.
   */
  private void cleanUp(
      boolean dryRun, Caller sender, SweepReport soFar, Promise<Done<SweepReport>> cleaned) {
    send(new Sweep(dryRun, soFar), sender, null)
        .onSuccess(
            done -> {
              // A repeated try of a step that was done says nothing of it.
              SweepReport report = done.value() == null ? soFar : done.value();
              boolean more = done.value() == null || (report.more() && !dryRun);
              if (more) {
                later(SWEEP_PAUSE_MILLIS, () -> cleanUp(dryRun, sender, report, cleaned));
              } else {
                cleaned.complete(done);
              }
            })
        .onFailure(cleaned::fail);
  }

  /** Done when the owner shows that revision; for who has read it elsewhere. */
  public Future<Void> shown(long revision) {
    Promise<Void> shown = Promise.promise();
    awaitShown(revision, shown);
    return shown.future();
  }

  /** Again and again like the steps of {@code cleanUp}, for the same reason. */
  private void awaitShown(long revision, Promise<Void> shown) {
    ask(new Query.GetRevision())
        .onSuccess(
            head -> {
              if (head.revision() >= revision) {
                shown.complete();
              } else {
                later(SHOWN_PAUSE_MILLIS, () -> awaitShown(revision, shown));
              }
            })
        .onFailure(shown::fail);
  }

  /**
   * Calls the handler with every durable step, in order; a step whose {@code previous} is not the
   * last revision seen says that one was missed: ask {@link Query.ChangesSince} then.
   */
  public MessageConsumer<ChangeSet> watch(Handler<ChangeSet> handler) {
    return vertx
        .eventBus()
        .<ChangeSet>consumer(Address.EVENT)
        .handler(message -> handler.handle(message.body()));
  }

  /** An id for a new session. */
  public static String newId() {
    return UUID.randomUUID().toString();
  }

  /** Asks about the durable state. */
  public <A> Future<Done<A>> ask(Query<A> query) {
    return attempt(
        Instant.now().plus(PATIENCE), () -> request(Address.QUERY, query, QUERY_TIMEOUT));
  }

  /** Sends a command on behalf of this client's caller. */
  public <T> Future<Done<T>> send(Command<T> command) {
    return send(command, caller, null);
  }

  /**
   * Sends a command.
   *
   * @param key by which a later request is known as the same one, or null
   */
  public <T> Future<Done<T>> send(Command<T> command, Caller sender, Envelope.Key key) {
    String commandId = UUID.randomUUID().toString();
    return attempt(
        Instant.now().plus(PATIENCE),
        () -> {
          Instant deadline = Instant.now().plus(COMMAND_TIMEOUT);
          Object envelope = new Envelope<>(commandId, deadline, sender, key, command);
          return request(Address.COMMAND, envelope, COMMAND_TIMEOUT);
        });
  }

  private Future<Reply<?>> request(String address, Object body, Duration timeout) {
    return vertx
        .eventBus()
        .<Reply<?>>request(address, body, new DeliveryOptions().setSendTimeout(timeout.toMillis()))
        .map(Message::body);
  }

  private <T> Future<Done<T>> attempt(Instant until, Supplier<Future<Reply<?>>> request) {
    if (inFlight.incrementAndGet() > IN_FLIGHT_MAX) {
      inFlight.decrementAndGet();
      return Future.failedFuture(
          new RefusedException(
              Refusal.OVERLOADED, "Too many requests wait for the owner; try again.", 0));
    }
    return request
        .get()
        .onComplete(done -> inFlight.decrementAndGet())
        .transform(
            result -> {
              if (result.succeeded() && !isUnavailable(result.result())) {
                return outcome(result.result());
              }
              boolean again = result.succeeded() || isRepeatable(result.cause());
              return again && Instant.now().isBefore(until)
                  ? vertx
                      .timer(RETRY_MILLIS, TimeUnit.MILLISECONDS)
                      .compose(paused -> attempt(until, request))
                  : Future.failedFuture(unavailable(result.cause()));
            });
  }

  private void later(long millis, Runnable step) {
    vertx.setTimer(millis, timer -> step.run());
  }

  private static boolean isUnavailable(Reply<?> reply) {
    return reply instanceof Reply.Refused<?> refused
        && refused.reason() == Refusal.OWNER_UNAVAILABLE;
  }

  private static boolean isRepeatable(Throwable failure) {
    return failure instanceof ReplyException reply
        && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE;
  }

  private static RefusedException unavailable(Throwable failure) {
    boolean broke =
        failure instanceof ReplyException reply
            && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE;
    return broke
        ? new RefusedException(Refusal.INTERNAL, "The request broke; the log says how.", 0)
        : new RefusedException(
            Refusal.OWNER_UNAVAILABLE, "No owner answers now; try again in a moment.", 0);
  }

  @SuppressWarnings("unchecked")
  private static <T> Future<Done<T>> outcome(Reply<?> reply) {
    if (reply instanceof Reply.Refused<?> refused) {
      return Future.failedFuture(
          new RefusedException(refused.reason(), refused.detail(), refused.revision()));
    }
    return Future.succeededFuture((Done<T>) reply);
  }
}
