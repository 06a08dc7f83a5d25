package dev.holdfast.store;

import dev.holdfast.session.Creation;
import dev.holdfast.session.SessionState;
import java.util.List;

/**
 * Which sessions of a list are wanted.
 *
 * @param states none for all
 * @param text in title, file name, id or creator, in any case; or null
 * @param label {@code key} or {@code key:value} that the session must have, or null
 */
public record Filter(List<SessionState> states, String text, String label, Creation creation) {
  public static final Filter ALL = new Filter(List.of(), null, null, Creation.ANY);

  /** The owner's indexes know states and creations; texts and labels are the store's alone. */
  public boolean needsSearch() {
    return text != null || label != null;
  }

  String labelKey() {
    int colon = label.indexOf(':');
    return colon < 0 ? label : label.substring(0, colon);
  }

  /** Null for any value. */
  String labelValue() {
    int colon = label.indexOf(':');
    return colon < 0 ? null : label.substring(colon + 1);
  }
}
