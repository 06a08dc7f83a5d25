package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.ServerProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk runs full under load and has space again, and then the process is killed. */
class DiskFullIT {
  private static final int ROUNDS = Integer.getInteger("diskfull.rounds", 2);

  /** What the rounds write stays, and the last one must find some space, too. */
  private static final int MEBIBYTES = 32 + 8 * ROUNDS;

  private static final int CLIENTS = 4;
  private static final int UNAVAILABLE = 69;
  private static final int ENOUGH = 60;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Path PDF = Path.of("webroot/sample/pump-station-specification.pdf");
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir private Path directory;

  private static final int CHANGES_MAX = 10_000;

  private final Random random = Seed.printed("DiskFullIT");
  private final Ledger ledger = new Ledger();

  @Test
  void aFullDiskRefusesChangesKeepsReadsAndHealsByItself() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, MEBIBYTES)) {
      for (int round = 0; round < ROUNDS; round++) {
        try (ServerProcess server = ServerProcess.start(disk.data())) {
          ledger.assertAllIn(server);
          fillAndFree(server, disk);
          server.kill();
        }
      }
      try (ServerProcess server = ServerProcess.start(disk.data())) {
        ledger.assertAllIn(server);
        server.kill();
      }
    }
    System.out.println(
        "DiskFullIT rounds=" + ROUNDS + " acknowledged=" + ledger.acknowledged().size());
  }

  private void fillAndFree(ServerProcess server, SmallDisk disk) throws Exception {
    try (Watchers watchers = new Watchers(server, ledger, random);
        Writers writers = writers(server)) {
      await().atMost(SOON).until(() -> writers.acknowledged() >= ENOUGH);
      disk.fill(random);
      int before = watchers.reads();
      await().atMost(SOON).until(() -> writers.refused() >= ENOUGH);
      await().atMost(SOON).until(() -> watchers.reads() >= before + ENOUGH);
      writers.stop();
      assertThat(writers.refused()).isGreaterThanOrEqualTo(ENOUGH);
      aRefusedChangeIsNotShown(server);
      disk.free();
      changesAreTakenAgain(server);
      assertThat(watchers.refused()).as("reads refused").isZero();
      assertThat(watchers.frames()).isPositive();
      server.kill();
      watchers.stop();
      assertThat(server.errors())
          .anyMatch(line -> line.contains("changes are refused until it does"))
          .anyMatch(line -> line.contains("takes changes again"))
          .noneMatch(line -> line.startsWith("\tat "))
          .filteredOn(line -> line.contains("JournalLog"))
          .hasSizeLessThan(writers.refused());
    }
  }

  @Test
  void aStartOnAFullDiskSaysSoAndIsMadeWhenThereIsSpace() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, MEBIBYTES)) {
      disk.fillWhole();
      ServerProcess.Ended ended = ServerProcess.runUnder(List.of(), disk.data());
      assertThat(ended.code()).as(ended.output()).isEqualTo(UNAVAILABLE);
      assertThat(ended.output()).containsIgnoringCase("space").doesNotContain("\tat ");
      disk.free();
      try (ServerProcess server = ServerProcess.start(disk.data())) {
        changesAreTakenAgain(server);
        server.stop();
      }
      disk.fillWhole();
      ended = ServerProcess.runUnder(List.of(), disk.data());
      assertThat(ended.code()).as(ended.output()).isEqualTo(UNAVAILABLE);
      assertThat(ended.output()).containsIgnoringCase("space").doesNotContain("\tat ");
      disk.free();
      try (ServerProcess server = ServerProcess.start(disk.data())) {
        ledger.assertAllIn(server);
      }
    }
  }

  /** Short rows end at the log, long ones at its checkpoint, too. */
  private Writers writers(ServerProcess server) {
    return random.nextBoolean()
        ? Writers.small(server, ledger, CLIENTS)
        : Writers.large(server, ledger, CLIENTS);
  }

  /** Some changes may still find room in a log that has just been emptied. */
  private void aRefusedChangeIsNotShown(ServerProcess server) throws Exception {
    for (int i = 0; i < CHANGES_MAX; i++) {
      long revision = revision(server);
      assertThat(revision).isGreaterThanOrEqualTo(ledger.acknowledgedRevision());
      String title = "probe " + UUID.randomUUID();
      HttpResponse<String> reply =
          server.post(
              "/api/v1/sessions",
              "{\"questionSet\":\"general\",\"analyzer\":\"external\",\"title\":\""
                  + title
                  + "\"}");
      if (reply.statusCode() != 201) {
        assertRefused(reply);
        assertThat(revision(server)).isEqualTo(revision);
        return;
      }
      ledger.asked(title);
    }
    throw new AssertionError("the disk is full, and no change was refused");
  }

  private static void assertRefused(HttpResponse<String> reply) throws IOException {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(503);
    assertThat(JSON.readTree(reply.body()).get("type").asText())
        .endsWith("/problems/journal-unavailable");
    assertThat(reply.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void anUploadToAFullDiskIsRefusedAndLeavesNothing() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, MEBIBYTES);
        ServerProcess server = ServerProcess.start(disk.data())) {
      disk.fill(random);
      assertRefused(server.upload(PDF));
      assertThat(disk.data().resolve("uploads")).isEmptyDirectory();
      assertThat(disk.data().resolve("documents")).isEmptyDirectory();
      disk.free();
      assertThat(server.upload(PDF).statusCode()).isEqualTo(201);
      server.kill();
    }
  }

  private static long revision(ServerProcess server) throws IOException, InterruptedException {
    HttpResponse<String> list = server.get("/api/v1/sessions");
    assertThat(list.statusCode()).isEqualTo(200);
    return JSON.readTree(list.body()).get("revision").asLong();
  }

  private void changesAreTakenAgain(ServerProcess server) throws InterruptedException {
    try (Writers writers = Writers.small(server, ledger, CLIENTS)) {
      await().atMost(SOON).until(() -> writers.acknowledged() >= ENOUGH);
      writers.stop();
    }
  }
}
