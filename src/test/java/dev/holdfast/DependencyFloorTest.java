package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Versions below these have known holes, or do not work together. */
class DependencyFloorTest {

  private static void assertAtLeast(String name, String version, String floor) {
    assertThat(Arrays.compare(numbers(version), numbers(floor)))
        .as("%s is %s, at least %s is needed", name, version, floor)
        .isGreaterThanOrEqualTo(0);
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("[.-]"))
        .filter(part -> part.matches("\\d+"))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  @Test
  void theResolvedLibrariesAreAtOrAboveTheFloor() throws Exception {
    io.netty.util.Version.identify()
        .forEach((name, version) -> assertAtLeast(name, version.artifactVersion(), "4.2.18"));
    assertAtLeast("pdfbox", org.apache.pdfbox.util.Version.getVersion(), "3.0.8");
    assertAtLeast(
        "jackson", com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION.toString(), "2.21.7");
    assertAtLeast("sqlite-jdbc", org.sqlite.SQLiteJDBCLoader.getVersion(), "3.53.4");
    assertAtLeast("lucene", org.apache.lucene.util.Version.LATEST.toString(), "9.12.3");
  }

  @Test
  void anOlderVersionWouldBeNoticed() {
    assertThat(Arrays.compare(numbers("4.2.9.Final"), numbers("4.2.18"))).isNegative();
  }
}
