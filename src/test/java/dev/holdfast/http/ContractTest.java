package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document of the API says what the server does, and nothing else. */
class ContractTest {
  @TempDir private Path data;

  private Set<String> routes() throws Exception {
    return Routes.of(data).stream()
        .filter(route -> !route.equals("GET /"))
        .map(route -> route.replaceAll(":([A-Za-z]+)", "{$1}"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theDocumentHasTheRoutesOfTheRouterAndTheRouterThoseOfTheDocument() throws Exception {
    TreeSet<String> documented = new TreeSet<>();
    Contract.all().forEach(operation -> documented.add(operation.toString()));

    assertThat(documented).isEqualTo(routes());
  }

  @Test
  void theTypesOfProblemsAreThoseThatTheServerKnows() {
    List<String> documented =
        StreamSupport.stream(
                Contract.document()
                    .at("/components/schemas/Problem/properties/type/enum")
                    .spliterator(),
                false)
            .map(JsonNode::asText)
            .toList();

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Problem.Type.values())
                .map(type -> Problem.of(type, "", null, null).type())
                .toList());
  }

  @Test
  void theDocumentIsServedAndEveryReferenceInItLeadsSomewhere() {
    try (TestServer server = TestServer.start(TestServer.settings(data, "a-long-enough-token"))) {
      Reply document = server.get("/api/openapi.json").is(200);
      assertThat(document.json()).isEqualTo(Contract.document());
      server.get("/api/openapi.json", "If-None-Match", document.etag()).is(304);
      assertThat(server.get("/docs").is(200).text()).contains("docs/docs.js");
      server.get("/docs/docs.js").is(200);
    }
    Contract.document()
        .findValuesAsText("$ref")
        .forEach(ref -> assertThat(Contract.document().at(ref.substring(1))).isNotEmpty());
  }

  @Test
  void aReplyOrRequestThatTheDocumentDoesNotAllowIsNoticed() {
    String path = "/api/v1/sessions/x/rows";
    Map<String, List<String>> json = Map.of("Content-Type", List.of("application/json"));
    byte[] good = Reply.bytes(Map.of("revision", 1, "accepted", 1));
    byte[] more = Reply.bytes(Map.of("revision", 1, "accepted", 1, "more", 1));
    byte[] rows = Reply.bytes(TestServer.rows(TestServer.row("Q1", "A")));
    Contract.check("POST", path, "application/json", rows, new Reply(200, json, good));

    assertThatThrownBy(() -> Contract.check("POST", path, null, null, new Reply(200, json, more)))
        .hasMessageContaining("more");
    assertThatThrownBy(() -> Contract.check("POST", path, null, null, new Reply(202, json, good)))
        .hasMessageContaining("does not say");
    assertThatThrownBy(
            () ->
                Contract.check(
                    "POST",
                    path,
                    "application/json",
                    Reply.bytes(Map.of("attempt", "1")),
                    new Reply(200, json, good)))
        .hasMessageContaining("refuses");
  }
}
