package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.TestServer;
import dev.holdfast.store.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the doctor sees, and that it touches nothing. */
class DoctorTest {
  @TempDir private Path directory;

  private record Seen(int code, String said) {}

  private Seen look(String json, Path data) throws IOException {
    Path config = Files.writeString(directory.resolve("config.json"), json);
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int code =
          new CommandLine(new Doctor())
              .execute("--config", config.toString(), "--data", data.toString());
      return new Seen(code, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  private static Map<Path, Integer> files(Path root) throws IOException {
    Map<Path, Integer> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file, Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  private static final String OPEN = "{\"http\":{\"port\":0}}";

  @Test
  void aFreshPlaceNeedsNothingAndNothingIsMade() throws IOException {
    Path data = directory.resolve("none/yet");

    Seen seen = look(OPEN, data);

    assertThat(seen.said()).contains("Nothing to mend.").contains("the first start makes it");
    assertThat(seen.code()).isZero();
    assertThat(data.getParent()).doesNotExist();
  }

  @Test
  void aStoreIsLookedAtWithoutAChangeStoppedOrRunning() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    try (TestServer server = TestServer.start(data)) {
      server.create("one");
      assertThat(look(OPEN, data)).satisfies(seen -> assertThat(seen.code()).isZero());
    }
    Map<Path, Integer> before = files(data);

    Seen seen = look(OPEN, data);

    assertThat(seen.said()).containsPattern("ok +store +revision \\d+");
    assertThat(files(data)).isEqualTo(before);
  }

  @Test
  void aDamagedStoreAWrongKeyAndAForeignPortAreNamed() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.writeString(data.resolve("holdfast.db"), "this is no database, whatever its name says");
    assertThat(look(OPEN, data).said()).containsPattern("FIX +store");

    assertThat(look("{\"http\":{\"prot\":1}}", data).said())
        .containsPattern("FIX +configuration")
        .contains("http.port");
    try (ServerSocket taken = new ServerSocket(0)) {
      Seen seen = look("{\"http\":{\"port\":" + taken.getLocalPort() + "}}", data);
      assertThat(seen.said()).containsPattern("FIX +http.port");
      assertThat(seen.code()).isEqualTo(1);
    }
  }

  @Test
  void certificatesAreReadAndSecretsAreNotPrinted() throws IOException {
    TestCertificates.write(directory);
    String config =
        """
        {"http": {"port": 0, "tls": {"certificate": "%s", "key": "%s"}},
         "admin": {"token": "a-canary-of-many-characters"},
         "store": {"url": "postgresql://u:canary@127.0.0.1:1/d"}}""";
    String good =
        config.formatted(
            directory.resolve(TestCertificates.SERVER),
            directory.resolve(TestCertificates.SERVER_KEY));

    Seen seen = look(good, directory.resolve("data"));
    assertThat(seen.said())
        .containsPattern("FIX +tls +the certificate is for") // it ends within a day or two
        .doesNotContain("PKCS#8")
        .containsPattern("FIX +store +does not answer")
        .doesNotContain("canary");

    String wrong =
        config.formatted(
            directory.resolve(TestCertificates.SERVER), directory.resolve("config.json"));
    assertThat(look(wrong, directory.resolve("data")).said()).contains("PKCS#8");
  }
}
