package dev.holdfast.http;

import static dev.holdfast.http.TestServer.questionSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Question sets and the tables as files. */
class QuestionSetApiTest {
  private static final String SETS = "/api/v1/question-sets";

  @TempDir private static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, Object> set(String name, String text) {
    return Map.of(
        "name",
        name,
        "sections",
        List.of(
            Map.of(
                "id", "s", "name", "S", "questions", List.of(Map.of("id", "Q1", "text", text)))));
  }

  @Test
  void aSetIsStoredOnceAndReadWithAllItsMembers() {
    Reply stored = server.put(SETS + "/first", questionSet("first")).is(201);

    JsonNode set = stored.json();
    assertThat(Reply.names(set)).containsExactly("name", "version", "title", "sections");
    assertThat(Reply.names(set.at("/sections/0"))).containsExactly("id", "name", "questions");
    assertThat(Reply.names(set.at("/sections/0/questions/0"))).containsExactly("id", "text");
    assertThat(set.get("version").asInt()).isEqualTo(1);
    assertThat(server.put(SETS + "/first", questionSet("first")).is(200).json()).isEqualTo(set);
    assertThat(server.put(SETS + "/first", set.toString()).is(200).json()).isEqualTo(set);
    assertThat(server.get(SETS + "/first").is(200).json()).isEqualTo(set);
  }

  @Test
  void everyVersionStaysReadable() {
    JsonNode first = server.put(SETS + "/versions", set("versions", "Old?")).is(201).json();

    JsonNode second = server.put(SETS + "/versions", set("versions", "New?")).is(201).json();

    assertThat(second.get("version").asInt()).isEqualTo(2);
    assertThat(server.get(SETS + "/versions").json()).isEqualTo(second);
    assertThat(server.get(SETS + "/versions@2").json()).isEqualTo(second);
    assertThat(server.get(SETS + "/versions@1").json()).isEqualTo(first);
    Map<String, Object> old = Map.of("questionSet", "versions@1", "analyzer", "external");
    assertThat(
            server.post("/api/v1/sessions", old).is(201).json().at("/questionSet/version").asInt())
        .isEqualTo(1);
  }

  @Test
  void aVersionThatIsNotThereIsNotAnother() {
    for (String version : List.of("9", "4294967296", "4294967297", "9223372036854775807")) {
      server.get(SETS + "/small@" + version).isProblem(404, "not-found");
      server
          .post(
              "/api/v1/sessions", Map.of("questionSet", "small@" + version, "analyzer", "external"))
          .isProblem(422, "unknown-question-set");
    }
    for (String version : List.of("", "0", "x", "-1", "1@1", "1.0")) {
      server.get(SETS + "/small@" + version).isProblem(400, "bad-parameter");
    }
  }

  @Test
  void theShippedSetsAreListed() {
    JsonNode sets = server.get(SETS).is(200).json();

    assertThat(Reply.names(sets)).containsExactly("revision", "items");
    assertThat(sets.get("items")).anyMatch(set -> set.get("name").asText().equals("bid-spec"));
    assertThat(Reply.names(sets.at("/items/0")))
        .containsExactly("name", "version", "title", "questions");
  }

  @Test
  void aSetThatCannotBeUsedIsRefusedAndNothingIsStored() {
    long revision = server.revision();
    for (Map.Entry<String, Object> bad : badSets().entrySet()) {
      Reply reply = server.put(SETS + "/bad", bad.getValue());
      assertThat(reply.status()).as("%s: %s", bad.getKey(), reply).isIn(400, 422);
      reply.isProblem(
          reply.status(), reply.status() == 400 ? "malformed-request" : "invalid-value");
    }
    server.get(SETS + "/bad").isProblem(404, "not-found");
    assertThat(server.revision()).isEqualTo(revision);
  }

  private static Map<String, Object> badSets() {
    Object question = Map.of("id", "Q1", "text", "?");
    Object tooMany =
        java.util.stream.IntStream.range(0, 5_001)
            .mapToObj(i -> Map.of("id", "Q" + i, "text", "?"))
            .toList();
    return Map.of(
        "of another name", set("other", "?"),
        "without sections", Map.of("name", "bad"),
        "with no question", Map.of("name", "bad", "sections", List.of(section(List.of()))),
        "with a null section", "{\"name\":\"bad\",\"sections\":[null]}",
        "with a null question",
            "{\"name\":\"bad\",\"sections\":[{\"id\":\"s\",\"name\":\"S\",\"questions\":[null]}]}",
        "with an id twice",
            Map.of("name", "bad", "sections", List.of(section(List.of(question, question)))),
        "with 5,001 questions", Map.of("name", "bad", "sections", List.of(section(tooMany))),
        "with an id of a path",
            Map.of(
                "name",
                "bad",
                "sections",
                List.of(section(List.of(Map.of("id", "../Q", "text", "?"))))),
        "with an empty question", set("bad", ""),
        "with a text for sections", "{\"name\":\"bad\",\"sections\":\"none\"}");
  }

  private static Map<String, Object> section(Object questions) {
    return Map.of("id", "s", "name", "S", "questions", questions);
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    for (String name : List.of("Upper", "a_b", "a%20b", "a%2Fb", "x".repeat(65), "a%40b")) {
      String plain = java.net.URLDecoder.decode(name, Reply.UTF_8);
      Reply reply = server.put(SETS + "/" + name, set(plain, "?"));
      assertThat(reply.status()).as("%s", reply).isIn(404, 422);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }
}
