package dev.holdfast.cli;

import dev.holdfast.verify.CannotCheck;
import dev.holdfast.verify.Outcome;
import dev.holdfast.verify.Plan;
import dev.holdfast.verify.Report;
import dev.holdfast.verify.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at a server from outside and says what does not fit together. */
@Command(
    name = "verify",
    description = {
      "Changes and reads the sessions of a server with many clients and says what does not fit"
          + " together. Exit code 0: no violation; 1: a violation; 2: it could not be checked."
    },
    mixinStandardHelpOptions = true)
public final class Verify implements Callable<Integer> {
  private static final int CANNOT_CHECK = 2;
  private static final int SESSIONS = 1_000;
  private static final long LINE_EVERY_SECONDS = 10;

  @Parameters(
      arity = "1..*",
      paramLabel = "URL",
      description = "The server; several are nodes of one.")
  private List<String> urls;

  @Option(
      names = "--as",
      defaultValue = "holdfast",
      paramLabel = "SHAPE",
      description = "holdfast (default), flask, or a file that describes the server.")
  private String as;

  @Option(names = "--writers", defaultValue = "4", description = "Default ${DEFAULT-VALUE}.")
  private int writers;

  @Option(names = "--readers", defaultValue = "8", description = "Default ${DEFAULT-VALUE}.")
  private int readers;

  @Option(names = "--seconds", defaultValue = "60", description = "Default ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "Sessions to know before it begins, by default 1000; 20 for the incident.")
  private Integer sessions;

  @Option(names = "--seed", paramLabel = "K", description = "Makes the same choices again.")
  private Long seed;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "incident: start A and stop it, start B, refresh rapidly, view each.")
  private String scenario;

  @Option(
      names = "--header",
      paramLabel = "LINE",
      description = "Sent with every request, as in 'Authorization: Bearer …'.")
  private List<String> headers = new ArrayList<>();

  @Option(names = "--fail-fast", description = "Ends at the first violation.")
  private boolean failFast;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the report there, too.")
  private Path json;

  @Spec private CommandSpec spec;
  private long lastLine;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Plan plan = plan();
      checkFile();
      out.printf("verify %s as %s, seed %d%n%n", plan.urls(), plan.as(), plan.seed());
      out.flush();
      Outcome outcome = Verification.run(plan, this::progress);
      if (System.console() != null) {
        err.println();
      }
      out.print(Report.text(outcome));
      out.flush();
      if (json != null) {
        Report.write(outcome, json);
      }
      return outcome.exitCode();
    } catch (CannotCheck | IOException e) {
      err.println("holdfast verify: " + e.getMessage());
      return CANNOT_CHECK;
    }
  }

  private Plan plan() {
    if (scenario != null && !scenario.equals("incident")) {
      throw new CannotCheck("--scenario can only be incident");
    }
    boolean incident = scenario != null;
    return new Plan(
        Plan.urls(urls),
        as,
        sessions != null ? sessions : incident ? 20 : SESSIONS,
        writers,
        readers,
        seconds,
        seed != null ? seed : System.currentTimeMillis() % 1_000_000,
        incident,
        failFast,
        Plan.headers(headers));
  }

  /** A report that cannot be written should not be known only after the run. */
  private void checkFile() throws IOException {
    Path directory = json == null ? null : json.toAbsolutePath().getParent();
    if (directory != null && (!Files.isDirectory(directory) || Files.isDirectory(json))) {
      throw new IOException("--json " + json + " cannot be written");
    }
  }

  /** One line that changes on a terminal, else one now and then. */
  private void progress(String phase, long at, long operations, int known, long violations) {
    PrintWriter err = spec.commandLine().getErr();
    String line =
        String.format(
            Locale.ROOT,
            "%4d s  %s: %,d operations, %,d sessions, %,d violations",
            at,
            phase,
            operations,
            known,
            violations);
    if (System.console() != null) {
      err.print("\r" + line + "   ");
      err.flush();
    } else if (at - lastLine >= LINE_EVERY_SECONDS) {
      lastLine = at;
      err.println(line);
    }
  }
}
