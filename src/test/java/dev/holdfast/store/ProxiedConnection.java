package dev.holdfast.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A client, the server, and what the proxy does with the messages between them. */
final class ProxiedConnection implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int ASKS_FOR_TLS = 80877103;
  private static final int ASKS_FOR_GSS = 80877104;
  private static final int REFUSED = 'N';
  private static final int READY = 'Z';

  private interface Task {
    void run() throws IOException;
  }

  private final Socket client;
  private final Socket server = new Socket();
  private final Map<String, String> prepared = new HashMap<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** Read from the client and not yet passed on. */
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  /** How many requests the server was sent; the beginning of a connection is the first. */
  private long requests = 1;

  /** The number, from 0, of the request whose answer is kept back and that is the last. */
  private volatile long lastRequest = Long.MAX_VALUE;

  private volatile CuttingProxy.Plan plan;
  private volatile boolean held;

  /** Whether what ends the connection, or ended it, is the plan. */
  private volatile boolean asPlanned;

  ProxiedConnection(Socket client) {
    this.client = client;
  }

  /** Passes messages until an end goes or the connection is cut; answers go on another thread. */
  void run(
      InetSocketAddress address, Executor threads, Function<ClientMessage, CuttingProxy.Plan> plans)
      throws IOException {
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    server.connect(address, CONNECT_MILLIS);
    DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
    if (begin(in)) {
      threads.execute(() -> closeAfter(this::passAnswers));
      passRequests(in, plans);
    } else {
      threads.execute(() -> closeAfter(this::passAnswersUnread));
      in.transferTo(server.getOutputStream());
      close();
    }
  }

  private void closeAfter(Task task) {
    try {
      task.run();
    } catch (IOException cut) {
      // Either end has gone, so does the other.
    } finally {
      close();
    }
  }

  /** Passes the beginning on and says whether the messages that follow can be read. */
  private boolean begin(DataInputStream in) throws IOException {
    while (true) {
      byte[] message = ClientMessage.readUntyped(in);
      server.getOutputStream().write(message);
      int code = ByteBuffer.wrap(message).getInt(4);
      if (code != ASKS_FOR_TLS && code != ASKS_FOR_GSS) {
        return true;
      }
      int answer = server.getInputStream().read();
      client.getOutputStream().write(answer);
      if (answer != REFUSED) {
        return false;
      }
    }
  }

  private void passRequests(DataInputStream in, Function<ClientMessage, CuttingProxy.Plan> plans)
      throws IOException {
    while (true) {
      ClientMessage message = ClientMessage.read(in, prepared);
      pending.write(message.bytes());
      if (plan == null && message.isPartOfRequest()) {
        plan = plans.apply(message);
      }
      if (message.endsRequest() && plan != null) {
        cut();
        return;
      }
      if (message.endsRequest() || plan == null && !message.isPartOfRequest()) {
        requests += message.endsRequest() ? 1 : 0;
        passPending();
      }
    }
  }

  private void passPending() throws IOException {
    pending.writeTo(server.getOutputStream());
    pending.reset();
  }

  private void cut() throws IOException {
    switch (plan.cut()) {
      case BEFORE -> cutBoth();
      case AFTER -> passLast();
      case LATE -> hold();
    }
  }

  private void cutBoth() {
    asPlanned = true;
    close();
  }

  /** The thread that passes answers finds the one that is kept back, and cuts then. */
  private void passLast() throws IOException {
    lastRequest = requests;
    passPending();
  }

  private void hold() throws IOException {
    lastRequest = requests;
    held = true;
    asPlanned = true;
    client.close();
    plan.done().complete(null);
  }

  /** Hands the server a request that was held; the result is done when it has answered or gone. */
  CompletableFuture<Void> release() {
    if (!held) {
      return CompletableFuture.completedFuture(null);
    }
    held = false;
    try {
      passPending();
    } catch (IOException gone) {
      close();
    }
    return ended;
  }

  /** Done when both ends are cut. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  private void passAnswers() throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
    OutputStream out = new BufferedOutputStream(client.getOutputStream());
    for (long answered = 0; answered <= lastRequest; ) {
      byte[] message = ClientMessage.readTyped(in);
      if (answered < lastRequest) {
        out.write(message);
      }
      if (in.available() == 0) {
        out.flush();
      }
      answered += message[0] == READY ? 1 : 0;
    }
    asPlanned = true;
  }

  private void passAnswersUnread() throws IOException {
    server.getInputStream().transferTo(client.getOutputStream());
  }

  /** Cuts both ends; may be called more than once and by any thread. */
  @Override
  public void close() {
    try (client;
        server) {
      held = false;
    } catch (IOException gone) {
      // It is closed all the same.
    }
    if (asPlanned) {
      plan.done().complete(null);
    } else if (plan != null) {
      plan.done().completeExceptionally(new IOException("ended before the cut"));
    }
    ended.complete(null);
  }
}
