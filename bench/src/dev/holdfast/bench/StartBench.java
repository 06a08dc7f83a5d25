package dev.holdfast.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starting. */
@Command(
    name = "start",
    description =
        "Process start to the first 200 of the jar, against a hello-world Vert.x program.")
final class StartBench implements Callable<Integer> {
  private static final Path JAR = Path.of("target", "holdfast.jar");
  private static final List<String> NONE = List.of();
  private static final List<String> C1 = List.of("-XX:TieredStopAtLevel=1");

  @Option(names = "--rounds", description = "Rounds of each (default ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(names = "--java", description = "The Java to start (default: this one).")
  private Path java = Path.of(System.getProperty("java.home"), "bin", "java");

  private Workspace workspace;
  private Path data;
  private Path floorJar;

  @Override
  public Integer call() throws Exception {
    Report report = new Report("start: seconds to the first 200");
    try (Workspace files = Workspace.create()) {
      workspace = files;
      data = files.file("data");
      floorJar = Starts.jarOf(HelloServer.class, files.file("floor.jar"));
      ours(NONE, data);
      Target target = Target.atMost(1.5);
      report.add(compare("data there, no flags", target, NONE, NONE, data));
      report.add(compare("no data yet, no flags", Target.NONE, NONE, NONE, null));
      report.add(compare("data there, C1 only", Target.NONE, C1, C1, data));
      Path archive = files.file("ours.jsa");
      Path bare = files.file("floor.jsa");
      Starts.archive(files, archive, flags -> holdfast(flags, data), "/health/ready");
      Starts.archive(files, bare, this::hello, "/");
      List<String> archived = List.of("-XX:SharedArchiveFile=" + archive);
      List<String> bareArchived = List.of("-XX:SharedArchiveFile=" + bare);
      report.add(compare("data there, class archive", Target.NONE, archived, bareArchived, data));
      report.note("Ours: GET /health/ready; floor: HelloServer on the class path of the same jar.");
      report.note("Both with the same flags; each class archive holds the classes of its program.");
    }
    return report.print(System.out);
  }

  /**
   * @param existing a data directory; null takes a new one each time
   */
  private Figure compare(
      String what, Target target, List<String> flags, List<String> floorFlags, Path existing)
      throws Exception {
    return Rounds.alternate(
        what,
        "s",
        target,
        rounds,
        () -> ours(flags, existing),
        () -> Starts.secondsToAnswer(workspace, hello(floorFlags), "/"));
  }

  private double ours(List<String> flags, Path existing) throws Exception {
    Path used = existing == null ? workspace.file("new-" + System.nanoTime()) : existing;
    return Starts.secondsToAnswer(workspace, holdfast(flags, used), "/health/ready");
  }

  private List<String> holdfast(List<String> flags, Path directory) {
    List<String> line = program(flags);
    line.addAll(List.of("-jar", JAR.toString(), "serve", "--data", directory.toString()));
    line.addAll(List.of("--port", Starts.PORT));
    return line;
  }

  private List<String> hello(List<String> flags) {
    List<String> line = program(flags);
    line.addAll(List.of("-cp", floorJar + ":" + JAR, HelloServer.class.getName(), Starts.PORT));
    return line;
  }

  private List<String> program(List<String> flags) {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    line.addAll(flags);
    return line;
  }
}
