package dev.holdfast.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** One person at the server: a thread with connections of its own, one request at a time. */
final class Client {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long WAIT_NANOS = 100_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REVISION = "Holdfast-Revision";

  private final String name;
  private final Plan plan;
  private final Run run;
  private final Random random;

  /** Two connections, as a browser has several: behind one port there may be two processes. */
  private final List<HttpClient> connections = List.of(connection(), connection());

  private long revision = -1;

  Client(String name, Run run) {
    this.name = name;
    this.run = run;
    this.plan = run.plan();
    this.random = new Random(plan.seed() ^ ((long) name.hashCode() << 20));
  }

  private static HttpClient connection() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(PATIENCE)
        .build();
  }

  private HttpClient anyConnection() {
    return connections.get(random.nextInt(connections.size()));
  }

  String name() {
    return name;
  }

  Random random() {
    return random;
  }

  Run run() {
    return run;
  }

  Exchange get(String path) {
    return send("GET", path, null);
  }

  Exchange send(String method, String path, JsonNode body) {
    URI node = plan.urls().get(random.nextInt(plan.urls().size()));
    return send(node, method, path, body);
  }

  /** Sends to that node; what is no answer to work with ends the run. */
  Exchange send(URI node, String method, String path, JsonNode body) {
    String where = plan.urls().size() > 1 ? " at " + node.getAuthority() : "";
    String what = method + " " + path + where;
    HttpRequest request = request(node, method, path, body).timeout(PATIENCE).build();
    long known = run.knowledge().revision();
    long sent = run.now();
    try {
      HttpResponse<byte[]> response = anyConnection().send(request, BodyHandlers.ofByteArray());
      Exchange exchange = exchange(what, sent, response);
      count(exchange);
      if (!path.contains("at=")) {
        checkRevision(path, exchange, response, known);
      }
      return exchange;
    } catch (IOException e) {
      String why =
          e instanceof ConnectException ? "connection refused" : String.valueOf(e.getMessage());
      Exchange exchange = Exchange.unanswered(name, what, sent, run.now(), why);
      count(exchange);
      return exchange;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotCheck("interrupted", e);
    }
  }

  /** Who is not answered waits a moment, as people do. */
  private void count(Exchange exchange) {
    run.count(exchange);
    if (!exchange.isAnswered()) {
      LockSupport.parkNanos(WAIT_NANOS);
    }
  }

  private HttpRequest.Builder request(URI node, String method, String path, JsonNode body) {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(node + path)).method(method, publisher);
      plan.headers().forEach(request::setHeader);
      if (body != null) {
        request.setHeader("Content-Type", "application/json");
      }
      return method.equals("GET") ? request : request.setHeader("X-Holdfast", "1");
    } catch (IllegalArgumentException e) {
      throw new CannotCheck("no request can be made of it: " + e.getMessage(), e);
    }
  }

  /** Opens a stream; null when it does not open. */
  InputStream open(String path) {
    URI node = plan.urls().get(random.nextInt(plan.urls().size()));
    HttpRequest request =
        request(node, "GET", path, null).header("Accept", "text/event-stream").build();
    try {
      HttpResponse<InputStream> response =
          anyConnection().send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() == 200) {
        return response.body();
      }
      response.body().close();
      return null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private Exchange exchange(String what, long sent, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    JsonNode body = MissingNode.getInstance();
    if (status < 500 && response.body().length > 0) {
      body = parse(what, response);
    }
    Exchange exchange = new Exchange(name, what, sent, run.now(), status, body, null);
    if (status == 401 || status == 403) {
      throw new CannotCheck(
          what
              + " answered "
              + status
              + ": give the access with --header 'Authorization: Bearer …'");
    }
    if (status >= 300 && status < 400) {
      String to = response.headers().firstValue("Location").orElse("nowhere");
      throw new CannotCheck(
          what + " answered " + status + ", a redirect to " + to + ": name that URL");
    }
    return exchange;
  }

  private static JsonNode parse(String what, HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      if (response.statusCode() >= 300) {
        return MissingNode.getInstance();
      }
      String type = response.headers().firstValue("Content-Type").orElse("no Content-Type");
      throw new CannotCheck(
          what + " answered " + type + " that is no JSON: is it the right server?", e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void checkRevision(
      String path, Exchange exchange, HttpResponse<byte[]> response, long known) {
    long told = response.headers().firstValueAsLong(REVISION).orElse(-1);
    if (told < 0 && path.startsWith(run.shape().list().path())) {
      told = run.shape().list().revision().one(exchange.body()).asLong(-1);
    }
    if (told >= 0) {
      run.knowledge().revision(exchange, told, revision, known);
      revision = Math.max(revision, told);
    }
  }

  /** The first line of what the server says of a refusal. */
  static String detail(Exchange exchange) {
    for (String member : List.of("detail", "message", "error")) {
      String text = exchange.body().path(member).asText("");
      if (!text.isEmpty()) {
        return text;
      }
    }
    return exchange.outcome();
  }
}
