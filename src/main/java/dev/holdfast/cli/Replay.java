package dev.holdfast.cli;

import dev.holdfast.store.Store;
import dev.holdfast.store.StoreUnusable;
import dev.holdfast.store.Verification;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds the journal up from its first event. */
@Command(
    name = "replay",
    description = "Adds the journal up from its first event and says what it comes to.",
    mixinStandardHelpOptions = true)
final class Replay implements Callable<Integer> {
  static final int DIFFERENT = 1;

  @Mixin private StoreOptions options;

  @Option(
      names = "--verify",
      description = "Compares every table of the store with it; exits with 1 when one differs.")
  private boolean verify;

  @Override
  public Integer call() {
    try {
      Settings settings = options.settings();
      return report(Verification.of(settings.store().url(), settings.dataDirectory()));
    } catch (IllegalArgumentException e) {
      System.err.println("holdfast: " + e.getMessage());
      return Serve.USAGE;
    } catch (IOException | SQLException | StoreUnusable | Store.Unavailable e) {
      System.err.println("holdfast: " + e.getMessage());
      return Serve.exitCode(e);
    }
  }

  private int report(Verification.Report report) {
    System.out.println("journal up to revision " + report.revision());
    for (Verification.Table table : report.tables()) {
      boolean same = table.journalSha256().equals(table.storeSha256());
      String verdict = !verify ? "" : same ? "  same" : "  DIFFERENT";
      System.out.printf(
          "%-16s %9d lines  %s%s%n",
          table.name(), table.lines(), table.journalSha256().substring(0, 16), verdict);
    }
    if (verify && report.firstDifference() != null) {
      System.out.println("first difference: " + report.firstDifference());
      return DIFFERENT;
    }
    return 0;
  }
}
