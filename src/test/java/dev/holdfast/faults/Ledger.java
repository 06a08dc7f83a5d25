package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.ServerProcess;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What clients sent, were answered and were shown. The answers to the first question of a session
 * are numbered, each replaces the one before it: so what is there can be compared by a number.
 */
final class Ledger {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NUMBER = "answer ";

  private final Set<String> titles = ConcurrentHashMap.newKeySet();
  private final Map<String, Entry> sessions = new ConcurrentHashMap<>();
  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicLong revision = new AtomicLong();
  private final AtomicLong acknowledgedRevision = new AtomicLong();

  /** Of one session: the latest of each. */
  private static final class Entry {
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicLong revision = new AtomicLong();
  }

  /**
   * A change that was answered with 2xx.
   *
   * @param atMicros when the answer had been read, since 1970
   * @param text that the event of that revision contains
   */
  record Acknowledged(long atMicros, long revision, String text) {}

  /** The text of an answer by its number; a client may add to its end. */
  static String answer(String session, int number) {
    return NUMBER + number + " of " + session + ".";
  }

  private static int number(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  void asked(String title) {
    titles.add(title);
  }

  void created(String session, long revision) {
    entry(session).revision.accumulateAndGet(revision, Math::max);
    acknowledge(revision, session);
  }

  void sent(String session, int number) {
    entry(session).sent.set(number);
  }

  void answered(String session, int number, long revision) {
    Entry entry = entry(session);
    entry.told.accumulateAndGet(number, Math::max);
    entry.revision.accumulateAndGet(revision, Math::max);
    acknowledge(revision, answer(session, number));
  }

  private void acknowledge(long revision, String text) {
    acknowledged.add(new Acknowledged(micros(Instant.now()), revision, text));
    acknowledgedRevision.accumulateAndGet(revision, Math::max);
    shown(revision);
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** A state of that revision was shown. */
  void shown(long revision) {
    this.revision.accumulateAndGet(revision, Math::max);
  }

  /** A session was shown in a list or a stream. */
  void shown(JsonNode session) {
    entry(session.get("id").asText())
        .revision
        .accumulateAndGet(session.get("revision").asLong(), Math::max);
  }

  /** The table of a session was shown. */
  void shownResults(JsonNode results) {
    JsonNode session = results.get("session");
    shown(session);
    entry(session.get("id").asText()).told.accumulateAndGet(found(results), Math::max);
  }

  private Entry entry(String session) {
    return sessions.computeIfAbsent(session, id -> new Entry());
  }

  List<String> sessions() {
    return List.copyOf(sessions.keySet());
  }

  List<Acknowledged> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /** The highest revision that a change was answered with. */
  long acknowledgedRevision() {
    return acknowledgedRevision.get();
  }

  /** Everything told or shown is there, and nothing that nobody asked for. */
  void assertAllIn(ServerProcess server) throws IOException, InterruptedException {
    Set<String> listed = new HashSet<>();
    String query = "?limit=500";
    while (query != null) {
      JsonNode page = get(server, "/api/v1/sessions" + query);
      assertThat(page.get("revision").asLong()).isGreaterThanOrEqualTo(revision.get());
      for (JsonNode item : page.get("items")) {
        assertThat(titles).as("no phantom").contains(item.get("title").asText());
        listed.add(item.get("id").asText());
      }
      JsonNode next = page.get("nextCursor");
      query = next.isNull() ? null : "?limit=500&cursor=" + next.asText();
    }
    assertThat(listed).as("nothing lost").containsAll(sessions.keySet());
    for (Map.Entry<String, Entry> session : sessions.entrySet()) {
      assertIn(server, session.getKey(), session.getValue());
    }
  }

  private static void assertIn(ServerProcess server, String session, Entry entry)
      throws IOException, InterruptedException {
    JsonNode results = get(server, "/api/v1/sessions/" + session + "/results");
    assertThat(results.at("/session/revision").asLong())
        .as("revision of session %s", session)
        .isGreaterThanOrEqualTo(entry.revision.get());
    assertThat(found(results))
        .as("answer of session %s", session)
        .isBetween(entry.told.get(), entry.sent.get());
  }

  /** The number of the answer in a table, 0 when there is none. */
  private static int found(JsonNode results) {
    JsonNode answer = results.at("/sections/0/rows/0/answer");
    return answer.isNull() ? 0 : number(answer.asText());
  }

  private static JsonNode get(ServerProcess server, String path)
      throws IOException, InterruptedException {
    return JSON.readTree(server.get(path).body());
  }
}
