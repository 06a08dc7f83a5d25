package dev.holdfast.store;

import dev.holdfast.session.Sort;

/**
 * A list that the owner's indexes cannot give.
 *
 * @param after the position of the last session seen, or null
 * @param asOf the revision whose list is wanted; {@link #NOW} for the latest
 */
public record Search(Filter filter, Sort sort, int limit, Sort.Position after, long asOf) {
  public static final long NOW = Long.MAX_VALUE;

  boolean isOfNow() {
    return asOf == NOW;
  }
}
