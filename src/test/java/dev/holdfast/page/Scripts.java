package dev.holdfast.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Functions that run inside the page; each is a file of its own. */
final class Scripts {
  private Scripts() {}

  static String of(String name) {
    try (InputStream script = Scripts.class.getResourceAsStream("/page/" + name + ".js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
