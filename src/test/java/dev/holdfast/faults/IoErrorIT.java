package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.cli.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The disk answers EIO: nobody knows what it holds, so the process ends and says why. */
class IoErrorIT {
  private static final int DISK_FAILED = 74;
  private static final int EIO = 5;
  private static final int CLIENTS = 8;
  private static final int ENOUGH = 50;
  private static final int MORE_MAX = 100;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final List<Tool> TOOLS =
      List.of(new Tool("fiu-run", "fiu-utils"), new Tool("fiu-ctrl", "fiu-utils"));
  @TempDir private Path data;
  @TempDir private Path control;

  private final Random random = Seed.printed("IoErrorIT");
  private final Ledger ledger = new Ledger();

  @BeforeEach
  void assumeTheToolIsInstalled() {
    TOOLS.forEach(Tool::assumeInstalled);
  }

  /**
   * A sync that fails once would succeed when tried again, and the pages that it was for are lost
   * all the same: the kernel marks them clean.
   */
  @ParameterizedTest
  @ValueSource(strings = {"posix/io/sync/*", "posix/io/sync/*,onetime", "posix/io/rw/pwrite"})
  void aDiskThatFailsEndsTheProcessAndNothingToldOrShownIsLost(String fault) throws Exception {
    try (ServerProcess server = startUnderControl();
        Watchers watchers = new Watchers(server, ledger, random);
        Writers writers = Writers.small(server, ledger, CLIENTS)) {
      int enough = ENOUGH + random.nextInt(MORE_MAX);
      await().atMost(SOON).until(() -> writers.acknowledged() >= enough && watchers.frames() > 0);
      inject(server, fault);
      assertThat(server.awaitEnd()).as("exit code").isEqualTo(DISK_FAILED);
      assertThat(server.errors()).as("standard error").anyMatch(IoErrorIT::saysWhatFailed);
      writers.stop();
      watchers.stop();
    }
    try (ServerProcess healthy = ServerProcess.start(data)) {
      ledger.assertAllIn(healthy);
    }
  }

  private ServerProcess startUnderControl() throws IOException {
    return ServerProcess.startUnder(
        List.of("fiu-run", "-x", "-f", control.resolve("fiu").toString()), data);
  }

  private void inject(ServerProcess server, String fault) throws Exception {
    Tool.Ended ended =
        Tool.run(
            "fiu-ctrl",
            "-f",
            control.resolve("fiu").toString(),
            "-c",
            "enable name=" + fault + ",failinfo=" + EIO,
            Long.toString(server.handle().pid()));
    assertThat(ended.code()).as(ended.output()).isZero();
  }

  private static boolean saysWhatFailed(String line) {
    String text = line.toLowerCase(Locale.ROOT);
    return line.startsWith("holdfast: ") && (text.contains("journal") || text.contains("disk"));
  }
}
