package dev.holdfast.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Stands on loopback before a PostgreSQL server and cuts connections at the moment a test asks for,
 * so that a client cannot know what became of its request.
 *
 * <p>It follows the messages of the protocol. What a client sends up to a Sync or a simple query is
 * one request; a request is cut as a whole. Encrypted connections pass, but only {@link #cutAll}
 * cuts them.
 */
public final class CuttingProxy implements AutoCloseable {
  private static final int CONNECTIONS_MAX = 64;

  /** When the client loses its connection. */
  public enum Cut {
    /** Before the server gets the request: it is not executed, an open transaction is undone. */
    BEFORE,
    /** After the server has answered, whose answer nobody gets: it is executed. */
    AFTER,
    /** At once; the server gets the request when the test calls {@link #release}. */
    LATE
  }

  /** What a test has armed. */
  record Plan(Cut cut, Predicate<ClientMessage> when, CompletableFuture<Void> done) {}

  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final ExecutorService threads;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Plan> plan = new AtomicReference<>();
  private volatile boolean down;

  private CuttingProxy(int serverPort) throws IOException {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    this.listener = new ServerSocket(0, CONNECTIONS_MAX, InetAddress.getLoopbackAddress());
    this.threads =
        new ThreadPoolExecutor(
            0,
            2 * CONNECTIONS_MAX + 1,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            this::thread);
    threads.execute(this::accept);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        ProxiedConnection connection = new ProxiedConnection(listener.accept());
        begin(connection);
      } catch (IOException closed) {
        // The proxy was closed; a single client that went cannot be seen here.
      }
    }
  }

  private void begin(ProxiedConnection connection) {
    connections.add(connection);
    connection.ended().thenRun(() -> connections.remove(connection));
    try {
      threads.execute(() -> run(connection));
    } catch (RejectedExecutionException tooMany) {
      connection.close();
    }
    // why: after it was added, so that down() sees it or it sees down().
    if (down) {
      connection.close();
    }
  }

  private void run(ProxiedConnection connection) {
    try {
      connection.run(server, threads, this::take);
    } catch (IOException | RejectedExecutionException ended) {
      connection.close();
    }
  }

  /** The plan, once, when the message is the one that it waits for; else null. */
  private Plan take(ClientMessage message) {
    Plan armed = plan.get();
    boolean taken = armed != null && armed.when().test(message) && plan.compareAndSet(armed, null);
    return taken ? armed : null;
  }

  /** A proxy before the server on that port of loopback. */
  public static CuttingProxy before(int serverPort) {
    try {
      return new CuttingProxy(serverPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "cutting proxy " + listener.getLocalPort());
    thread.setDaemon(true);
    return thread;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The same URL of a database, but through this proxy. */
  public String through(String databaseUrl) {
    return databaseUrl.replaceFirst(
        ":" + URI.create(databaseUrl).getPort() + "/", ":" + port() + "/");
  }

  /** Requests with a statement that contains that text, also when it was prepared before. */
  public static Predicate<ClientMessage> sql(String part) {
    return message -> message.sql().contains(part);
  }

  /** Requests with a message whose bytes contain that text. */
  public static Predicate<ClientMessage> bytes(String part) {
    return message -> new String(message.bytes(), StandardCharsets.ISO_8859_1).contains(part);
  }

  /** The very next request, of whichever connection. */
  public static Predicate<ClientMessage> next() {
    return message -> true;
  }

  /**
   * Cuts the first request from now on that has such a message; replaces what was armed before.
   *
   * @return done when the client is cut; with {@link Cut#AFTER} the server has executed the request
   *     by then
   */
  public CompletableFuture<Void> arm(Cut cut, Predicate<ClientMessage> when) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    plan.set(new Plan(cut, when, done));
    return done;
  }

  /** Passes everything on again. */
  public void disarm() {
    plan.set(null);
  }

  /**
   * Hands the server the requests that were cut {@link Cut#LATE}.
   *
   * @return done when it has answered them, or has ended their connections
   */
  public CompletableFuture<Void> release() {
    return CompletableFuture.allOf(
        connections.stream().map(ProxiedConnection::release).toArray(CompletableFuture[]::new));
  }

  /** Cuts every connection now; new ones pass. */
  public void cutAll() {
    connections.forEach(ProxiedConnection::close);
  }

  /** Cuts every connection and every new one, until {@link #up}. */
  public void down() {
    down = true;
    cutAll();
  }

  /** Passes connections on again. */
  public void up() {
    down = false;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      down();
      threads.shutdownNow();
    }
  }
}
