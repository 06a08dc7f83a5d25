package dev.holdfast.http;

import static dev.holdfast.http.TestServer.SET;
import static dev.holdfast.http.TestServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list: its shape, its order, its filters and its pages. */
class SessionListTest {
  private static final String LIST = "/api/v1/sessions";
  private static final int OLD = 30;

  @TempDir private static Path data;
  private static TestServer server;
  private static final Set<String> OLD_IDS = new HashSet<>();

  @BeforeAll
  static void startWithSessionsInEveryState() {
    server = TestServer.start(data);
    Crew.of(8)
        .each(
            OLD,
            i -> {
              String id = server.create("title " + i % 7);
              if (i % 3 == 0) {
                server.post(session(id) + "/stop", null).is(200);
              }
              synchronized (OLD_IDS) {
                OLD_IDS.add(id);
              }
            });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theListHasEveryMemberAndCountsThatAddUp() {
    Reply list = server.get(LIST).is(200);

    JsonNode body = list.json();
    assertThat(Reply.names(body))
        .containsExactlyInAnyOrder("revision", "counts", "matching", "items", "nextCursor");
    JsonNode counts = body.get("counts");
    assertThat(Reply.names(counts))
        .containsExactly("queued", "running", "completed", "partial", "failed", "total");
    int sum = 0;
    for (String state : List.of("queued", "running", "completed", "partial", "failed")) {
      sum += counts.get(state).asInt();
    }
    assertThat(counts.get("total").asInt()).isEqualTo(sum);
    assertThat(body.get("matching").asInt()).isEqualTo(sum);
    assertThat(list.revision()).isEqualTo(body.get("revision").asLong());
    assertThat(list.etag()).isEqualTo("\"" + body.get("revision").asLong() + "\"");
  }

  @Test
  void theNewestComesFirstUnlessOneAsksOtherwise() {
    String id = server.create("newest");

    assertThat(server.get(LIST + "?limit=1").json().at("/items/0/id").asText()).isEqualTo(id);
    JsonNode oldest = server.get(LIST + "?sort=createdAt&limit=500").json().get("items");
    assertThat(oldest.get(oldest.size() - 1).get("id").asText()).isEqualTo(id);
  }

  @Test
  void anUnchangedListIsNotSentAgain() {
    Reply list = server.get(LIST).is(200);

    server.get(LIST, "If-None-Match", list.etag()).is(304);

    server.create("another");
    server.get(LIST, "If-None-Match", list.etag()).is(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "createdAt",
        "-createdAt",
        "endedAt",
        "-endedAt",
        "expiresAt",
        "-expiresAt",
        "title",
        "-title"
      })
  void pagesShowEverythingOnceWhileSessionsAreCreated(String sort) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread creator =
        new Thread(
            () -> {
              for (int i = 0; i < 20 && !done.get(); i++) {
                server.create("title " + i % 9);
              }
            });
    creator.start();

    List<String> seen = pages(LIST + "?limit=7&sort=" + sort);

    done.set(true);
    creator.join();
    assertThat(seen).doesNotHaveDuplicates().containsAll(OLD_IDS);
  }

  @Test
  void pagesOfASearchShowEverythingOnceToo() {
    List<String> seen = pages(LIST + "?limit=2&sort=title&state=partial&q=TITLE");

    assertThat(seen).doesNotHaveDuplicates();
    int matching =
        server.get(LIST + "?state=partial&q=title&limit=1").json().get("matching").asInt();
    assertThat(seen).hasSize(matching);
  }

  /** The ids of all pages, by the link to the next one, which must agree with the cursor. */
  private static List<String> pages(String first) {
    List<String> ids = new ArrayList<>();
    String next = first;
    while (next != null) {
      Reply page = server.get(next).is(200);
      page.json().get("items").forEach(item -> ids.add(item.get("id").asText()));
      JsonNode cursor = page.json().get("nextCursor");
      String link = page.header("Link");
      assertThat(link == null).isEqualTo(cursor.isNull());
      if (link != null) {
        assertThat(link).matches("<[^>]+>; rel=\"next\"").contains(cursor.asText());
      }
      next = link == null ? null : "/api/v1/" + link.substring(1, link.indexOf('>'));
    }
    return ids;
  }

  @Test
  void filtersLetThroughWhatTheyNameAndCountsStayThoseOfAll() {
    JsonNode all = server.get(LIST + "?limit=500").json();

    JsonNode partial = server.get(LIST + "?state=partial,failed&limit=500").json();

    assertThat(partial.get("counts").get("total").asInt())
        .isGreaterThanOrEqualTo(all.get("counts").get("total").asInt());
    assertThat(partial.get("items")).hasSize(partial.get("matching").asInt());
    partial
        .get("items")
        .forEach(item -> assertThat(item.get("state").asText()).isIn("partial", "failed"));
  }

  @Test
  void textAndLabelsAreFoundAtOnce() {
    Reply created =
        server
            .post(
                LIST,
                Map.of(
                    "questionSet",
                    SET,
                    "analyzer",
                    "external",
                    "title",
                    "Kläranlage \"Süd\" 100%_",
                    "labels",
                    Map.of("bid.no", "7:1", "team", "west")))
            .is(201);
    String id = created.json().get("id").asText();

    for (String query :
        List.of(
            "q=kl%C3%84ranlage",
            "q=100%25_",
            "q=%22s%C3%BCd%22",
            "label=team:west",
            "label=team",
            "label=bid.no:7:1",
            "label=team:west&q=s%C3%BCd&state=running")) {
      JsonNode found = server.get(LIST + "?" + query).is(200).json();
      assertThat(found.get("matching").asInt()).as(query).isEqualTo(1);
      assertThat(found.at("/items/0")).as(query).isEqualTo(created.json());
    }
    for (String query : List.of("q=' OR 1=1 --", "label=team:east", "label=west", "q=%25%25")) {
      String encoded = query.replace(" ", "%20").replace("'", "%27");
      assertThat(server.get(LIST + "?" + encoded).is(200).json().get("matching").asInt())
          .as(query)
          .isZero();
    }
  }
}
