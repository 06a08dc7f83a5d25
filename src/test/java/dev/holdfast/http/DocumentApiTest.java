package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Documents, good and bad. */
class DocumentApiTest {
  private static final String DOCUMENTS = "/api/v1/documents";

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

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] form(String... parts) {
    StringBuilder form = new StringBuilder();
    for (String part : parts) {
      form.append("--frontier\r\n").append(part).append("\r\n");
    }
    return form.append("--frontier--\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String file(String filename, byte[] pdf) {
    return "Content-Disposition: form-data; name=\"file\"; filename=\""
        + filename
        + "\"\r\nContent-Type: application/pdf\r\n\r\n"
        + new String(pdf, StandardCharsets.ISO_8859_1);
  }

  private static String field(String name) {
    return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\nvalue";
  }

  private static Reply uploadForm(byte[] form) {
    return server.send(
        "POST",
        DOCUMENTS,
        BodyPublishers.ofByteArray(form),
        "X-Holdfast",
        "1",
        "Content-Type",
        "multipart/form-data; boundary=frontier");
  }

  private static long filesIn(String directory) throws Exception {
    try (Stream<Path> files = Files.list(data.resolve(directory))) {
      return files.count();
    }
  }

  private static void uploadsAreGone() {
    await().until(() -> filesIn("uploads") == 0);
  }

  @Test
  void aDocumentIsReadOnceAndKnownAfterwards() throws Exception {
    byte[] pdf = Pdfs.of("The bid bond is 5 percent", "Second page");

    Reply created = server.upload("?filename=spec.pdf", pdf).is(201);

    JsonNode document = created.json();
    assertThat(Reply.names(document)).containsExactly("id", "filename", "pages", "bytes", "sha256");
    assertThat(document.get("id").asText()).isEqualTo(sha256(pdf));
    assertThat(document.get("sha256").asText()).isEqualTo(sha256(pdf));
    assertThat(document.get("filename").asText()).isEqualTo("spec.pdf");
    assertThat(document.get("pages").asInt()).isEqualTo(2);
    assertThat(document.get("bytes").asInt()).isEqualTo(pdf.length);
    long revision = server.revision();
    assertThat(server.upload("?filename=other.pdf", pdf).is(200).json()).isEqualTo(document);
    assertThat(server.revision()).isEqualTo(revision);
    String path = DOCUMENTS + "/" + sha256(pdf);
    Reply read = server.get(path).is(200);
    assertThat(read.json()).isEqualTo(document);
    server.get(path, "If-None-Match", read.etag()).is(304);
    assertThat(server.get(path + "/pages/2").is(200).json())
        .isEqualTo(Reply.parse("{\"page\":2,\"text\":\"Second page\"}"));
    uploadsAreGone();
  }

  @Test
  void aFormIsTakenToo() throws Exception {
    byte[] pdf = Pdfs.of("From a form");

    Reply created = uploadForm(form(file("form.pdf", pdf))).is(201);

    assertThat(created.json().get("id").asText()).isEqualTo(sha256(pdf));
    assertThat(created.json().get("filename").asText()).isEqualTo("form.pdf");
  }

  @Test
  void furtherFieldsOfAFormDoNoHarm() throws Exception {
    for (int i = 0; i < 10; i++) {
      byte[] pdf = Pdfs.of("Among fields " + i);
      Reply created = uploadForm(form(field("before"), file("a.pdf", pdf), field("after")));
      assertThat(created.is(201).json().get("id").asText()).isEqualTo(sha256(pdf));
    }
    uploadsAreGone();
  }

  @Test
  void onlyTheFirstFileOfAFormCounts() throws Exception {
    byte[] first = Pdfs.of("First file");

    Reply created = uploadForm(form(file("a.pdf", first), file("b.pdf", Pdfs.of("Second file"))));

    assertThat(created.is(201).json().get("id").asText()).isEqualTo(sha256(first));
    uploadsAreGone();
  }

  @Test
  void aFormWithoutAFileIsRefusedAtOnceAndNoPlaceIsLost() throws Exception {
    for (int i = 0; i < 10; i++) {
      uploadForm(form(field("other"))).isProblem(400, "malformed-request");
      uploadForm(form()).isProblem(400, "malformed-request");
      server
          .send(
              "POST",
              DOCUMENTS,
              BodyPublishers.ofByteArray(form(field("x"))),
              "X-Holdfast",
              "1",
              "Content-Type",
              "multipart/form-data")
          .isProblem(400, "malformed-request");
    }
    server.upload("", Pdfs.of("There is still a place")).is(201);
    uploadsAreGone();
  }

  @Test
  void aDocumentSentByManyAtOnceIsStoredOnce() throws Exception {
    byte[] pdf = Pdfs.of("Everybody has this one");
    Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

    Crew.of(4).all(i -> statuses.add(server.upload("?filename=" + i, pdf).status()));

    assertThat(statuses).allMatch(status -> status == 200 || status == 201);
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(server.get(DOCUMENTS + "/" + sha256(pdf) + "/content").is(200).body())
        .isEqualTo(pdf);
    uploadsAreGone();
  }

  @Test
  void aPdfIsSentWholeOrInPart() throws Exception {
    byte[] pdf = Pdfs.of("Some content to cut");
    int length = pdf.length;
    String path = server.upload("", pdf).json().get("id").asText();
    String content = DOCUMENTS + "/" + path + "/content";

    Reply whole = server.get(content).is(200);
    assertThat(whole.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(whole.body()).isEqualTo(pdf);
    assertThat(whole.revision()).isPositive();
    assertPart(content, "bytes=0-4", pdf, 0, 5);
    assertPart(content, "bytes=10-", pdf, 10, length);
    assertPart(content, "bytes=-7", pdf, length - 7, length);
    assertPart(content, "bytes=5-999999999", pdf, 5, length);
    assertPart(content, "bytes=-999999999", pdf, 0, length);
    for (String odd : List.of("bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes=-")) {
      assertThat(server.get(content, "Range", odd).is(200).body()).as(odd).isEqualTo(pdf);
    }
    Reply outside = server.get(content, "Range", "bytes=" + length + "-");
    outside.isProblem(416, "range-not-satisfiable");
    assertThat(outside.header("Content-Range")).isEqualTo("bytes */" + length);
    try (RawClient raw = server.raw()) {
      raw.lines(
          "HEAD " + content + " HTTP/1.1\nHost: HOST\n\nGET /health/live HTTP/1.1\nHost: HOST\n\n");
      String head = headOf(raw);
      assertThat(head).startsWith("HTTP/1.1 200").contains("application/pdf");
      assertThat(raw.reply().json().get("status").asText()).isEqualTo("up");
    }
  }

  private static String headOf(RawClient raw) throws Exception {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(raw.in().read());
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void assertPart(String path, String range, byte[] pdf, int from, int to) {
    Reply part = server.get(path, "Range", range).is(206);
    assertThat(part.header("Content-Range"))
        .isEqualTo("bytes " + from + "-" + (to - 1) + "/" + pdf.length);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(pdf, from, to));
  }

  @Test
  void aFileNameIsANameAndNeverAPath() throws Exception {
    Map<String, String> names =
        Map.of(
            "..%2F..%2Fetc%2Fpasswd", "passwd",
            "C%3A%5Ctemp%5Cspec.pdf", "spec.pdf",
            "a%0D%0ASet-Cookie%3A%20x%3D1", "aSet-Cookie: x=1",
            "%E2%80%AEfdp.exe", "fdp.exe",
            "..", "document.pdf",
            "x%2F", "document.pdf",
            "%00", "document.pdf",
            "%3Cscript%3E.pdf", "<script>.pdf");
    for (Map.Entry<String, String> name : names.entrySet()) {
      byte[] pdf = Pdfs.of("Named " + name.getKey());
      Reply created = server.upload("?filename=" + name.getKey(), pdf).is(201);
      assertThat(created.json().get("filename").asText()).isEqualTo(name.getValue());
      assertThat(created.header("Set-Cookie")).isNull();
    }
    String longName = "n".repeat(600) + ".pdf";
    assertThat(
            server
                .upload("?filename=" + longName, Pdfs.of("Long name"))
                .is(201)
                .json()
                .get("filename")
                .asText())
        .hasSize(255)
        .endsWith("n.pdf");
    byte[] inForm = Pdfs.of("Hostile name in a form");
    assertThat(
            uploadForm(form(file("../../evil.pdf", inForm)))
                .is(201)
                .json()
                .get("filename")
                .asText())
        .isEqualTo("evil.pdf");
    try (Stream<Path> files = Files.walk(data)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(file -> file.contains("passwd") || file.contains("evil"));
    }
  }

  @Test
  void anAnalysisOfADocumentEndsWithEveryQuestionSettled() throws Exception {
    byte[] pdf = Pdfs.of("What about Q1? The answer about Q1 is that the bond is 5 percent.");
    String id = server.upload("?filename=real.pdf", pdf).json().get("id").asText();

    JsonNode session =
        server
            .post("/api/v1/sessions", Map.of("questionSet", "small", "documentId", id))
            .is(201)
            .json();

    assertThat(session.get("title").asText()).isEqualTo("real.pdf");
    assertThat(session.get("state").asText()).isEqualTo("queued");
    assertThat(Reply.names(session.get("document")))
        .containsExactly("id", "filename", "pages", "bytes");
    String path = TestServer.session(session.get("id").asText());
    await().until(() -> server.get(path).json().get("state").asText().equals("completed"));
    JsonNode done = server.get(path).json();
    assertThat(done.at("/progress/answered").asInt() + done.at("/progress/notFound").asInt())
        .isEqualTo(5);
  }

  @TestFactory
  Stream<DynamicTest> aBadDocumentChangesNothing() {
    byte[] good = Pdfs.of("A page that will be cut short, with enough text to have a middle");
    byte[] random = new byte[20_000];
    new java.util.Random(5).nextBytes(random);
    byte[] disguised = random.clone();
    System.arraycopy("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII), 0, disguised, 0, 9);
    return Stream.of(
        bad("not a PDF", "<html>hello</html>".getBytes(Reply.UTF_8), 415, "unsupported-media-type"),
        bad("empty", new byte[0], 415, "unsupported-media-type"),
        bad("random", random, 415, "unsupported-media-type"),
        bad("random behind a header", disguised, 422, "unreadable-document"),
        bad("truncated", Arrays.copyOf(good, good.length / 3), 422, "unreadable-document"),
        bad("encrypted", Pdfs.encrypted(), 422, "unreadable-document"),
        bad("without pages", Pdfs.blank(0), 422, "unreadable-document"),
        bad("without text", Pdfs.blank(2), 422, "unreadable-document"),
        bad("of 5,000 pages", Pdfs.blank(5_000), 422, "unreadable-document"),
        bad("over the size limit", new byte[(1 << 20) + 1], 413, "too-large"),
        bad("far over the size limit", new byte[20 << 20], 413, "too-large"));
  }

  private static DynamicTest bad(String name, byte[] pdf, int status, String type) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          long revision = server.revision();
          JsonNode problem = server.upload("?filename=bad.pdf", pdf).isProblem(status, type);
          assertThat(problem.get("detail").asText()).hasSizeGreaterThan(20);
          assertThat(server.revision()).isEqualTo(revision);
          server.get(DOCUMENTS + "/" + sha256(pdf)).isProblem(404, "not-found");
          uploadsAreGone();
        });
  }

  @Test
  void aBodyOverTheLimitIsRefusedBeforeItIsSent() throws Exception {
    try (RawClient raw = server.raw()) {
      raw.lines(
          "POST /api/v1/documents HTTP/1.1\nHost: HOST\nX-Holdfast: 1\n"
              + "Content-Type: application/pdf\nContent-Length: 99999999999\n\n%PDF-1.7");

      raw.reply().isProblem(413, "too-large");
    }
  }

  @Test
  void aBodyOfUnknownLengthIsRefusedOnceItIsOverTheLimit() throws Exception {
    try (RawClient raw = server.raw()) {
      raw.lines(
          "POST /api/v1/documents HTTP/1.1\nHost: HOST\nX-Holdfast: 1\n"
              + "Content-Type: application/pdf\nTransfer-Encoding: chunked\n\n");
      for (int i = 0; i < 17; i++) {
        raw.lines("10000\n").bytes(new byte[0x10000]).lines("\n");
      }

      raw.reply().isProblem(413, "too-large");
    }
    uploadsAreGone();
  }

  @Test
  void aClientThatVanishesInTheMiddleOfAnUploadLeavesNothing() throws Exception {
    long revision = server.revision();
    for (int i = 0; i < 8; i++) {
      RawClient raw = server.raw();
      raw.lines(
          "POST /api/v1/documents HTTP/1.1\nHost: HOST\nX-Holdfast: 1\n"
              + "Content-Type: "
              + (i % 2 == 0
                  ? "application/pdf\nContent-Length: 500000\n\n%PDF-1.7"
                  : "multipart/form-data; boundary=frontier\nContent-Length: 500000\n\n"
                      + "--frontier\nContent-Disposition: form-data; name=\"file\"; "
                      + "filename=\"a.pdf\"\nContent-Type: application/pdf\n\n%PDF-1.7"));
      raw.bytes(new byte[100_000]);
      await().until(() -> filesIn("uploads") > 0);
      raw.vanish();
      uploadsAreGone();
    }
    assertThat(server.revision()).isEqualTo(revision);
    server.upload("", Pdfs.of("The server goes on")).is(201);
  }

  @Test
  void aPageThatIsNotThereIsNotFound() {
    String id = server.upload("", Pdfs.of("One page")).json().get("id").asText();
    for (String page : List.of("0", "2", "2147483648", "9223372036854775807")) {
      JsonNode problem =
          server.get(DOCUMENTS + "/" + id + "/pages/" + page).isProblem(404, "not-found");
      assertThat(problem.get("detail").asText()).contains("pages 1 to 1");
    }
    for (String page : List.of("-1", "x", "1.5", "99999999999999999999")) {
      server.get(DOCUMENTS + "/" + id + "/pages/" + page).isProblem(400, "bad-parameter");
    }
  }

  @Test
  void anUploadOfAnotherTypeIsRefused() {
    byte[] pdf = Pdfs.of("Typed wrongly");
    for (String type : List.of("application/json", "text/plain", "application/octet-stream")) {
      server.upload("", pdf, "Content-Type", type).isProblem(415, "unsupported-media-type");
    }
    server.upload("", pdf, "Content-Type", null).isProblem(415, "unsupported-media-type");
  }
}
