package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** Every archive of the class path whose name begins so, also those that nobody names. */
  @Test
  void theWholeResolvedTreeIsAtOrAboveTheFloor() {
    Map<String, String> floors =
        Map.of(
            "netty-(?!tcnative)", "4.2.18",
            "vertx-", "5.0.7",
            "jackson-(core|databind|datatype)", "2.21.7",
            "logback-", "1.5.38",
            "(pdfbox|fontbox|xmpbox)", "3.0.8",
            "lucene-", "9.12.3",
            "flyway-", "12.4.0",
            "postgresql-", "42.7.14",
            "sqlite-jdbc-", "3.53.4",
            "micrometer-", "1.15.7");
    Pattern archive = Pattern.compile("(?<name>.+?)-(?<version>\\d[^-]*)(-.*)?\\.jar");
    Map<String, Integer> seen = new TreeMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Matcher jar = archive.matcher(Path.of(entry).getFileName().toString());
      if (jar.matches()) {
        floors.forEach(
            (prefix, floor) -> {
              if (Pattern.compile(prefix).matcher(jar.group("name") + "-").lookingAt()) {
                seen.merge(prefix, 1, Integer::sum);
                assertAtLeast(jar.group("name"), jar.group("version"), floor);
              }
            });
      }
    }
    assertThat(seen.keySet()).isEqualTo(new TreeMap<>(floors).keySet());
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
