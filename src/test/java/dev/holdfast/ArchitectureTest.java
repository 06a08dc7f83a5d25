package dev.holdfast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The table of packages in docs/ARCHITECTURE.md. Each rule is also shown to be able to fail. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.holdfast");

  private static final String BASE = "dev.holdfast.";
  private static final List<String> JAVA = List.of("java.lang..", "java.util..", "java.time..");
  private static final List<String> IO = List.of("java.io..", "java.nio..", "java.net..");
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String LOG = "org.slf4j..";
  private static final String METERS = "io.micrometer.core.instrument..";

  private static Map<String, List<String>> mayUse() {
    Map<String, List<String>> table = new TreeMap<>();
    table.put("session", List.of());
    table.put("bus", of("java.io..", ours("session"), "io.vertx.core..", JACKSON));
    table.put(
        "store",
        of(
            IO,
            ours("session"),
            "java.sql..",
            "java.security..",
            "org.sqlite..",
            "org.postgresql..",
            "org.flywaydb..",
            LOG,
            JACKSON,
            "io.vertx.core.."));
    table.put(
        "owner", of(ours("session"), ours("bus"), ours("store"), "io.vertx.core..", LOG, METERS));
    table.put(
        "analysis",
        of(
            IO,
            ours("session"),
            ours("bus"),
            ours("store"),
            "io.vertx.core..",
            LOG,
            "org.apache.pdfbox..",
            "org.apache.lucene..",
            "org.apache.fontbox..",
            "org.apache.commons.logging..",
            "java.text..",
            JACKSON,
            METERS,
            "java.awt..",
            "java.security.."));
    table.put(
        "http",
        of(
            IO,
            ours("session"),
            ours("bus"),
            ours("store"),
            "io.vertx..",
            "io.netty..",
            LOG,
            METERS,
            JACKSON,
            "java.text..",
            "org.bouncycastle.crypto..",
            "org.dhatim.fastexcel..",
            "java.security.."));
    table.put("verify", of(IO, JACKSON));
    return table;
  }

  private static String ours(String name) {
    return BASE + name + "..";
  }

  private static List<String> of(Object... parts) {
    List<String> packages = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof List<?> several) {
        several.forEach(one -> packages.add((String) one));
      } else {
        packages.add((String) part);
      }
    }
    return packages;
  }

  private static ArchRule usesOnly(String name, List<String> others) {
    List<String> allowed = new ArrayList<>(JAVA);
    allowed.add(ours(name));
    allowed.addAll(others);
    return classes()
        .that()
        .resideInAPackage(ours(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new));
  }

  @Test
  void everyPackageUsesWhatTheTableAllowsAndNothingElse() {
    mayUse().forEach((name, others) -> usesOnly(name, others).check(CLASSES));
  }

  /** The clock of the computer may be set back; what waits for a time on it waits too long then. */
  @Test
  void thePaceOfStreamsIsNotThatOfTheClockOnTheWall() {
    noClasses()
        .that()
        .resideInAPackage(ours("http.live"))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  @Test
  void theRulesOfTheTableCanFail() {
    mayUse()
        .forEach(
            (name, others) -> {
              for (String other : others) {
                if (other.startsWith(BASE)) {
                  List<String> fewer = new ArrayList<>(others);
                  fewer.remove(other);
                  assertThat(usesOnly(name, fewer).evaluate(CLASSES).hasViolation())
                      .as("%s without %s", name, other)
                      .isTrue();
                }
              }
            });
  }

  @Test
  void verifyLooksFromOutsideWithNothingButJsonAndHttp() {
    for (String used : IO) {
      List<String> fewer = new ArrayList<>(mayUse().get("verify"));
      fewer.remove(used);
      assertThat(usesOnly("verify", fewer).evaluate(CLASSES).hasViolation()).as(used).isTrue();
    }
  }

  @Test
  void onlyTheStoreKnowsSql() {
    ArchRule rule = outside("store", "java.sql..");
    rule.check(CLASSES);
    assertThat(outside("bus", "java.sql..").evaluate(CLASSES).hasViolation()).isTrue();
  }

  private static ArchRule outside(String name, String used) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(ours(name), ours("cli"), "dev.holdfast")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(used);
  }

  @Test
  void onlyTheCommandLineKnowsTheOwner() {
    outside("owner", ours("owner")).check(CLASSES);
    assertThat(outside("bus", ours("owner")).evaluate(CLASSES).hasViolation()).isTrue();
  }

  @Test
  void timeAndIdsArriveAsValues() {
    noClockIn("session").check(CLASSES);
    assertThat(noClockIn("bus").evaluate(CLASSES).hasViolation()).isTrue();
  }

  private static ArchRule noClockIn(String name) {
    return noClasses()
        .that()
        .resideInAPackage(ours(name))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class);
  }
}
