package dev.holdfast.session;

import java.time.Instant;

/** What was carried out already, so that doing it again changes nothing. */
final class Repetitions {
  private final Remembered commands;
  private final Remembered keys;
  private final Remembered ofOneRequest;

  Repetitions(Loaded loaded, SessionOwner.Limits limits) {
    commands = new Remembered(limits.commandsKept(), limits.rememberedMax());
    keys = new Remembered(limits.keysKept(), limits.rememberedMax());
    ofOneRequest = new Remembered(limits.commandsKept(), limits.rememberedMax());
    for (Loaded.CommandDone done : loaded.commands()) {
      commands.put(done.commandId(), null, null, done.at());
    }
    for (Loaded.KeyDone done : loaded.keys()) {
      remember(done.key(), done.reply(), done.at());
    }
  }

  boolean knowsCommand(String commandId) {
    return commands.get(commandId) != null;
  }

  /** What was answered under that key, or null. */
  Remembered.Entry underKey(String scope) {
    Remembered.Entry known = keys.get(scope);
    return known == null ? ofOneRequest.get(scope) : known;
  }

  void remember(Batch batch) {
    Instant at = batch.at();
    for (Batch.Waiting command : batch.commands()) {
      commands.put(command.envelope.commandId(), null, null, at);
    }
    batch.keys().forEach((key, reply) -> remember(key, reply, at));
  }

  private void remember(Envelope.Key key, Reply.Done<?> reply, Instant at) {
    Remembered kept = key.isOfOneRequest() ? ofOneRequest : keys;
    kept.put(key.scope(), key.fingerprint(), reply, at);
  }

  void forgetBefore(Instant now) {
    commands.forgetBefore(now);
    keys.forgetBefore(now);
    ofOneRequest.forgetBefore(now);
  }
}
