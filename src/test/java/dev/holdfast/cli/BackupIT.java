package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.ServerProcess.Ended;
import dev.holdfast.faults.Load;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store is copied while it is written, and lives on in the copy. */
@Timeout(600)
class BackupIT {
  private static final int CLIENTS = 8;
  private static final int KEPT = 20;
  private static final Path PDF = Path.of("webroot/sample/pump-station-specification.pdf");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private static Ended done(String... arguments) throws Exception {
    Ended ended = ServerProcess.command(arguments);
    assertThat(ended.code()).as(ended.output()).isZero();
    return ended;
  }

  private static void refused(int code, String why, String... arguments) throws Exception {
    Ended ended = ServerProcess.command(arguments);
    assertThat(ended.code()).as(ended.output()).isEqualTo(code);
    assertThat(ended.output()).startsWith("holdfast: ").contains(why).doesNotContain("\tat ");
  }

  private static JsonNode json(HttpResponse<String> reply) throws Exception {
    assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 201);
    return JSON.readTree(reply.body());
  }

  private static String create(ServerProcess server, String title) throws Exception {
    String body =
        "{\"questionSet\":\"general\",\"analyzer\":\"external\",\"title\":\"" + title + "\"}";
    return json(server.post("/api/v1/sessions", body)).get("id").asText();
  }

  private static String journal(ServerProcess server) throws Exception {
    return json(server.get("/health/ready")).get("journal").asText();
  }

  @Test
  void aBackupMadeUnderLoadHoldsEverythingAcknowledgedBeforeIt() throws Exception {
    String data = directory.resolve("data").toString();
    String copy = directory.resolve("copy").toString();
    String zip = directory.resolve("backup.zip").toString();
    List<String> kept = new ArrayList<>();
    String document;
    String journal;
    try (ServerProcess server = ServerProcess.start(Path.of(data))) {
      document = json(server.upload(PDF)).get("id").asText();
      journal = journal(server);
      Load load = new Load(CLIENTS);
      load.start(server::url);
      for (int i = 0; i < KEPT; i++) {
        kept.add(create(server, "kept " + i));
      }
      load.awaitAcknowledged(50);
      int before = load.acknowledged();
      done("backup", zip, "--data", data);
      assertThat(load.acknowledged()).as("changes while it was copied").isGreaterThan(before);
      load.stop();
      load.check(server::url);
    }
    done("restore", zip, "--data", copy);
    assertThat(done("replay", "--verify", "--data", copy).output()).doesNotContain("DIFFERENT");
    refused(Serve.USAGE, "not an empty directory", "restore", zip, "--data", copy);
    refused(Serve.USAGE, "exists", "backup", zip, "--data", data);
    try (ServerProcess server = ServerProcess.start(Path.of(copy))) {
      for (String id : kept) {
        assertThat(server.get("/api/v1/sessions/" + id).statusCode()).isEqualTo(200);
      }
      assertThat(server.get("/api/v1/documents/" + document + "/content").statusCode())
          .isEqualTo(200);
      assertThat(journal(server)).isNotEqualTo(journal);
      create(server, "goes on");
    }
  }

  @Test
  void whatIsNoStoreOrNoBackupIsSaidAndNotChanged() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path database = Files.writeString(data.resolve("holdfast.db"), "no database ".repeat(1_000));
    byte[] before = Files.readAllBytes(database);
    for (List<String> command :
        List.of(
            List.of("serve", "--port", "0"),
            List.of("replay", "--verify"),
            List.of("backup", directory.resolve("b.zip").toString()))) {
      List<String> all = new ArrayList<>(command);
      all.addAll(List.of("--data", data.toString()));
      Ended ended = ServerProcess.command(all.toArray(String[]::new));
      assertThat(ended.code()).as(ended.output()).isEqualTo(Serve.STORE_UNUSABLE);
      assertThat(ended.output())
          .contains("is damaged or not a database of Holdfast", "restore a backup")
          .doesNotContain("\tat ");
    }
    assertThat(database).hasBinaryContent(before);
    Path copy = directory.resolve("copy");
    refused(
        Serve.STORE_UNUSABLE,
        "Nothing was restored",
        "restore",
        database.toString(),
        "--data",
        copy.toString());
    assertThat(copy).doesNotExist();
  }

  @Test
  void aStoreOfANewerVersionIsNotTouched() throws Exception {
    Path data = directory.resolve("data");
    ServerProcess.start(data).close();
    Path database = data.resolve("holdfast.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    byte[] before = Files.readAllBytes(database);
    Ended ended = ServerProcess.command("serve", "--port", "0", "--data", data.toString());
    assertThat(ended.code()).as(ended.output()).isEqualTo(Serve.STORE_UNUSABLE);
    assertThat(ended.output()).contains("newer Holdfast. Start that version");
    assertThat(database).hasBinaryContent(before);
  }
}
