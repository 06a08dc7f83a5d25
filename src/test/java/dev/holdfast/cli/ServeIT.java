package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ServerProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as a user meets it. */
class ServeIT {
  @TempDir private Path directory;

  @Test
  void aSecondServerOnTheSameDataSaysSoAndTheFirstGoesOn() throws Exception {
    try (ServerProcess first = ServerProcess.start(directory)) {
      Ended second = ServerProcess.runUnder(List.of(), directory);
      assertThat(second.code()).isEqualTo(Serve.STORE_IN_USE);
      assertThat(second.output()).contains("Another Holdfast runs on the data").contains("--data");
      assertThat(first.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(
              first
                  .post(
                      "/api/v1/sessions", "{\"questionSet\":\"general\",\"analyzer\":\"external\"}")
                  .statusCode())
          .isEqualTo(201);
    }
  }

  @Test
  void aServerThatIsToldToEndEndsInOrderAndCanBeStartedAgain() throws Exception {
    ServerProcess first = ServerProcess.start(directory);
    first.stop();
    assertThat(first.output()).noneMatch(line -> line.contains("ERROR") || line.contains("WARN"));
    try (ServerProcess second = ServerProcess.start(directory)) {
      assertThat(second.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aMistypedKeyIsNamedWithTheNearestOne() throws Exception {
    Path config = Files.writeString(directory.resolve("c.json"), "{\"http\":{\"prot\":1}}");
    Ended ended = ServerProcess.runUnder(List.of(), directory, "--config", config.toString());
    assertThat(ended.code()).isEqualTo(Serve.USAGE);
    assertThat(ended.output()).contains("http.prot").contains("http.port");
  }
}
