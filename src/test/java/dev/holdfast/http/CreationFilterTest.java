package dev.holdfast.http;

import static dev.holdfast.http.TestServer.EXTERNAL;
import static dev.holdfast.http.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list by who created the sessions and when. */
class CreationFilterTest {
  private static final String LIST = "/api/v1/sessions";
  private static final String TOKEN = "a token of the tests";
  private static final String[] ADMIN = bearer(TOKEN);

  /** A name as a key may have it: with what means something in a list, a query or SQL. */
  private static final String ODD = "night, 'run' & \"x\" 100%";

  private static final List<String> SORTS =
      List.of("-createdAt", "createdAt", "title", "expiresAt");

  @TempDir private static Path data;
  private static TestServer server;

  @BeforeAll
  static void startWithSessionsOfTwo() {
    server = TestServer.start(TestServer.settings(data, TOKEN));
    Map<String, Object> key = Map.of("name", ODD, "role", "operator");
    String[] odd =
        bearer(server.post("/api/v1/keys", key, ADMIN).is(201).json().get("secret").asText());
    for (int i = 0; i < 12; i++) {
      String id =
          server
              .post(
                  LIST, with(EXTERNAL, "labels", Map.of("x", "" + i % 2)), i % 3 == 0 ? odd : ADMIN)
              .is(201)
              .json()
              .get("id")
              .asText();
      if (i % 4 == 0) {
        server.post(TestServer.session(id) + "/stop", null, ADMIN).is(200);
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    Map<String, Object> more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static String encode(Object value) {
    return URLEncoder.encode(value.toString(), Reply.UTF_8);
  }

  private static JsonNode list(String query) {
    return server.get(LIST + "?limit=500&" + query, ADMIN).is(200).json();
  }

  private static Instant createdAt(JsonNode session) {
    return Instant.parse(session.get("createdAt").asText());
  }

  private static Instant middle() {
    return createdAt(list("sort=createdAt").get("items").get(6));
  }

  private record Case(String query, Predicate<JsonNode> fits) {}

  private static List<Case> cases() {
    Instant middle = middle();
    Predicate<JsonNode> odd = session -> session.get("createdBy").asText().equals(ODD);
    Predicate<JsonNode> before = session -> createdAt(session).isBefore(middle);
    Predicate<JsonNode> zero = session -> session.at("/labels/x").asText().equals("0");
    Predicate<JsonNode> partial = session -> session.get("state").asText().equals("partial");
    String by = "createdBy=" + encode(ODD);
    return List.of(
        new Case(by, odd),
        new Case("createdBy=admin", odd.negate()),
        new Case("createdBy=night", session -> false),
        new Case("createdBy=ADMIN", session -> false),
        new Case("createdBy=&createdAfter=&createdBefore=", session -> true),
        new Case("createdAfter=" + middle, before.negate()),
        new Case("createdBefore=" + middle, before),
        new Case("createdAfter=0000-01-01T00:00:00Z&createdBefore=" + middle, before),
        new Case("createdAfter=9999-12-31T23:59:59.999999999Z", session -> false),
        new Case(
            "createdAfter=" + encode(middle.toString().replace("Z", "+00:00")), before.negate()),
        new Case(by + "&createdBefore=" + middle, odd.and(before)),
        new Case(by + "&createdBefore=" + middle + "&state=partial", odd.and(before).and(partial)),
        new Case(by + "&label=x:0&q=night", odd.and(zero)),
        new Case("label=x:0&createdAfter=" + middle, before.negate().and(zero)));
  }

  @Test
  void everyOrderNowAndThenLetsThroughWhatWasCreatedSo() {
    long revision = server.revision();
    for (String sort : SORTS) {
      JsonNode all = list("sort=" + sort);
      for (Case one : cases()) {
        List<JsonNode> fitting = new ArrayList<>();
        all.get("items").forEach(item -> fitting.add(item));
        fitting.removeIf(one.fits().negate());
        for (String at : List.of("", "&at=" + revision)) {
          JsonNode found = list("sort=" + sort + "&" + one.query() + at);
          assertThat(found.get("items"))
              .as("%s by %s%s", one, sort, at)
              .containsExactlyElementsOf(fitting);
          assertThat(found.get("matching").asInt()).isEqualTo(fitting.size());
          assertThat(found.get("counts")).isEqualTo(all.get("counts"));
          assertThat(
                  server
                      .get(
                          LIST + "/export?format=json&sort=" + sort + "&" + one.query() + at, ADMIN)
                      .is(200)
                      .json())
              .isEqualTo(found);
        }
      }
    }
  }

  @Test
  void pagesKeepTheFilterAndItsCursorBelongsToIt() {
    String query =
        "createdBy=" + encode(ODD) + "&createdBefore=" + Instant.parse("9999-01-01T00:00:00Z");
    List<String> ids = new ArrayList<>();
    list(query).get("items").forEach(item -> ids.add(item.get("id").asText()));
    assertThat(ids).hasSize(4);
    List<String> paged = new ArrayList<>();
    String next = LIST + "?limit=1&" + query;
    String cursor = null;
    while (next != null) {
      Reply page = server.get(next, ADMIN).is(200);
      page.json().get("items").forEach(item -> paged.add(item.get("id").asText()));
      String link = page.header("Link");
      cursor = link == null ? cursor : page.json().get("nextCursor").asText();
      next = link == null ? null : "/api/v1/" + link.substring(1, link.indexOf('>'));
    }
    assertThat(paged).isEqualTo(ids);
    for (String other :
        List.of(
            "",
            "createdBy=admin",
            "createdBy=" + encode(ODD),
            query.replace("9999", "9998"),
            query.replace("createdBefore=9999", "createdAfter=2000"))) {
      server.get(LIST + "?" + other + "&cursor=" + cursor, ADMIN).isProblem(400, "bad-parameter");
    }
  }

  @Test
  void aRefusalSaysWhatToWrite() {
    assertThat(detail("createdAfter=1h")).contains("createdAfter", "2026-03-01T10:00:00Z");
    assertThat(detail("createdBefore=x")).contains("createdBefore");
    assertThat(detail("createdAfter=2026-03-02T10:00:00Z&createdBefore=2026-03-01T10:00:00Z"))
        .contains("createdAfter must be before createdBefore");
  }

  private static String detail(String query) {
    return server
        .get(LIST + "?" + query, ADMIN)
        .isProblem(400, "bad-parameter")
        .get("detail")
        .asText();
  }

  @Test
  void theSameFilterNamesTheSameSessionsForABulkRequest() {
    String middle = middle().toString();
    for (Map<String, Object> filter :
        List.<Map<String, Object>>of(
            Map.of("createdBy", ODD),
            Map.of("createdBy", ODD, "q", "night"),
            Map.of("createdAfter", middle),
            Map.of("createdBefore", middle, "state", "running"),
            Map.of("createdBefore", middle, "createdBy", "admin", "label", "x:1"))) {
      StringBuilder query = new StringBuilder("sort=createdAt");
      filter.forEach(
          (name, value) -> query.append('&').append(name).append('=').append(encode(value)));
      List<String> listed = new ArrayList<>();
      list(query.toString()).get("items").forEach(item -> listed.add(item.get("id").asText()));
      assertThat(listed).isNotEmpty().hasSizeLessThan(12);

      Map<String, Object> body =
          with(
              Map.of("action", "pin", "filter", filter, "dryRun", true),
              "expectCount",
              listed.size());
      List<String> named = new ArrayList<>();
      server
          .post("/api/v1/bulk", body, ADMIN)
          .is(200)
          .json()
          .get("results")
          .forEach(result -> named.add(result.get("id").asText()));
      assertThat(named).as("%s", filter).isEqualTo(listed);
      server
          .post("/api/v1/bulk", with(body, "expectCount", listed.size() + 1), ADMIN)
          .isProblem(412, "count-differs");
    }
  }
}
