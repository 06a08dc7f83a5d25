package dev.holdfast.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.http.Reply;
import dev.holdfast.http.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** One connection to the stream, read event by event. */
final class StreamClient implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpHeaders headers;
  private final InputStream body;
  private final BufferedReader reader;

  /**
   * What is sent at once.
   *
   * @param name null for what is no event
   * @param id null for an event that one cannot resume at
   * @param text the lines as they came
   */
  record Event(String name, String id, JsonNode data, String text) {}

  private StreamClient(HttpResponse<InputStream> response) {
    headers = response.headers();
    body = response.body();
    reader = new BufferedReader(new InputStreamReader(body, Reply.UTF_8));
  }

  /** Opens a stream; {@code query} begins with a question mark or is empty. */
  static StreamClient open(TestServer server, String query, String... moreHeaders) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/api/v1/stream" + query))
            .header("Accept", "text/event-stream");
    if (moreHeaders.length > 0) {
      request.headers(moreHeaders);
    }
    try {
      HttpResponse<InputStream> response =
          CLIENT.send(request.build(), BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      return new StreamClient(response);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpHeaders headers() {
    return headers;
  }

  /** The next block of lines, a comment included; null at the end. */
  Event nextBlock() throws IOException {
    StringBuilder text = new StringBuilder();
    String name = null;
    String id = null;
    String data = null;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isEmpty()) {
        return new Event(name, id, data == null ? null : Reply.parse(data), text.toString());
      }
      text.append(line).append('\n');
      if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("data: ")) {
        assertThat(data).as("one line of data").isNull();
        data = line.substring(6);
      }
    }
    return null;
  }

  /** The next event; null at the end. */
  Event next() throws IOException {
    Event block = nextBlock();
    while (block != null && block.name() == null) {
      block = nextBlock();
    }
    return block;
  }

  /** The next event, which must have that name. */
  JsonNode next(String name) throws IOException {
    Event event = next();
    assertThat(event).as("wanted %s", name).isNotNull();
    assertThat(event.name()).as("%s", event.text()).isEqualTo(name);
    return event.data();
  }

  /** Cuts the connection without a word. */
  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      // It is as closed as it gets.
    }
  }
}
