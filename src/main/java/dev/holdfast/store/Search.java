package dev.holdfast.store;

import dev.holdfast.session.SessionState;
import dev.holdfast.session.Sort;
import java.util.List;

/**
 * A list that the owner's indexes cannot give.
 *
 * @param states none for all
 * @param text in title, file name, id or creator, in any case; or null
 * @param labelKey that the session must have, or null
 * @param labelValue that it must have under {@code labelKey}, or null for any
 * @param after the position of the last session seen, or null
 * @param asOf the revision whose list is wanted; {@link #NOW} for the latest
 */
public record Search(
    List<SessionState> states,
    String text,
    String labelKey,
    String labelValue,
    Sort sort,
    int limit,
    Sort.Position after,
    long asOf) {
  public static final long NOW = Long.MAX_VALUE;

  boolean isOfNow() {
    return asOf == NOW;
  }
}
