package dev.holdfast.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * As many requests as some connections carry, each waiting for its answer; by {@code wrk} where it
 * is installed, else by a slower client of our own.
 *
 * @param paths taken in turns
 * @param bodies posted in turns; none for GET
 */
record Load(int port, int connections, List<String> paths, List<String> bodies) {
  static final int CONNECTIONS = 64;
  private static final Pattern PER_SECOND = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern FAULTS = Pattern.compile("(Non-2xx|Socket errors).*");

  static Load get(int port, String path) {
    return new Load(port, CONNECTIONS, List.of(path), List.of());
  }

  static boolean hasWrk() {
    String path = String.valueOf(System.getenv("PATH"));
    return List.of(path.split(File.pathSeparator)).stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "wrk")));
  }

  /** Requests a second over that time; any answer but 2xx fails the measurement. */
  double run(Workspace workspace, int seconds) throws IOException, InterruptedException {
    return hasWrk() ? runWrk(workspace, seconds) : runOwn(workspace, seconds);
  }

  private double runWrk(Workspace workspace, int seconds) throws IOException, InterruptedException {
    Path script = Files.writeString(workspace.file("load.lua"), lua());
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "-s",
                script.toString(),
                "http://127.0.0.1:" + port + "/")
            .redirectErrorStream(true)
            .start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    wrk.waitFor();
    Matcher faults = FAULTS.matcher(said);
    Matcher perSecond = PER_SECOND.matcher(said);
    if (faults.find() || !perSecond.find()) {
      throw new IOException("wrk: " + said);
    }
    return Double.parseDouble(perSecond.group(1));
  }

  private String lua() {
    return "local paths = "
        + lua(paths)
        + "\nlocal bodies = "
        + lua(bodies)
        + """

        local n = 0
        if #bodies > 0 then
          wrk.method = "POST"
          wrk.headers["Content-Type"] = "application/json"
          wrk.headers["X-Holdfast"] = "1"
        end
        request = function()
          n = n + 1
          return wrk.format(nil, paths[n % #paths + 1], nil, bodies[n % math.max(1, #bodies) + 1])
        end
        """;
  }

  private static String lua(List<String> texts) {
    return texts.stream()
        .map(text -> "[==[" + text + "]==]")
        .collect(Collectors.joining(",\n", "{", "}"));
  }

  private double runOwn(Workspace workspace, int seconds) throws IOException {
    Path plan = Files.writeString(workspace.file("load.txt"), String.join("\n", paths));
    Path posts = Files.writeString(workspace.file("posts.txt"), String.join("\n", bodies));
    try (Child child =
        Child.java(
            workspace.log(),
            List.of(),
            LoadClient.class,
            Integer.toString(port),
            Integer.toString(seconds),
            Integer.toString(connections),
            plan.toString(),
            posts.toString())) {
      return Double.parseDouble(child.awaitLine("per second "));
    }
  }
}
