package dev.holdfast.session;

/** Limits on values, in the words of whoever sent them. */
final class Check {
  private Check() {}

  static void range(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be from " + min + " to " + max + ", not " + value);
    }
  }

  static void text(String name, String value, int min, int max) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    if (value.length() < min || value.length() > max) {
      throw new IllegalArgumentException(
          name + " must have " + min + " to " + max + " characters, not " + value.length());
    }
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(name + " must not contain a NUL character");
    }
    if (hasLoneSurrogate(value)) {
      throw new IllegalArgumentException(name + " must not contain half of a surrogate pair");
    }
  }

  /** No store keeps half of a surrogate pair: it would come back as another text. */
  private static boolean hasLoneSurrogate(String value) {
    int character;
    for (int i = 0; i < value.length(); i += Character.charCount(character)) {
      character = value.codePointAt(i);
      if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
        return true;
      }
    }
    return false;
  }

  static void optionalText(String name, String value, int max) {
    if (value != null) {
      text(name, value, 0, max);
    }
  }

  static void count(String name, int size, int min, int max) {
    if (size < min || size > max) {
      throw new IllegalArgumentException(
          name + " must have " + min + " to " + max + " entries, not " + size);
    }
  }
}
