package dev.holdfast.http.live;

import dev.holdfast.http.Who;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Map;

/**
 * One reader of the stream. Nothing is written to a reader whose socket is full; it falls behind
 * and gets what it missed in one frame when it drains, or a reset when that would be too much.
 */
final class SseStream {
  /** Frames that a reader may fall behind by before it is owed a reset. */
  static final int MISSED_FRAMES_MAX = 64;

  /** Bytes that a reader may fall behind by before it is owed a reset. */
  static final int MISSED_BYTES_MAX = 256 * 1024;

  private final Who who;
  private final HttpConnection connection;
  private final HttpServerResponse response;
  private Map<String, RowTexts> tables = Map.of();
  private long position;
  private boolean joined;
  private int missedFrames;
  private long missedBytes;
  private long fullSince;

  SseStream(HttpServerRequest request, Who who) {
    this.who = who;
    this.connection = request.connection();
    this.response = request.response();
  }

  /** The client holds the state of that revision from here on, or will once it has read it. */
  void join(long revision, Map<String, RowTexts> named) {
    position = revision;
    tables = named;
    joined = true;
    missedFrames = 0;
    missedBytes = 0;
  }

  /** A snapshot is on its way; frames wait for it. */
  void leave() {
    joined = false;
  }

  Who who() {
    return who;
  }

  boolean isJoined() {
    return joined;
  }

  long position() {
    return position;
  }

  Map<String, RowTexts> tables() {
    return tables;
  }

  boolean isFull() {
    return response.writeQueueFull();
  }

  void write(Buffer bytes) {
    response.write(bytes);
  }

  /** Moves the client on to that revision. */
  void write(Buffer frame, long revision) {
    position = revision;
    missedFrames = 0;
    missedBytes = 0;
    write(frame);
  }

  /** Takes note of a frame that the full socket could not take. */
  void miss(int bytes, long nowMillis) {
    if (missedFrames == 0) {
      fullSince = nowMillis;
    }
    missedFrames++;
    missedBytes += bytes;
  }

  boolean hasMissed() {
    return missedFrames > 0;
  }

  boolean hasMissedTooMuch() {
    return missedFrames > MISSED_FRAMES_MAX || missedBytes > MISSED_BYTES_MAX;
  }

  /** True when the socket has been full for longer than that. */
  boolean isStuck(long nowMillis, long millisMax) {
    return missedFrames > 0 && isFull() && nowMillis - fullSince > millisMax;
  }

  /** Says a last thing, unless the stream has ended already. */
  void end(Buffer last) {
    if (!response.ended()) {
      response.end(last);
    }
  }

  /**
   * Cuts the connection: there is no room to say anything. Vert.x closes a connection behind what
   * waits to be written, for which this reader has no room either; so it goes beneath Vert.x.
   */
  void cut() {
    if (connection instanceof HttpServerConnection http1) {
      http1.channelHandlerContext().close();
    } else {
      response.reset();
    }
  }
}
