package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.ServerProcess;
import dev.holdfast.faults.DiskOperation.Synced;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power is lost at many moments: the calls of a server to its disk are recorded, and disks are
 * made from the record as they may be found afterwards.
 */
class PowerLossIT {
  private static final int IMAGES = Integer.getInteger("powerloss.images", 20);
  private static final int CONTROLS = Math.max(4, IMAGES / 10);
  private static final int CLIENTS = 3;

  private static final int SHORT_REPORTS = 150;

  /** Enough that the log is written back and begun again while they come. */
  private static final int LONG_REPORTS = 220;

  private static final Path PDF = Path.of("webroot/sample/pump-station-specification.pdf");
  private static final Duration LONG = Duration.ofSeconds(120);
  @TempDir private Path directory;

  private final Random random = Seed.printed("PowerLossIT");
  private final Ledger ledger = new Ledger();
  private Path data;
  private String document;
  private long documentAtMicros;

  @Test
  void whatWasAcknowledgedSurvivesALossOfPowerAtAnyMoment() throws Exception {
    assumeTracingIsPermitted();
    data = Files.createDirectory(directory.toRealPath().resolve("data"));
    List<DiskOperation> operations = record();
    assertTheRecordIsWhole(operations);
    List<String> faults = new ArrayList<>();
    for (int cut : cuts(operations)) {
      faults.addAll(faultsAfterLoss(operations, cut));
    }
    int found = foundWithoutSyncs(operations);
    System.out.printf(
        "PowerLossIT images=%d operations=%d acknowledged=%d faults=%d"
            + " control: without syncs %d of %d images have faults%n",
        IMAGES, operations.size(), ledger.acknowledged().size(), faults.size(), found, CONTROLS);
    assertThat(faults).isEmpty();
    assertThat(found).as("faults found without syncs").isGreaterThan(CONTROLS / 2);
    aServerStartsOn(operations);
  }

  private static void assumeTracingIsPermitted() throws IOException, InterruptedException {
    new Tool("strace", "strace").assumeInstalled();
    Tool.Ended ended = Tool.run("strace", "-o", "/dev/null", "true");
    assumeTrue(ended.code() == 0, "tracing is not permitted here: " + ended.output().strip());
  }

  /** Twice, so that an orderly end and a start on what it left are on record, too. */
  private List<DiskOperation> record() throws Exception {
    List<DiskOperation> operations = new ArrayList<>();
    operations.addAll(record("first", this::shortReportsAndADocument));
    operations.addAll(record("second", this::longReports));
    return operations;
  }

  /** What clients do while the server is on record. */
  private interface Load {
    void on(ServerProcess server) throws Exception;
  }

  private List<DiskOperation> record(String name, Load load) throws Exception {
    Path output = directory.resolve(name + ".strace");
    try (ServerProcess server = ServerProcess.startUnder(DiskTrace.command(output), data)) {
      load.on(server);
      server.stop();
    }
    return DiskTrace.read(output, data);
  }

  private void shortReportsAndADocument(ServerProcess server) throws Exception {
    try (Writers writers = Writers.small(server, ledger, CLIENTS)) {
      HttpResponse<String> stored = server.upload(PDF);
      documentAtMicros = Ledger.micros(Instant.now());
      document = new ObjectMapper().readTree(stored.body()).get("id").asText();
      await().atMost(LONG).until(() -> writers.acknowledged() >= SHORT_REPORTS);
      writers.stop();
    }
  }

  private void longReports(ServerProcess server) throws Exception {
    try (Writers writers = Writers.large(server, ledger, CLIENTS)) {
      await().atMost(LONG).until(() -> writers.acknowledged() >= LONG_REPORTS);
      writers.stop();
    }
  }

  /** Else a file may be changed in a way that the record does not show. */
  private void assertTheRecordIsWhole(List<DiskOperation> operations) throws IOException {
    Map<Path, byte[]> files = CrashedDisk.before(operations.size(), operations, data).whole();
    try (Stream<Path> there = Files.walk(data)) {
      assertThat(there.filter(Files::isRegularFile).collect(Collectors.toSet()))
          .isEqualTo(files.keySet());
    }
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      assertThat(Arrays.equals(file.getValue(), Files.readAllBytes(file.getKey())))
          .as("the record of %s", file.getKey())
          .isTrue();
    }
  }

  /** Half of the moments are anywhere, half beside calls about another file than the busiest. */
  private List<Integer> cuts(List<DiskOperation> operations) {
    Path busiest = busiest(operations);
    int[] rare =
        IntStream.range(0, operations.size())
            .filter(i -> !operations.get(i).file().equals(busiest))
            .toArray();
    List<Integer> cuts = new ArrayList<>();
    while (cuts.size() < IMAGES) {
      cuts.add(random.nextInt(operations.size()));
      cuts.add(rare[random.nextInt(rare.length)] + random.nextInt(2));
    }
    return cuts.subList(0, IMAGES);
  }

  private static Path busiest(List<DiskOperation> operations) {
    Map<Path, Long> calls =
        operations.stream()
            .collect(Collectors.groupingBy(DiskOperation::file, Collectors.counting()));
    return Collections.max(calls.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  private List<String> faultsAfterLoss(List<DiskOperation> operations, int cut) throws IOException {
    Path image = Files.createDirectory(directory.resolve("image"));
    CrashedDisk.before(cut, operations, data).writeTo(image, random);
    Survivors survivors = new Survivors(image);
    long at = CrashedDisk.moment(cut, operations);
    String fault =
        survivors.faultOfJournal(
            ledger.acknowledged().stream().filter(change -> change.atMicros() < at).toList());
    if (fault == null && documentAtMicros < at) {
      fault = survivors.faultOfDocument(document, Files.readAllBytes(PDF));
    }
    delete(image);
    return fault == null ? List.of() : List.of("before operation " + cut + ": " + fault);
  }

  /** The control: would this test see it, if nothing were ever synced? */
  private int foundWithoutSyncs(List<DiskOperation> operations) throws IOException {
    List<DiskOperation> unsynced = operations.stream().filter(o -> !(o instanceof Synced)).toList();
    int half = unsynced.size() / 2;
    int found = 0;
    for (int i = 0; i < CONTROLS; i++) {
      found += faultsAfterLoss(unsynced, half + random.nextInt(half)).size();
    }
    return found;
  }

  private void aServerStartsOn(List<DiskOperation> operations) throws Exception {
    Path image = Files.createDirectory(directory.resolve("image"));
    CrashedDisk.before(operations.size(), operations, data).writeTo(image, random);
    try (ServerProcess server = ServerProcess.start(image)) {
      ledger.assertAllIn(server);
      server.kill();
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
