package dev.holdfast.store;

import java.io.IOException;
import java.nio.file.Path;

/** Another process owns the data. */
public final class StoreInUse extends IOException {
  private static final long serialVersionUID = 1L;

  StoreInUse(Path root) {
    super(
        "Another Holdfast runs on the data in "
            + root
            + ". Stop it first, or start this one on other data with --data DIR.");
  }
}
