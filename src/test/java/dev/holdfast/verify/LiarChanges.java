package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.verify.World.Session;

/** What the liar's calls do to a session. */
final class LiarChanges {
  private LiarChanges() {}

  /** The session after that call; null refuses it. */
  static Session of(LiarMemory memory, Session before, String call, JsonNode body) {
    boolean current =
        body.path("attempt").asInt() == before.attempt() || memory.isAtFault(Fault.NO_FENCE);
    return switch (call) {
      case "stop" -> before.isActive() ? before.in("partial") : before;
      case "resume" ->
          before.state().equals("partial") || before.state().equals("failed")
              ? before.resumed()
              : null;
      case "rows" -> current && before.isActive() ? report(memory, before, body) : null;
      case "complete" -> current ? end(before, "completed") : null;
      default -> current ? end(before, "failed") : null;
    };
  }

  private static Session report(LiarMemory memory, Session before, JsonNode body) {
    JsonNode row = body.path("rows").path(0);
    return memory.lies(Fault.LOST_ROW)
        ? before
        : before.with(row.path("questionId").asText(), row.path("answer").asText());
  }

  private static Session end(Session before, String state) {
    if (before.isActive()) {
      return before.in(state);
    }
    return before.state().equals(state) ? before : null;
  }
}
