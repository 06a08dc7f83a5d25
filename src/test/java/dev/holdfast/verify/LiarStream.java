package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.verify.World.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One stream of the liar. */
final class LiarStream {
  private static final long COMMENT_MILLIS = 200;
  private final LiarMemory memory;
  private final OutputStream out;
  private final List<String> named;
  private World held;

  /**
   * @param held what the client has, or null
   */
  LiarStream(LiarMemory memory, OutputStream out, List<String> named, World held) {
    this.memory = memory;
    this.out = out;
    this.named = named;
    this.held = held;
  }

  /** Goes on until the client is gone. */
  void follow() throws IOException, InterruptedException {
    if (held == null) {
      held = memory.now();
      event("snapshot", snapshot());
    } else {
      frame(memory.now());
    }
    while (!Thread.currentThread().isInterrupted()) {
      World next = memory.awaitAfter(held.revision(), COMMENT_MILLIS);
      if (next.revision() == held.revision()) {
        write(": still here\n\n");
      } else {
        frame(next);
      }
    }
  }

  private ObjectNode snapshot() {
    ObjectNode node =
        LiarJson.list(held.revision(), held.sessions().values(), held.sessions().values());
    ObjectNode results = node.putObject("results");
    for (String id : named) {
      if (held.sessions().containsKey(id)) {
        results.set(id, LiarJson.results(held.sessions().get(id)));
      }
    }
    return node;
  }

  private void frame(World next) throws IOException {
    for (Session session : next.sessions().values()) {
      if (session.revision() > held.revision() && !memory.lies(Fault.STREAM_SKIPS)) {
        ObjectNode node = LiarJson.object();
        node.set("session", LiarJson.session(session));
        event("session", node);
        rows(session);
      }
    }
    for (String id : held.sessions().keySet()) {
      if (!next.sessions().containsKey(id)) {
        event("removed", LiarJson.object().put("id", id).put("reason", "deleted"));
      }
    }
    boolean breaks = memory.lies(Fault.STREAM_BREAKS);
    ObjectNode end = LiarJson.object().put("revision", next.revision());
    end.put("previous", breaks ? held.revision() - 1 : held.revision());
    end.set("counts", LiarJson.counts(next.sessions().values()));
    event("frame", end);
    held = next;
  }

  private void rows(Session session) throws IOException {
    if (named.contains(session.id())) {
      for (String question : session.rows().keySet()) {
        ObjectNode node = LiarJson.object().put("sessionId", session.id());
        node.set("row", LiarJson.row(session, question));
        event("row", node);
      }
    }
  }

  private void event(String name, JsonNode data) throws IOException {
    write("event: " + name + "\ndata: " + data + "\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
