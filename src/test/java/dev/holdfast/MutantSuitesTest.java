package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The suites around the owner bite: a fault is planted in one source of theirs, and a test of
 * theirs must fail. {@code MutantTest} does the same to the rules.
 */
class MutantSuitesTest {
  private static final Path MAIN = Path.of("src/main/java/dev/holdfast");
  @TempDir private Path directory;

  private void assertCaught(String suite, String test, String file, String find, String put)
      throws Exception {
    assertThat(failures(suite, test)).as("on the real sources").isEmpty();
    plant(MAIN.resolve(file), find, put);
    assertThat(failures(suite, test)).as("with the fault").isNotEmpty();
  }

  @Test
  void aRequestOfTheOwnerThatIsNotAnsweredIsCaught() throws Exception {
    assertCaught(
        "owner.BrokenRequestTest",
        "aRequestThatBreaksTheOwnerIsAnsweredAndTheNextOneToo",
        "owner/OwnerVerticle.java",
        "message.reply(\n          new Reply.Refused<>(0, Refusal.INTERNAL",
        "List.of(\n          new Reply.Refused<>(0, Refusal.INTERNAL");
  }

  @Test
  void aRowThatIsNotWrittenIsCaught() throws Exception {
    assertCaught(
        "store.SqliteStoreTest",
        null,
        "store/Projection.java",
        "rows.values().forEach(row -> lines.add",
        "rows.values().stream().skip(1).forEach(row -> lines.add");
  }

  @Test
  void aLineOfASessionThatIsNotUpdatedIsCaught() throws Exception {
    assertCaught(
        "store.SqliteStoreTest",
        null,
        "store/Projection.java",
        "sessions.put(after.id(), line);",
        "if (after.endedAt() == null) sessions.put(after.id(), line);");
  }

  @Test
  void aFrameWithTheWrongPreviousIsCaught() throws Exception {
    assertCaught(
        "http.live.StreamTest",
        "aReaderResumesWhereItWas",
        "http/live/Frames.java",
        "new FrameEvent(step.revision(), previous, step.counts())",
        "new FrameEvent(step.revision(), step.revision() - 1, step.counts())");
  }

  @Test
  void aFrameThatSkipsAStepIsCaught() throws Exception {
    assertCaught(
        "http.live.StreamResumeTest",
        "aReaderThatIsCutManyTimesHoldsWhatGetShows",
        "http/live/LiveHub.java",
        "frames.frame(stream.position(), ChangeSet.merge(steps),",
        "frames.frame(stream.position(), steps.get(steps.size() - 1),");
  }

  /** Compiles the source with one text in place of another, which must stand there once. */
  private void plant(Path file, String find, String put) throws Exception {
    String source = Files.readString(file);
    assertThat(source.split(Pattern.quote(find), -1)).as(find).hasSize(2);
    Path mutant = directory.resolve(file.getFileName());
    Files.writeString(mutant, source.replace(find, put));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-classpath",
              System.getProperty("java.class.path"),
              "-d",
              directory.toString());
      boolean compiled =
          compiler
              .getTask(null, manager, null, options, null, manager.getJavaFileObjects(mutant))
              .call();
      assertThat(compiled).as("the mutant compiles").isTrue();
    }
  }

  /** Which tests fail, and how, when the planted classes stand before the real ones. */
  private List<String> failures(String suite, String test) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (Loader loader = new Loader(directory)) {
      thread.setContextClassLoader(loader);
      Class<?> loaded = loader.loadClass("dev.holdfast." + suite);
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(test == null ? selectClass(loaded) : selectMethod(loaded, test))
              .build();
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      Launcher launcher = LauncherFactory.create();
      launcher.execute(request, listener);
      TestExecutionSummary summary = listener.getSummary();
      assertThat(summary.getTestsStartedCount()).as(suite).isPositive();
      return summary.getFailures().stream()
          .map(failed -> failed.getTestIdentifier().getDisplayName() + ": " + failed.getException())
          .toList();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Loads all of our own classes anew, planted ones first. */
  private static final class Loader extends URLClassLoader {
    Loader(Path planted) throws MalformedURLException {
      super(
          new URL[] {
            planted.toUri().toURL(),
            Path.of("target/classes").toUri().toURL(),
            Path.of("target/test-classes").toUri().toURL()
          },
          MutantSuitesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (name.startsWith("dev.holdfast.") && findLoadedClass(name) == null) {
          return findClass(name);
        }
        return super.loadClass(name, resolve);
      }
    }
  }
}
