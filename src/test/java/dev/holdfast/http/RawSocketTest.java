package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What no well-made client sends. Each is answered or cut as its table says, nothing that is hidden
 * in it is carried out, and the server goes on.
 */
class RawSocketTest {
  /** The connection ends without an answer. */
  private static final int CUT = 0;

  private static final String GET = "GET /api/v1/question-sets HTTP/1.1\nHost: HOST\n";
  private static final String POST =
      "POST /api/v1/sessions HTTP/1.1\nHost: HOST\nX-Holdfast: 1\n"
          + "Content-Type: application/json\n";
  private static final String BODY = "{\"questionSet\":\"small\",\"analyzer\":\"external\"}";

  /** A request that must not be seen: it would make a session. */
  private static final String HIDDEN = POST + "Content-Length: " + BODY.length() + "\n\n" + BODY;

  @TempDir private static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            TestServer.settings(data, null)
                .with("http.headerSeconds", 1)
                .with("http.requestSeconds", 1)
                .with("documents.uploadSeconds", 1));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /**
   * @param statuses that the first answer may have; {@link #CUT} for none
   */
  private record Case(String name, String request, List<Integer> statuses) {}

  private final List<Case> cases = new ArrayList<>();

  private void on(String name, String request, Integer... statuses) {
    cases.add(new Case(name, request, List.of(statuses)));
  }

  private Stream<DynamicTest> tests() {
    return cases.stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> holds(one)));
  }

  private static void holds(Case one) throws IOException {
    long revision = server.revision();
    try (RawClient raw = server.raw()) {
      try {
        raw.lines(one.request());
        Reply reply = raw.reply();
        assertThat(one.statuses()).as("%s", reply).contains(reply.status());
        if (reply.status() >= 400) {
          assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
          assertThat(raw.isClosedByServer() || one.request().endsWith("\n\n")).isTrue();
        }
      } catch (EOFException | SocketException cut) {
        assertThat(one.statuses()).contains(CUT);
      }
    }
    server.get("/health/live").is(200);
    assertThat(server.revision()).as("nothing hidden was carried out").isEqualTo(revision);
  }

  @TestFactory
  Stream<DynamicTest> twoWaysToReadTheLengthOfABodyAreRefused() {
    String chunked = "Transfer-Encoding: chunked\n";
    on("length and chunks", POST + "Content-Length: 4\n" + chunked + "\n0\n\n" + HIDDEN, 400);
    on("chunks and length", POST + chunked + "Content-Length: 4\n\n0\n\n" + HIDDEN, 400);
    on("two lengths", POST + "Content-Length: 0\nContent-Length: 5\n\n" + HIDDEN, 400);
    on("a list of lengths", POST + "Content-Length: 0, 5\n\n" + HIDDEN, 400);
    on("a signed length", POST + "Content-Length: +0\n\n" + HIDDEN, 400);
    on("a negative length", POST + "Content-Length: -1\n\n" + HIDDEN, 400);
    on("a hexadecimal length", POST + "Content-Length: 0x0\n\n" + HIDDEN, 400);
    on("a length that overflows", POST + "Content-Length: 18446744073709551616\n\n", 400);
    on("an empty length", POST + "Content-Length:\n\n" + HIDDEN, 400);
    on("a length in words", POST + "Content-Length: none\n\n" + HIDDEN, 400);
    on("a length with a space", POST + "Content-Length : 0\n\n" + HIDDEN, 400);
    on("a look-alike of the length", POST + "Content-Xength: 0\n\n" + HIDDEN, 400);
    on("another look-alike", GET + "Content-%ength: 5\n\n" + HIDDEN, 400);
    on("an unknown coding", POST + "Transfer-Encoding: xchunked\n\n0\n\n" + HIDDEN, 400);
    on("chunks before gzip", POST + "Transfer-Encoding: chunked, gzip\n\n0\n\n" + HIDDEN, 400);
    on("chunks twice", POST + chunked + "Transfer-Encoding: identity\n\n0\n\n" + HIDDEN, 400);
    on("a coding with a tab", POST + "Transfer-Encoding:\tchunkedx\n\n0\n\n" + HIDDEN, 400);
    on("a coding with a space", POST + "Transfer-Encoding : chunked\n\n0\n\n" + HIDDEN, 400);
    on("chunks in HTTP/1.0", POST.replace("1.1", "1.0") + chunked + "\n0\n\n" + HIDDEN, 400);
    return tests();
  }

  @TestFactory
  Stream<DynamicTest> chunksThatAreNoneAreRefused() {
    String head = POST + "Transfer-Encoding: chunked\n\n";
    on("a size that is no number", head + "xyz\n{}\n0\n\n" + HIDDEN, 400, CUT);
    on("a negative size", head + "-1\n{}\n0\n\n" + HIDDEN, 400, CUT);
    on("a size that overflows", head + "FFFFFFFFFFFFFFFFF\n{}\n0\n\n", 400, CUT);
    on("a size of 2 GiB", head + "7FFFFFFF\n{}", 408, 413, CUT);
    on("a chunk longer than it says", head + "2\n{}xx\n0\n\n" + HIDDEN, 400, CUT);
    on("a size in front of spaces", head + " 2\n{}\n0\n\nX", 400, 422, CUT);
    on("a long extension", head + "2;" + "x".repeat(20_000) + "\n{}\n0\n\n", 400, CUT);
    on("many tiny chunks", head + "1\n \n".repeat(70_000) + "0\n\n", 400, 408, 413, CUT);
    on("a trailer too long", head + "2\n{}\n0\nX: " + "x".repeat(9_000) + "\n\n", 400, 431, CUT);
    return tests();
  }

  @TestFactory
  Stream<DynamicTest> headsThatAreNotHttpAreRefused() {
    on("two hosts", GET + "Host: HOST\n\n", 400);
    on("two hosts, one foreign", GET + "Host: evil.example\n\n", 400);
    on("two types", POST + "Content-Type: text/plain\nContent-Length: 2\n\n{}", 400);
    on("two credentials", GET + "Authorization: Bearer a\nAuthorization: Bearer b\n\n", 400);
    on("a folded header", GET + "X-A: b\n c\n\n", 400, 200);
    on("a folded length", POST + "Content-Length:\n 0\n\n" + HIDDEN, 400);
    on("a header before the first", GET.replace("Host", " Host") + "\n", 400, 421);
    on("a header without a colon", GET + "no colon\n\n", 400);
    on("a header without a name", GET + ": x\n\n", 400);
    on("a NUL in a name", GET + "a\0b: c\n\n", 400);
    on("a NUL in a value", GET + "a: b\0c\n\n", 400);
    on("a bell in a value", GET + "a: b\u0007c\n\n", 400, 200);
    on("a bare CR in a value", GET + "a: b\rX: 1\n\n", 400);
    on("a NUL in the path", "GET /a\0b HTTP/1.1\nHost: HOST\n\n", 400, 404);
    on("a header over the limit", GET + "X: " + "x".repeat(9_000) + "\n\n", 431);
    on("headers over the limit", GET + "X: yyyyyyyy\n".repeat(900) + "\n", 431);
    on("a line over the limit", "GET /" + "x".repeat(9_000) + " HTTP/1.1\nHost: HOST\n\n", 414);
    on("a method over the limit", "G".repeat(9_000) + " / HTTP/1.1\nHost: HOST\n\n", 414, 400);
    on("a megabyte without an end", "x".repeat(1 << 20), 400, 414, CUT);
    on("no version", "GET /api/v1/question-sets\n\n", 400);
    on("version 0.9", "GET / HTTP/0.9\nHost: HOST\n\n", 400);
    on("version 1.2", "GET / HTTP/1.2\nHost: HOST\n\n", 400);
    on("version 2.0", "GET / HTTP/2.0\nHost: HOST\n\n", 400);
    on("version 9.9", "GET / HTTP/9.9\nHost: HOST\n\n", 400);
    on("the preface of HTTP/2", "PRI * HTTP/2.0\n\nSM\n\n", 400);
    on("three spaces", "GET  / HTTP/1.1  x\nHost: HOST\n\n", 400);
    on("another protocol", "HELLO\n\n", 400);
    on("a hello of TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\n\n", 400);
    on("a proxy's line", "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n" + GET + "\n", 400);
    on("an absolute address", "GET http://evil.example/ HTTP/1.1\nHost: evil.example\n\n", 421);
    on("a tunnel", "CONNECT evil.example:443 HTTP/1.1\nHost: evil.example:443\n\n", 400, 421, 404);
    on("a trace", "TRACE / HTTP/1.1\nHost: HOST\nCookie: secret\n\n", 403, 404, 405);
    on("an upgrade", GET + "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c\n\n", 200, 400);
    on("a web socket", GET + "Connection: Upgrade\nUpgrade: websocket\n\n", 200, 400);
    on("an expectation", GET + "Expect: the-unexpected\n\n", 200, 400, 417);
    on("a path upwards", "GET /../../etc/passwd HTTP/1.1\nHost: HOST\n\n", 400, 404);
    on(
        "an encoded path upwards",
        "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\nHost: HOST\n\n",
        400,
        404);
    on("an encoded NUL", "GET /a%00b HTTP/1.1\nHost: HOST\n\n", 400, 404);
    return tests();
  }

  /** Sends single bytes until the server has had enough; at most for some 20 seconds. */
  private static void trickles(String head, String drops) throws Exception {
    try (RawClient raw = server.raw()) {
      raw.lines(head);
      try {
        for (int i = 0; i < 200 && raw.in().available() == 0; i++) {
          raw.bytes(new byte[] {(byte) drops.charAt(i % drops.length())});
          Thread.sleep(100);
        }
      } catch (SocketException cut) {
        return;
      }
      String rest = new String(raw.in().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(rest)
          .satisfiesAnyOf(
              cut -> assertThat(cut).isEmpty(), late -> assertThat(late).contains(" 408 "));
    }
    server.get("/health/live").is(200);
  }

  @Test
  void aHeadThatTricklesInIsCut() throws Exception {
    trickles("", GET.replace("\n", " "));
    trickles(GET, "X: y");
  }

  @Test
  void aSecondHeadThatTricklesInIsCut() throws Exception {
    try (RawClient raw = server.raw()) {
      raw.lines(GET + "\n").reply().is(200);
      raw.lines("GET /api/v1/question-sets HTTP/1.1\nHost: HO");
      assertThat(raw.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aBodyThatTricklesInIsCut() throws Exception {
    long revision = server.revision();
    trickles(POST + "Content-Length: 5000\n\n", " ");
    trickles(POST + "Transfer-Encoding: chunked\n\n", "1\r\n \r\n");
    trickles(
        "POST /api/v1/documents HTTP/1.1\nHost: HOST\nX-Holdfast: 1\n"
            + "Content-Type: application/pdf\nContent-Length: 5000\n\n",
        "%PDF-");
    assertThat(server.revision()).isEqualTo(revision);
  }

  @Test
  void requestsInARowOnOneConnectionAreAnsweredInOrder() throws Exception {
    try (RawClient raw = server.raw()) {
      raw.lines((GET + "\n").repeat(50) + POST + "Content-Length: 1\n\n{");
      for (int i = 0; i < 50; i++) {
        assertThat(raw.reply().status()).isEqualTo(200);
      }
      raw.reply().isProblem(400, "malformed-request");
    }
  }

  @Test
  void moreConnectionsThanTheServerTakesAreClosedAndPlacesComeBack(@TempDir Path other)
      throws Exception {
    int places = 10;
    try (TestServer small =
        TestServer.start(TestServer.settings(other, null).with("http.connectionsMax", places))) {
      List<RawClient> all = new ArrayList<>();
      for (int i = 0; i < places - 1; i++) {
        RawClient raw = small.raw();
        raw.lines(GET + "\n").reply().is(200);
        all.add(raw);
      }
      try (RawClient last = small.raw()) {
        assertThat(last.isClosedByServer()).isTrue();
      }
      for (RawClient one : all) {
        one.close();
      }
      small.get("/health/live").is(200);
    }
  }
}
