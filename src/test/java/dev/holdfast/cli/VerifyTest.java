package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.http.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The command line of verify: what it says and how it exits. */
class VerifyTest {
  private static final String NOWHERE = "http://127.0.0.1:1";
  @TempDir private Path directory;

  private record Said(int exitCode, String out, String err) {}

  private static Said verify(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new Verify())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Said(exitCode, out.toString(), err.toString());
  }

  private static void cannotCheck(String message, String... arguments) {
    Said said = verify(arguments);
    assertThat(said.exitCode()).as("%s", said).isEqualTo(2);
    assertThat(said.err()).contains(message);
    assertThat(said.out()).doesNotContain("no violation");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("Missing required parameter", List.of()),
        Arguments.of("must be a URL like", List.of("localhost:8080")),
        Arguments.of("must be a URL like", List.of("ftp://localhost")),
        Arguments.of("is no URL", List.of("http://a b")),
        Arguments.of("--writers must be at least 1", List.of(NOWHERE, "--writers", "0")),
        Arguments.of("--readers must be at least 1", List.of(NOWHERE, "--readers", "0")),
        Arguments.of("--seconds must be at least 1", List.of(NOWHERE, "--seconds", "0")),
        Arguments.of("--sessions must be at least 0", List.of(NOWHERE, "--sessions", "-1")),
        Arguments.of("--scenario can only be", List.of(NOWHERE, "--scenario", "other")),
        Arguments.of("--header must be like", List.of(NOWHERE, "--header", "no header")),
        Arguments.of("restricted header", List.of(NOWHERE, "--header", "Host: elsewhere")),
        Arguments.of("cannot be written", List.of(NOWHERE, "--json", "/no/such/place.json")),
        Arguments.of("missing.json cannot be read", List.of(NOWHERE, "--as", "missing.json")),
        Arguments.of("connection refused", List.of(NOWHERE)));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsWrongWithTheCommandIsSaid(String message, List<String> arguments) {
    cannotCheck(message, arguments.toArray(String[]::new));
  }

  static Stream<Arguments> descriptions() {
    String list = "'list':{'path':'/l','groups':[{'items':''}],'id':'/id'}";
    String results = "'results':{'path':'/r/{id}','rows':'/rows'}";
    return Stream.of(
        Arguments.of("is no JSON", "{"),
        Arguments.of("must be an object", "[]"),
        Arguments.of(".like must be holdfast or flask", "{'like':'django'}"),
        Arguments.of(".lists is unknown", "{'lists':{}}"),
        Arguments.of(".ended must name the states", "{}"),
        Arguments.of(".list is missing", "{'ended':['x']}"),
        Arguments.of(".list.path is missing", "{'ended':['x'],'list':{}}"),
        Arguments.of(".list.path must be a text", "{'like':'flask','list':{'path':1}}"),
        Arguments.of(".list.path must begin with a slash", "{'like':'flask','list':{'path':'l'}}"),
        Arguments.of(".list.rows must be an array", "{'like':'flask','list':{'rows':'/r'}}"),
        Arguments.of(".list.id must begin with a slash", "{'like':'flask','list':{'id':'id'}}"),
        Arguments.of("list.groups must say", "{'like':'flask','list':{'groups':[]}}"),
        Arguments.of(".results is missing", "{'ended':['x']," + list + "}"),
        Arguments.of(".results.path must contain {id}", "{'like':'flask','results':{'path':'/r'}}"),
        Arguments.of(
            ".create.id is missing",
            "{'ended':['x']," + list + "," + results + ",'create':{'path':'/c'}}"));
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void theMemberOfADescriptionThatIsWrongIsNamed(String message, String description)
      throws IOException {
    Path file = Files.writeString(directory.resolve("server.json"), description.replace('\'', '"'));
    cannotCheck(message, NOWHERE, "--as", file.toString());
  }

  private interface Answer {
    void to(HttpExchange http) throws IOException;
  }

  private static void against(Answer answer, String message, String... more) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        http -> {
          answer.to(http);
          http.close();
        });
    server.start();
    try {
      List<String> arguments = new ArrayList<>(List.of(more));
      arguments.add("http://127.0.0.1:" + server.getAddress().getPort());
      cannotCheck(message, arguments.toArray(String[]::new));
    } finally {
      server.stop(0);
    }
  }

  private static void send(HttpExchange http, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    http.getResponseHeaders().set("Content-Type", type);
    http.sendResponseHeaders(status, bytes.length);
    http.getResponseBody().write(bytes);
  }

  @Test
  void aServerThatIsAnotherOneIsSaidToBe() throws IOException {
    against(http -> send(http, 200, "text/html", "<html>"), "text/html that is no JSON");
    against(http -> send(http, 404, "text/html", "<html>"), "→ 404; wanted is the list");
    against(http -> send(http, 500, "text/html", "<html>"), "→ 500; wanted is the list");
    against(http -> {}, "no answer");
    against(http -> send(http, 200, "application/json", "{}"), "has no array at /items");
    against(http -> send(http, 401, "application/json", "{}"), "--header 'Authorization: Bearer");
    against(
        http -> {
          http.getResponseHeaders().set("Location", "/elsewhere");
          http.sendResponseHeaders(302, -1);
        },
        "a redirect to /elsewhere");
  }

  @Test
  void anEmptyListWithNothingToCreateIsNothingToLookAt() throws IOException {
    String groups = "{\"active\":[],\"completed\":[],\"partial\":[],\"legacy\":[]}";
    against(
        http -> send(http, 200, "application/json", "{\"sessions\":" + groups + "}"),
        "nothing to look at",
        "--as",
        "flask");
  }

  @Test
  void holdfastPassesWithATokenAndIsLeftAsItWas() throws IOException {
    String token = "a-token-of-the-test";
    Path json = directory.resolve("report.json");
    try (TestServer server = TestServer.start(TestServer.settings(directory, token))) {
      String url = server.uri("").toString();
      cannotCheck("--header 'Authorization: Bearer", url);

      String header = "Authorization: Bearer " + token;
      String[] run = {url, "--seconds", "3", "--sessions", "60", "--seed", "7", "--header", header};
      List<String> arguments = new ArrayList<>(List.of(run));
      Collections.addAll(arguments, "--json", json.toString());
      Said said = verify(arguments.toArray(String[]::new));

      assertThat(said.exitCode()).as("%s", said).isZero();
      assertThat(said.out()).contains("no violation in ").contains(" operations, seed 7");
      JsonNode list = server.get("/api/v1/sessions", TestServer.bearer(token)).is(200).json();
      assertThat(list.at("/counts/total").asInt()).isZero();
    }
    Map<?, ?> report = new ObjectMapper().readValue(json.toFile(), Map.class);
    assertThat(report.get("violations")).isEqualTo(0);
    assertThat((List<?>) report.get("checks")).hasSize(10);
  }

  @Test
  void theIncidentAndTheOldRoutesPassOnHoldfast() {
    try (TestServer server = TestServer.start(directory)) {
      String url = server.uri("").toString();
      Said incident = verify(url, "--scenario", "incident", "--seconds", "2");
      assertThat(incident.exitCode()).as("%s", incident).isZero();

      server.create("something to look at");
      Said old = verify(url, "--as", "flask", "--seconds", "1", "--seed", "8");
      assertThat(old.exitCode()).as("%s", old).isZero();
      assertThat(old.out()).contains("Nothing was changed");
    }
  }
}
