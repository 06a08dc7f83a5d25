package dev.holdfast.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks; {@code bin/bench} without a name lists them. */
@Command(
    name = "bench",
    description = "Measures Holdfast against a floor, in turns, in one run.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ReadsBench.class,
      ReportsBench.class,
      StreamsBench.class,
      HeapBench.class,
      RetainedBench.class,
      SweepBench.class,
      BytesBench.class,
      PagesBench.class,
      PageBench.class,
      StartBench.class
    })
public final class Bench {
  private Bench() {}

  @Command(name = "all", description = "Runs every one of them, one after the other.")
  int all() throws Exception {
    int worst = 0;
    for (Callable<Integer> each : new Runs().all()) {
      worst = Math.max(worst, each.call());
    }
    return worst;
  }

  /** The benchmarks with their default options, in the order of the list. */
  private static final class Runs {
    java.util.List<Callable<Integer>> all() {
      return java.util.List.of(
          new ReadsBench(),
          new ReportsBench(),
          new StreamsBench(),
          new HeapBench(),
          new RetainedBench(),
          new SweepBench(),
          new BytesBench(),
          new PagesBench(),
          new PageBench(),
          new StartBench());
    }
  }

  /** Exits with 0 when every target is met, 1 when one is missed, 2 for wrong usage. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Bench());
    if (args.length == 0) {
      line.usage(System.out);
      System.exit(0);
    }
    System.exit(line.execute(args));
  }
}
