package dev.holdfast.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The sources of the owner with a fault planted in them, compiled apart from the real ones. */
final class Mutant {
  private static final Path MAIN = Path.of("src/main/java/dev/holdfast/session");
  private static final Path TEST = Path.of("src/test/java/dev/holdfast/session");
  private final Map<String, String> sources = new LinkedHashMap<>();

  Mutant() {
    read(MAIN, "");
    read(TEST, "Sim");
    sources.put("Laws.java", text(TEST.resolve("Laws.java")));
    sources.remove("SimulationTest.java");
    sources.remove("package-info.java");
  }

  private void read(Path directory, String prefix) {
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .forEach(file -> sources.put(file.getFileName().toString(), text(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts one text in place of another, which must stand there exactly once. */
  Mutant replace(String file, String find, String put) {
    String source = sources.get(file);
    int at = source.indexOf(find);
    if (at < 0 || source.indexOf(find, at + 1) >= 0) {
      throw new AssertionError(file + " does not hold exactly once: " + find);
    }
    sources.put(file, source.replace(find, put));
    return this;
  }

  /**
   * The first of so many seeds whose simulation breaks a law, with the law; null when none does.
   */
  String firstBroken(Path directory, int seeds, int steps) throws Exception {
    compile(directory);
    try (Loader loader = new Loader(directory.resolve("classes").toUri().toURL())) {
      Class<?> simulation = loader.loadClass("dev.holdfast.session.Simulation");
      Method run = simulation.getDeclaredMethod("run", long.class, int.class);
      run.setAccessible(true);
      for (long seed = 0; seed < seeds; seed++) {
        try {
          run.invoke(null, seed, steps);
        } catch (InvocationTargetException e) {
          return "seed " + seed + ": " + e.getCause();
        }
      }
      return null;
    }
  }

  private void compile(Path directory) throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      files.add(Files.writeString(directory.resolve(source.getKey()), source.getValue()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("--release", "17", "-proc:none", "-d", classes.toString());
      boolean compiled =
          compiler
              .getTask(
                  null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!compiled) {
        throw new AssertionError("the mutant does not compile");
      }
    }
  }

  /** Finds the mutant's classes before the real ones of the same name. */
  private static final class Loader extends URLClassLoader {
    Loader(URL classes) throws MalformedURLException {
      super(new URL[] {classes}, Mutant.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (name.startsWith("dev.holdfast.session.") && findLoadedClass(name) == null) {
          return findClass(name);
        }
        return super.loadClass(name, resolve);
      }
    }
  }
}
