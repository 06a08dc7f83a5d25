package dev.holdfast.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Connections that mean no good: garbage, halves of requests, bodies that trickle, deaf streams. */
final class HostileClients implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int PAUSE_MILLIS = 200;
  private static final int DEAF_MILLIS = 20_000;
  private static final int TRICKLED_BYTES = 10;

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong connections = new AtomicLong();
  private volatile int port;
  private volatile boolean on;
  private volatile boolean closed;

  HostileClients(int port) {
    this.port = port;
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      Thread thread = new Thread(() -> repeat(random), "hostile");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  void on() {
    on = true;
  }

  void off() {
    on = false;
  }

  void restarted(int newPort) {
    port = newPort;
  }

  long connections() {
    return connections.get();
  }

  private void repeat(Random random) {
    while (!closed) {
      try {
        if (on) {
          once(random);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (IOException e) {
        // The server has cut it, as it should, or is being restarted.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void once(Random random) throws IOException, InterruptedException {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(1_024);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      connections.incrementAndGet();
      OutputStream out = socket.getOutputStream();
      switch (random.nextInt(5)) {
        case 0 -> garbage(out, random);
        case 1 -> out.write(bytes("GET /api/v1/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\n"));
        case 2 -> trickle(out);
        case 3 -> out.write(bytes("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "x".repeat(100_000)));
        default -> deafStream(out);
      }
    }
  }

  private static void garbage(OutputStream out, Random random) throws IOException {
    byte[] garbage = new byte[1 + random.nextInt(20_000)];
    random.nextBytes(garbage);
    out.write(garbage);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void trickle(OutputStream out) throws IOException, InterruptedException {
    out.write(
        bytes(
            "POST /api/v1/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Holdfast: 1\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"));
    for (int i = 0; i < TRICKLED_BYTES; i++) {
      out.write(' ');
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /** Asks for a stream and never reads it. */
  private void deafStream(OutputStream out) throws IOException, InterruptedException {
    out.write(bytes("GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
    for (int waited = 0; waited < DEAF_MILLIS && on && !closed; waited += PAUSE_MILLIS) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
