package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Server-sent events, one after the other. */
final class SseEvents implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InputStream body;
  private final BufferedReader lines;

  record Event(String name, JsonNode data) {}

  SseEvents(InputStream body) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** The next event; a comment is an event without a name; null at the end of the stream. */
  Event next() throws IOException {
    String name = "";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        return new Event(
            name, data.isEmpty() ? MissingNode.getInstance() : JSON.readTree(data.toString()));
      }
      if (line.startsWith("event:")) {
        name = line.substring(6).trim();
      } else if (line.startsWith("data:")) {
        data.append(line, 5, line.length());
      }
    }
    return null;
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      // It is as closed as it gets.
    }
  }
}
