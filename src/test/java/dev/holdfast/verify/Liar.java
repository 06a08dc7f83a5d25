package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.verify.World.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** A small server in the shapes of Holdfast and of the old application that has one fault. */
final class Liar implements AutoCloseable {
  static {
    // why: without it each answer waits for an acknowledgement of its headers, 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Fault fault;
  private final List<LiarMemory> memories;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  Liar(Fault fault) throws IOException {
    this.fault = fault;
    memories =
        fault == Fault.TWO_MEMORIES
            ? List.of(new LiarMemory(fault), new LiarMemory(fault))
            : List.of(new LiarMemory(fault));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private LiarMemory memory() {
    return memories.get(ThreadLocalRandom.current().nextInt(memories.size()));
  }

  private void handle(HttpExchange http) throws IOException {
    LiarMemory memory = memory();
    memory.cleanUp();
    String[] path = http.getRequestURI().getPath().substring(1).split("/");
    try {
      if (path[path.length - 1].equals("stream")) {
        stream(http, memory);
      } else if (http.getRequestURI().getPath().startsWith("/api/v1/")) {
        answer(http, memory, Arrays.copyOfRange(path, 2, path.length));
      } else {
        old(http, memory, path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      http.close();
    }
  }

  private void stream(HttpExchange http, LiarMemory memory)
      throws IOException, InterruptedException {
    List<String> named = new ArrayList<>();
    for (String parameter : query(http)) {
      if (parameter.startsWith("sessionId=")) {
        named.add(parameter.substring(10));
      }
    }
    http.getResponseHeaders().set("Content-Type", "text/event-stream");
    http.sendResponseHeaders(200, 0);
    String after = parameter(http, "after");
    World held = after == null ? null : memory.at(Long.parseLong(after));
    new LiarStream(memory, http.getResponseBody(), named, held).follow();
  }

  private static List<String> query(HttpExchange http) {
    String query = http.getRequestURI().getQuery();
    return query == null ? List.of() : List.of(query.split("&"));
  }

  private static String parameter(HttpExchange http, String name) {
    for (String parameter : query(http)) {
      if (parameter.startsWith(name + "=")) {
        return parameter.substring(name.length() + 1);
      }
    }
    return null;
  }

  private void answer(HttpExchange http, LiarMemory memory, String[] path) throws IOException {
    if (path[0].equals("question-sets")) {
      send(http, 200, path.length == 1 ? LiarJson.questionSets() : LiarJson.questionSet());
    } else if (http.getRequestMethod().equals("GET")) {
      read(http, memory, path);
    } else if (path.length == 1) {
      send(http, 201, LiarJson.session(memory.create()));
    } else if (http.getRequestMethod().equals("DELETE")) {
      boolean deleted = memory.delete(path[1]);
      send(http, deleted ? 204 : missing(memory, path[1]), null);
    } else {
      change(http, memory, path[1], path[2], LiarJson.JSON.readTree(http.getRequestBody()));
    }
  }

  private void read(HttpExchange http, LiarMemory memory, String[] path) throws IOException {
    String at = parameter(http, "at");
    World world = at == null ? memory.now() : memory.at(Long.parseLong(at));
    if (world == null) {
      send(http, 410, null);
    } else if (path.length == 1) {
      send(http, 200, list(http, memory, world, at == null));
    } else {
      boolean stale = at == null && memory.lies(Fault.STALE_VIEW);
      World shown = stale ? behind(memory, world) : world;
      Session session = shown.sessions().get(path[1]);
      if (session == null) {
        send(http, missing(memory, path[1]), null);
      } else {
        http.getResponseHeaders().set("Holdfast-Revision", Long.toString(shown.revision()));
        send(http, 200, path.length == 2 ? LiarJson.session(session) : LiarJson.results(session));
      }
    }
  }

  private static World behind(LiarMemory memory, World world) {
    World before = memory.at(world.revision() - 3);
    return before == null ? world : before;
  }

  private static int missing(LiarMemory memory, String id) {
    return memory.now().gone().contains(id) ? 410 : 404;
  }

  private ObjectNode list(HttpExchange http, LiarMemory memory, World world, boolean isNow) {
    String state = parameter(http, "state");
    Collection<Session> all = isNow ? listed(memory, world) : newestFirst(world);
    List<Session> shown = new ArrayList<>(all);
    shown.removeIf(session -> state != null && !session.state().equals(state));
    return LiarJson.list(world.revision(), counted(memory, all, isNow), shown);
  }

  private static List<Session> newestFirst(World world) {
    List<Session> sessions = new ArrayList<>(world.sessions().values());
    Collections.reverse(sessions);
    return sessions;
  }

  private Collection<Session> listed(LiarMemory memory, World world) {
    if (!memory.lies(Fault.LIST_TORN)) {
      return newestFirst(world);
    }
    List<Session> torn = newestFirst(world);
    torn.removeIf(session -> !session.isActive());
    LiarMemory.moment();
    List<Session> later = newestFirst(memory.now());
    later.removeIf(Session::isActive);
    torn.addAll(later);
    return torn;
  }

  private Collection<Session> counted(LiarMemory memory, Collection<Session> all, boolean isNow) {
    if (!isNow || !memory.lies(Fault.COUNTS_FROM_ELSEWHERE)) {
      return all;
    }
    LiarMemory.moment();
    return memory.now().sessions().values();
  }

  private void change(HttpExchange http, LiarMemory memory, String id, String call, JsonNode body)
      throws IOException {
    if (!memory.now().sessions().containsKey(id) && fault != Fault.MOVED_IN_TWO_STEPS) {
      send(http, missing(memory, id), null);
      return;
    }
    if (call.equals("stop") && memory.lies(Fault.STOP_BEFORE_MOVE)) {
      stopLater(http, memory, id);
      return;
    }
    Session after = memory.change(id, before -> LiarChanges.of(memory, before, call, body));
    if (after == null) {
      send(http, memory.now().sessions().containsKey(id) ? 409 : missing(memory, id), null);
    } else if (call.equals("stop")) {
      send(http, 200, stopped(after));
    } else {
      send(http, 200, LiarJson.session(after));
    }
  }

  private void stopLater(HttpExchange http, LiarMemory memory, String id) throws IOException {
    Session before = memory.now().sessions().get(id);
    if (before == null) {
      send(http, missing(memory, id), null);
      return;
    }
    send(http, 200, stopped(before.isActive() ? before.in("partial") : before));
    LiarMemory.moment();
    memory.change(id, session -> session.isActive() ? session.in("partial") : session);
  }

  private static ObjectNode stopped(Session session) {
    ObjectNode node = LiarJson.object();
    node.set("session", LiarJson.session(session));
    node.set("results", LiarJson.results(session));
    return node;
  }

  /** The list, results and stop of the old application. */
  private void old(HttpExchange http, LiarMemory memory, String[] path) throws IOException {
    World world = memory.now();
    if (path[1].equals("admin")) {
      Collection<Session> all = listed(memory, world);
      send(http, 200, LiarJson.oldList(world.revision(), counted(memory, all, true), all));
      return;
    }
    Session session =
        path[1].equals("stop")
            ? memory.change(path[2], before -> before.isActive() ? before.in("partial") : before)
            : world.sessions().get(path[2]);
    if (session == null) {
      send(http, missing(memory, path[2]), LiarJson.object().put("error", "Session not found"));
    } else if (path[1].equals("stop")) {
      send(http, 200, LiarJson.object().put("success", true).put("status", session.state()));
    } else {
      send(http, 200, LiarJson.oldResults(session));
    }
  }

  private static void send(HttpExchange http, int status, JsonNode body) throws IOException {
    byte[] bytes = body == null ? new byte[0] : LiarJson.JSON.writeValueAsBytes(body);
    http.getResponseHeaders().set("Content-Type", "application/json");
    http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    http.getResponseBody().write(bytes);
    http.getResponseBody().close();
  }
}
