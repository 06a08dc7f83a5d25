package dev.holdfast.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of Holdfast. */
@Command(
    name = "holdfast",
    description = "Runs long document analyses and owns their sessions.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      Serve.class,
      Doctor.class,
      Replay.class,
      BackupCommand.class,
      Restore.class,
      Users.class,
      Keys.class,
      Bench.class,
      Verify.class
    })
public final class Main {
  private Main() {}

  /** The version of the jar; {@code dev} from a clone. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"holdfast " + (version == null ? "dev" : version)};
    }
  }

  /** Runs a command and exits with its code; {@code serve} stays until it is told to end. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(out);
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
