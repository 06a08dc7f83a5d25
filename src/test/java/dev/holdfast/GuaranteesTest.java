package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/GUARANTEES.md names what shows each guarantee; all of that is there. */
class GuaranteesTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:#(\\w+))?`");
  private static final Pattern SCRIPT = Pattern.compile("`(bin/[a-z]+)`");
  private static final Pattern GUARANTEE =
      Pattern.compile("^\\| (G\\d+) \\| .+ \\| .+ \\| .+ \\|$");

  private static final Pattern PAIN = Pattern.compile("^\\| P(\\d+) \\| [^|]+ \\| [^|]+ \\|$");

  private static String text() throws IOException {
    return Files.readString(Path.of("docs/GUARANTEES.md"));
  }

  @Test
  void eachOfTheFourteenHasItsLineAndATest() throws IOException {
    List<String> named = new ArrayList<>();
    for (String line : text().lines().toList()) {
      Matcher guarantee = GUARANTEE.matcher(line);
      if (guarantee.matches()) {
        named.add(guarantee.group(1));
        assertThat(TEST.matcher(line).find()).as(line).isTrue();
      }
    }
    assertThat(named)
        .containsExactlyElementsOf(
            Stream.iterate(1, number -> number + 1).limit(14).map(number -> "G" + number).toList());
  }

  @Test
  void everyTestAndScriptThatIsNamedIsThere() throws IOException {
    Map<String, Class<?>> tests = tests();
    Matcher test = TEST.matcher(text());
    while (test.find()) {
      assertThat(tests).containsKey(test.group(1));
      if (test.group(2) != null) {
        assertThat(methods(tests.get(test.group(1)))).as(test.group(1)).contains(test.group(2));
      }
    }
    Matcher script = SCRIPT.matcher(text());
    while (script.find()) {
      assertThat(Path.of(script.group(1))).isExecutable();
    }
  }

  @Test
  void eachOfTheTwentyFivePainsHasItsLineAndATestOfThePageThatNamesIt() throws IOException {
    List<Integer> named = new ArrayList<>();
    for (String line : text().lines().toList()) {
      Matcher pain = PAIN.matcher(line);
      if (pain.matches()) {
        named.add(Integer.valueOf(pain.group(1)));
        assertThat(painsOfTestsIn(line)).as(line).contains(pain.group(1));
      }
    }
    assertThat(named)
        .containsExactlyElementsOf(Stream.iterate(1, number -> number + 1).limit(25).toList());
  }

  /** The numbers in the Javadoc of each test of the page that the line names. */
  private static List<String> painsOfTestsIn(String line) throws IOException {
    List<String> pains = new ArrayList<>();
    Matcher test = TEST.matcher(line);
    while (test.find()) {
      Path source = Path.of("src/test/java/dev/holdfast/page", test.group(1) + ".java");
      if (Files.exists(source)) {
        Matcher javadoc =
            Pattern.compile(
                    "/\\*\\* Pains? ((?:\\d+, )*\\d+)[^*]*\\*/\\s+@Test\\s+void " + test.group(2))
                .matcher(Files.readString(source));
        if (javadoc.find()) {
          pains.addAll(List.of(javadoc.group(1).split(", ")));
        }
      }
    }
    return pains;
  }

  private static List<String> methods(Class<?> test) {
    List<String> names = new ArrayList<>();
    for (Class<?> each = test; each != null; each = each.getSuperclass()) {
      Stream.of(each.getDeclaredMethods()).forEach(method -> names.add(method.getName()));
    }
    return names;
  }

  private static Map<String, Class<?>> tests() throws IOException {
    Map<String, Class<?>> tests = new TreeMap<>();
    Path sources = Path.of("src/test/java");
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.toList()) {
        Matcher name = Pattern.compile("(.*(?:Test|IT))\\.java").matcher(file.toString());
        if (name.matches()) {
          String className = sources.relativize(Path.of(name.group(1))).toString();
          tests.put(file.getFileName().toString().replace(".java", ""), load(className));
        }
      }
    }
    return tests;
  }

  private static Class<?> load(String path) {
    try {
      return Class.forName(path.replace('/', '.'), false, GuaranteesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
