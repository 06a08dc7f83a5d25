package dev.holdfast.store;

import dev.holdfast.session.AccessEvent;
import dev.holdfast.session.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Events as they are stored. A name carries a version and is never renamed: a changed event gets a
 * new name, and the old one stays readable.
 */
final class EventCodec {
  private static final Map<String, Class<? extends Event>> TYPES = new LinkedHashMap<>();
  private static final Map<Class<? extends Event>, String> NAMES = new LinkedHashMap<>();

  static {
    register("document-stored.v1", Event.DocumentStored.class);
    register("question-set-stored.v1", Event.QuestionSetStored.class);
    register("session-created.v1", Event.SessionCreated.class);
    register("session-started.v1", Event.SessionStarted.class);
    register("session-requeued.v1", Event.SessionRequeued.class);
    register("session-resumed.v1", Event.SessionResumed.class);
    register("session-edited.v1", Event.SessionEdited.class);
    register("row-reviewed.v1", Event.RowReviewed.class);
    register("document-purged.v1", Event.DocumentPurged.class);
    register("rows-answered.v1", Event.RowsAnswered.class);
    register("session-completed.v1", Event.SessionCompleted.class);
    register("session-stopped.v1", Event.SessionStopped.class);
    register("session-failed.v1", Event.SessionFailed.class);
    register("session-removed.v1", Event.SessionRemoved.class);
    register("session-purged.v1", Event.SessionPurged.class);
    register("tombstone-forgotten.v1", Event.TombstoneForgotten.class);
    register("user-created.v1", AccessEvent.UserCreated.class);
    register("user-changed.v1", AccessEvent.UserChanged.class);
    register("user-removed.v1", AccessEvent.UserRemoved.class);
    register("key-created.v1", AccessEvent.KeyCreated.class);
    register("key-revoked.v1", AccessEvent.KeyRevoked.class);
    register("login-started.v1", AccessEvent.LoginStarted.class);
    register("login-ended.v1", AccessEvent.LoginEnded.class);
  }

  private EventCodec() {}

  private static void register(String name, Class<? extends Event> type) {
    TYPES.put(name, type);
    NAMES.put(type, name);
  }

  /** The stored name, for example {@code rows-answered.v1}. */
  static String name(Event event) {
    return NAMES.get(event.getClass());
  }

  /** The stored names of what happens to users, keys and logins, quoted for SQL. */
  static String accessNames() {
    return NAMES.entrySet().stream()
        .filter(entry -> AccessEvent.class.isAssignableFrom(entry.getKey()))
        .map(entry -> "'" + entry.getValue() + "'")
        .collect(Collectors.joining(", "));
  }

  static String write(Event event) {
    return StoreJson.write(event);
  }

  /**
   * The event of that name and body.
   *
   * @throws IllegalStateException for a name that this version does not know
   */
  static Event read(String name, String body) {
    Class<? extends Event> type = TYPES.get(name);
    if (type == null) {
      throw new IllegalStateException(
          "The store holds an event "
              + name
              + " that this version does not know. It was written"
              + " by a newer Holdfast: start that one.");
    }
    return StoreJson.read(body, type);
  }
}
