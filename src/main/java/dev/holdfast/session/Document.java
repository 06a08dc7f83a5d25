package dev.holdfast.session;

import java.util.regex.Pattern;

/**
 * An uploaded PDF.
 *
 * @param id its SHA-256 in lower-case hexadecimal
 * @param filename the name it was first uploaded with, for people only; never a path
 * @param pages how many it has
 * @param bytes its size
 */
public record Document(String id, String filename, int pages, long bytes) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public Document {
    if (id == null || !SHA256.matcher(id).matches()) {
      throw new IllegalArgumentException("a document id is a SHA-256 in lower-case hexadecimal");
    }
    Check.text("filename", filename, 1, 255);
    Check.range("pages", pages, 1, Row.PAGE_MAX);
    Check.range("bytes", bytes, 1, Long.MAX_VALUE);
  }
}
