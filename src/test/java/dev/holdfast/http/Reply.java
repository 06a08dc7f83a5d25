package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** What a server answered. */
public record Reply(int status, Map<String, List<String>> headers, byte[] body) {
  public static final Charset UTF_8 = StandardCharsets.UTF_8;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public Reply {
    Map<String, List<String>> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    named.putAll(headers);
    headers = named;
  }

  static Reply of(HttpResponse<byte[]> response) {
    return new Reply(response.statusCode(), response.headers().map(), response.body());
  }

  static byte[] bytes(Object json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode json() {
    try {
      return MAPPER.readTree(unpacked());
    } catch (IOException e) {
      throw new UncheckedIOException(toString(), e);
    }
  }

  /** The body without its compression, if it has one. */
  byte[] unpacked() {
    if (!"gzip".equals(header("Content-Encoding"))) {
      return body;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String text() {
    return new String(unpacked(), UTF_8);
  }

  /** The header, or null. */
  public String header(String name) {
    return headers.containsKey(name) ? headers.get(name).get(0) : null;
  }

  public String etag() {
    return header("ETag");
  }

  /** The revision that the reply says it is of. */
  public long revision() {
    assertThat(header("Holdfast-Revision")).as("revision of %s", this).isNotNull();
    return Long.parseLong(header("Holdfast-Revision"));
  }

  public Reply is(int wanted) {
    assertThat(status).as("%s", this).isEqualTo(wanted);
    return this;
  }

  /** Checks that it is a whole problem, says what to do, and shows nothing of the inside. */
  public JsonNode isProblem(int wanted, String type) {
    assertThat(status).as("%s", this).isEqualTo(wanted);
    assertThat(header("Content-Type")).as("%s", this).isEqualTo("application/problem+json");
    JsonNode problem = json();
    assertThat(names(problem))
        .containsExactly("type", "title", "status", "detail", "instance", "revision", "errors");
    assertThat(problem.get("type").asText())
        .as("%s", this)
        .isEqualTo("https://holdfast.dev/problems/" + type);
    assertThat(problem.get("status").asInt()).isEqualTo(wanted);
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("detail").asText()).isNotBlank().hasSizeLessThan(1_000);
    assertThat(problem.get("errors").isArray()).isTrue();
    assertThat(text())
        .doesNotContain("Exception", "dev.holdfast.http", "java.", "io.vertx", "\tat");
    return problem;
  }

  /** The names of the members, in order. */
  public static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Override
  public String toString() {
    String shown = text();
    return status + " " + headers + " " + shown.substring(0, Math.min(600, shown.length()));
  }
}
