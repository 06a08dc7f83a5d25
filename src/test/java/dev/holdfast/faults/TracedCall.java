package dev.holdfast.faults;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One system call as {@code strace -f -y -ttt -T} prints it.
 *
 * @param result what it returned, with the path of a descriptor behind it
 */
record TracedCall(DiskOperation.Span span, String name, List<String> arguments, String result) {
  private static final String RETURNED = ") = ";
  private static final String SEPARATOR = ", ";
  private static final String DELETED = "(deleted)";
  private static final String ESCAPES = "tnvfr";
  private static final int OCTAL_DIGITS_MAX = 3;

  /** Parses a line without its process id; null for what is no call or did not return. */
  static TracedCall parse(String line) {
    int space = line.indexOf(' ');
    int open = line.indexOf('(');
    int close = line.lastIndexOf(RETURNED);
    int returned = close + RETURNED.length();
    if (close < open || open < space || line.startsWith("?", returned)) {
      return null;
    }
    long started = micros(line.substring(0, space));
    int took = line.lastIndexOf('<');
    long ended = started + micros(line.substring(took + 1, line.length() - 1));
    return new TracedCall(
        new DiskOperation.Span(started, ended),
        line.substring(space + 1, open),
        split(line, open + 1, close),
        line.substring(returned, took).strip());
  }

  private static long micros(String seconds) {
    int point = seconds.indexOf('.');
    return Long.parseLong(seconds.substring(0, point) + seconds.substring(point + 1));
  }

  /** Separators inside of strings are none. */
  private static List<String> split(String line, int from, int to) {
    List<String> arguments = new ArrayList<>();
    boolean quoted = false;
    int begin = from;
    for (int i = from; i < to; i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\') {
        i++;
      } else if (c == ',' && !quoted && line.startsWith(SEPARATOR, i)) {
        arguments.add(line.substring(begin, i));
        begin = i + SEPARATOR.length();
      }
    }
    arguments.add(line.substring(begin, to));
    return arguments;
  }

  boolean failed() {
    return result.startsWith("-1");
  }

  long returned() {
    int end = result.indexOf('<');
    return Long.parseLong((end < 0 ? result : result.substring(0, end)).strip());
  }

  String argument(int index) {
    return arguments.get(index);
  }

  long number(int index) {
    return Long.parseLong(argument(index));
  }

  /** The path behind a descriptor; null when the file has no name any more. */
  Path described(int index) {
    return described(argument(index));
  }

  Path opened() {
    return described(result);
  }

  private static Path described(String descriptor) {
    int open = descriptor.indexOf('<');
    return open < 0 || descriptor.endsWith(DELETED)
        ? null
        : Path.of(descriptor.substring(open + 1, descriptor.lastIndexOf('>')));
  }

  Path path(int index) {
    return Path.of(new String(quoted(index), StandardCharsets.UTF_8));
  }

  /** The bytes of a string, which must have been printed whole. */
  byte[] quoted(int index) {
    String quoted = argument(index);
    if (quoted.length() < 2 || !quoted.startsWith("\"") || !quoted.endsWith("\"")) {
      throw new IllegalStateException("not a whole string in " + name);
    }
    return unescaped(quoted.substring(1, quoted.length() - 1));
  }

  private static byte[] unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\') {
        bytes.write(c);
      } else if (Character.digit(text.charAt(i), 8) < 0) {
        bytes.write(unescaped(text.charAt(i++)));
      } else {
        int end = i + 1;
        while (end < text.length()
            && end < i + OCTAL_DIGITS_MAX
            && Character.digit(text.charAt(end), 8) >= 0) {
          end++;
        }
        bytes.write(Integer.parseInt(text.substring(i, end), 8));
        i = end;
      }
    }
    return bytes.toByteArray();
  }

  private static int unescaped(char letter) {
    int place = ESCAPES.indexOf(letter);
    return place < 0 ? letter : "\t\n\u000b\f\r".charAt(place);
  }
}
