package dev.holdfast.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * Thousands of readers of a stream. Arguments: port, path, how many, seconds. Says {@code open},
 * waits for a line, says {@code over} after that time and then what was received.
 */
final class StreamClients {
  private static final int CONNECTING = 64;
  private static final int GRACE_MILLIS = 1_500;

  /** Sources of connections; one address has only so many ports. */
  private static final int ADDRESSES = 4;

  private final Vertx vertx;
  private final NetClient[] clients = new NetClient[ADDRESSES];
  private final int port;
  private final String request;
  private final int count;
  private final Arrivals arrivals = new Arrivals();
  private final CountDownLatch open;
  private int begun;

  private StreamClients(Vertx vertx, String[] args) {
    this.vertx = vertx;
    this.port = Integer.parseInt(args[0]);
    this.request = "GET " + args[1] + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
    this.count = Integer.parseInt(args[2]);
    this.open = new CountDownLatch(count);
    for (int i = 0; i < ADDRESSES; i++) {
      NetClientOptions options = new NetClientOptions().setConnectTimeout(10_000);
      options.setLocalAddress("127.0.0." + (2 + i));
      clients[i] = vertx.createNetClient(options);
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    StreamClients all = new StreamClients(vertx, args);
    long seconds = Long.parseLong(args[3]);
    vertx.runOnContext(
        now -> {
          for (int i = 0; i < CONNECTING; i++) {
            all.connect();
          }
        });
    all.open.await();
    System.out.println("open");
    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    vertx.runOnContext(now -> all.measure(seconds * 1_000));
  }

  private void connect() {
    if (begun == count) {
      return;
    }
    NetClient client = clients[begun++ % ADDRESSES];
    client
        .connect(port, "127.0.0.1")
        .onSuccess(this::read)
        .onFailure(
            failure -> {
              System.err.println("no connection: " + failure);
              System.exit(1);
            });
  }

  private void read(NetSocket socket) {
    Arrivals.Reader reader = arrivals.reader();
    boolean[] first = {true};
    socket.handler(
        bytes -> {
          if (first[0]) {
            first[0] = false;
            open.countDown();
            connect();
          }
          reader.take(bytes.getBytes());
        });
    socket.write(Buffer.buffer(request));
  }

  private void measure(long millis) {
    long from = System.currentTimeMillis();
    arrivals.begin(from, from + millis);
    vertx.setTimer(millis, end -> System.out.println("over"));
    vertx.setTimer(millis + GRACE_MILLIS, end -> say());
  }

  private void say() {
    System.out.printf(
        Locale.ROOT,
        "received %.6f %d %d %.1f%n",
        (double) arrivals.received() / Math.max(1, (long) count * arrivals.events()),
        arrivals.percentile(0.50),
        arrivals.percentile(0.99),
        arrivals.bytes() / Math.max(1.0, arrivals.received()));
  }
}
