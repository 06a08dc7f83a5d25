package dev.holdfast.http.live;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Server-sent events as bytes; data is JSON on one line, so it never contains a line break. */
final class Sse {
  static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

  private Sse() {}

  static void event(Buffer into, String name, byte[] json) {
    into.appendString("event: " + name + "\ndata: ").appendBytes(json).appendString("\n\n");
  }

  /** An event at which a client may resume. */
  static void event(Buffer into, String name, long id, byte[] json) {
    into.appendString("id: " + id + "\n");
    event(into, name, json);
  }

  /** What a stream begins with; the comment is for proxies that look for a first line of text. */
  static Buffer retry(long millis) {
    return Buffer.buffer(":\nretry: " + millis + "\n\n", StandardCharsets.US_ASCII.name());
  }
}
