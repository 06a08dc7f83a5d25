package dev.holdfast.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A connection on which anything can be sent, for what no well-made client would send. */
public final class RawClient implements AutoCloseable {
  private static final int SILENCE_MILLIS = 30_000;
  private final Socket socket;
  private final int port;

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /**
   * @param receiveBytes of the socket; 0 for the system's choice
   */
  public RawClient(int port, int receiveBytes) throws IOException {
    this.port = port;
    socket = new Socket();
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(SILENCE_MILLIS);
  }

  /** Sends text with line feeds, as lines of HTTP; {@code HOST} stands for the server's own. */
  public RawClient lines(String text) throws IOException {
    return bytes(
        text.replace("HOST", "127.0.0.1:" + port)
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient bytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Vanishes without a word, as when a cable is pulled. */
  public void vanish() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  public InputStream in() throws IOException {
    return socket.getInputStream();
  }

  /** Reads one reply; one to a HEAD request has no body. */
  public Reply reply() throws IOException {
    String[] status = line().split(" ", 3);
    Map<String, List<String>> headers = new HashMap<>();
    String line = line();
    while (!line.isEmpty()) {
      String[] parts = line.split(": ?", 2);
      headers.computeIfAbsent(parts[0].toLowerCase(), name -> new ArrayList<>()).add(parts[1]);
      line = line();
    }
    byte[] body =
        headers.containsKey("content-length")
            ? in().readNBytes(Integer.parseInt(headers.get("content-length").get(0)))
            : in().readAllBytes();
    return new Reply(Integer.parseInt(status[1]), headers, body);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in().read(); next != '\n'; next = in().read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection, after: " + line);
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** True once the server has closed the connection; waits for it. */
  public boolean isClosedByServer() {
    try {
      in().readAllBytes();
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
