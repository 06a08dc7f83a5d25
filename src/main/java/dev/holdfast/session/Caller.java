package dev.holdfast.session;

/**
 * Who sent a command, as it is put on record.
 *
 * @param actor the person or part of the system, for example {@code ana} or {@code system}
 * @param client what they used, for example {@code http}, or null
 * @param requestId of the request that led to the command, or null
 */
public record Caller(String actor, String client, String requestId) {
  public static final Caller SYSTEM = new Caller("system", null, null);

  public Caller {
    Check.text("actor", actor, 1, 200);
    Check.optionalText("client", client, 200);
    Check.optionalText("requestId", requestId, 200);
  }
}
