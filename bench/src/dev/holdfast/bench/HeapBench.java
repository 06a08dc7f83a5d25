package dev.holdfast.bench;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Memory. */
@Command(
    name = "heap",
    description =
        "Heap for each of 100,000 ended sessions, as their events leave them and as a start reads"
            + " them, and how long that start reads.")
final class HeapBench implements Callable<Integer> {
  private static final int BYTES_MAX = 600;

  @Option(names = "--sessions", description = "How many (default ${DEFAULT-VALUE}).")
  private int sessions = 100_000;

  @Override
  public Integer call() throws Exception {
    Report report = new Report(String.format("heap: %,d ended sessions", sessions));
    try (Workspace workspace = Workspace.create();
        Child child =
            Child.java(
                workspace.log(),
                List.of("-Xms2g", "-Xmx2g"),
                HeapProbe.class,
                workspace.file("data").toString(),
                Integer.toString(sessions))) {
      double lived = Double.parseDouble(child.awaitLine("lived "));
      double loaded = Double.parseDouble(child.awaitLine("loaded "));
      double seconds = Double.parseDouble(child.awaitLine("seconds "));
      Target target = Target.atMost(BYTES_MAX);
      report.add(Figure.alone("after their events", "bytes/session", target, lived));
      report.add(Figure.alone("after a start", "bytes/session", target, loaded));
      report.add(Figure.alone("reading them at a start", "s", Target.NONE, seconds));
      report.note("UUIDs, titles of 47 characters, 40 documents, no labels, no rows in memory.");
      report.note("Used heap after full collections, less that of the empty owner.");
    }
    return report.print(System.out);
  }
}
