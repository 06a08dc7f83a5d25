package dev.holdfast.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a quiet server holds.
 *
 * @param heap bytes in use after a collection
 * @param disk bytes of its data directory
 */
record Footprint(long heap, long descriptors, long threads, long disk) {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
  private static final int TRIES = 60;
  private static final int SAME = 3;

  /** Waits until connections that were left are given up, and then looks. */
  static Footprint of(long pid, Path data) throws IOException, InterruptedException {
    long descriptors = settledDescriptors(pid);
    jcmd(pid, "GC.run");
    long heap = used(jcmd(pid, "GC.heap_info"));
    for (int i = 0; i < SAME; i++) {
      jcmd(pid, "GC.run");
      heap = Math.min(heap, used(jcmd(pid, "GC.heap_info")));
    }
    return new Footprint(heap, descriptors, threads(pid), bytes(data));
  }

  /** The number of open files once it is the same for some seconds. */
  private static long settledDescriptors(long pid) throws IOException, InterruptedException {
    long last = -1;
    int same = 0;
    for (int i = 0; i < TRIES && same < SAME; i++) {
      long now = descriptors(pid);
      same = now == last ? same + 1 : 0;
      last = now;
      TimeUnit.SECONDS.sleep(1);
    }
    return last;
  }

  private static long descriptors(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.count();
    }
  }

  private static long threads(long pid) throws IOException {
    return number(THREADS, Files.readString(Path.of("/proc", Long.toString(pid), "status")));
  }

  private static long used(String heapInfo) {
    return 1_024 * number(USED, heapInfo);
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return Long.parseLong(matcher.group(1));
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(List.of(jcmd, Long.toString(pid), command))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private static long bytes(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
