package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
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
    assertAtLeast(
        "postgresql",
        org.postgresql.Driver.class.getPackage().getImplementationVersion(),
        "42.7.14");
    assertAtLeast("flyway-core", flyway("flyway-core"), "12.4.0");
  }

  @Test
  void flywayAndItsPartForPostgresqlAreOfOneVersion() throws Exception {
    assertThat(flyway("flyway-database-postgresql")).isEqualTo(flyway("flyway-core"));
  }

  /** The version that the archive of that artifact says of itself. */
  private static String flyway(String artifact) throws IOException {
    String name = "/META-INF/maven/org.flywaydb/" + artifact + "/pom.properties";
    try (InputStream file = DependencyFloorTest.class.getResourceAsStream(name)) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    }
  }

  @Test
  void anOlderVersionWouldBeNoticed() {
    assertThat(Arrays.compare(numbers("4.2.9.Final"), numbers("4.2.18"))).isNegative();
  }
}
