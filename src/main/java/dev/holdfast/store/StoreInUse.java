package dev.holdfast.store;

import java.io.IOException;

/** Another process owns the data. */
public final class StoreInUse extends IOException {
  private static final long serialVersionUID = 1L;

  StoreInUse(Object place) {
    super(
        "Another Holdfast runs on the data in "
            + place
            + ". Stop it first, or start this one on other data with --data DIR.");
  }
}
