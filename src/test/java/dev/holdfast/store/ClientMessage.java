package dev.holdfast.store;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One message of a PostgreSQL client.
 *
 * @param bytes the whole message with its type and length
 * @param sql the statement that it carries or, when it binds a prepared one, refers to; else empty
 */
public record ClientMessage(byte[] bytes, String sql) {
  private static final int BYTES_MAX = 64 << 20;

  /** Reads the next message; learns the names of prepared statements, and looks them up. */
  static ClientMessage read(DataInputStream in, Map<String, String> prepared) throws IOException {
    byte[] bytes = readTyped(in);
    ByteBuffer body = ByteBuffer.wrap(bytes, 5, bytes.length - 5);
    String sql = "";
    if (bytes[0] == 'Q') {
      sql = text(body);
    } else if (bytes[0] == 'P') {
      String name = text(body);
      sql = text(body);
      prepared.put(name, sql);
    } else if (bytes[0] == 'B') {
      text(body);
      sql = prepared.getOrDefault(text(body), "");
    }
    return new ClientMessage(bytes, sql);
  }

  /** Reads a message of either side: a type, and a length that counts itself. */
  static byte[] readTyped(DataInputStream in) throws IOException {
    byte type = in.readByte();
    int length = in.readInt();
    byte[] bytes = ByteBuffer.allocate(1 + checked(length)).put(type).putInt(length).array();
    in.readFully(bytes, 5, length - 4);
    return bytes;
  }

  /** Reads a message of a connection that begins, which has a length but no type. */
  static byte[] readUntyped(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = ByteBuffer.allocate(checked(length)).putInt(length).array();
    in.readFully(bytes, 4, length - 4);
    return bytes;
  }

  private static int checked(int length) throws IOException {
    if (length < 4 || length > BYTES_MAX) {
      throw new IOException("a message of " + length + " bytes");
    }
    return length;
  }

  private static String text(ByteBuffer body) {
    int start = body.position();
    while (body.get() != 0) {
      // The end is a zero.
    }
    return new String(body.array(), start, body.position() - start - 1, StandardCharsets.UTF_8);
  }

  char type() {
    return (char) bytes[0];
  }

  /** Whether the server answers it and is then ready for the next statement. */
  boolean endsRequest() {
    return type() == 'Q' || type() == 'S';
  }

  /** The password, the goodbye, what is copied and a flush are not, and go on at once. */
  boolean isPartOfRequest() {
    return "pXdcfH".indexOf(type()) < 0;
  }
}
