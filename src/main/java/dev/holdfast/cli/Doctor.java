package dev.holdfast.cli;

import dev.holdfast.store.Store;
import dev.holdfast.store.StoreCheck;
import dev.holdfast.store.StoreUnusable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at everything that a start needs, changes nothing, and says what to mend. */
@Command(
    name = "doctor",
    description = "Says what would keep the server from running well, and what to do about it.",
    mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {
  private static final int ILL = 1;
  private static final long FREE_BYTES_MIN = 1L << 30;
  private static final int ANSWER_MILLIS = 3_000;

  @Mixin private StoreOptions options;

  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param fix what to do, or null when all is well
   */
  record Finding(String what, String said, String fix) {}

  private void well(String what, String said) {
    findings.add(new Finding(what, said, null));
  }

  private void ill(String what, String said, String fix) {
    findings.add(new Finding(what, said, fix));
  }

  @Override
  public Integer call() {
    Settings settings = configuration();
    if (settings != null) {
      disk(settings);
      Instant last = store(settings);
      clock(last);
      port("http.port", settings.http().host(), settings.http().port());
      if (settings.metrics().port() != null) {
        port("metrics.port", settings.metrics().host(), settings.metrics().port());
      }
      findings.addAll(new TlsFiles(settings.http().tls()).look(Instant.now()));
    }
    logs(System.getenv("HOLDFAST_LOG_FORMAT"));
    return report();
  }

  private int report() {
    for (Finding finding : findings) {
      boolean well = finding.fix() == null;
      System.out.printf("%-4s %-14s %s%n", well ? "ok" : "FIX", finding.what(), finding.said());
      if (!well) {
        System.out.printf("%-4s %-14s %s%n", "", "", finding.fix());
      }
    }
    long ill = findings.stream().filter(finding -> finding.fix() != null).count();
    System.out.println(ill == 0 ? "Nothing to mend." : ill + " to mend.");
    return ill == 0 ? 0 : ILL;
  }

  private Settings configuration() {
    try {
      Settings settings = options.settings();
      settings.toHttp();
      String token =
          settings.admin().token() == null ? "no token, loopback only" : "a token is set";
      well("configuration", token);
      return settings;
    } catch (IllegalArgumentException | IOException e) {
      ill("configuration", e.getMessage(), "docs/CONFIGURATION.md lists every key.");
      return null;
    }
  }

  private void disk(Settings settings) {
    Path directory = settings.dataDirectory().toAbsolutePath();
    Path there = directory;
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      ill(
          "disk",
          there + " cannot be written",
          "Give the user of the server the right to write there, or name another place.");
      return;
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      String said = directory + " has " + (free >> 20) + " MiB free";
      if (free < FREE_BYTES_MIN) {
        ill("disk", said, "Make room, or move data.directory to a larger disk.");
      } else {
        well("disk", said);
      }
    } catch (IOException e) {
      ill("disk", there + " does not say what is free: " + e.getMessage(), "Check the disk.");
    }
  }

  private Instant store(Settings settings) {
    String url = settings.store().url();
    if (!StoreCheck.isThere(url, settings.dataDirectory())) {
      well("store", "none yet; the first start makes it");
      return null;
    }
    try {
      StoreCheck check = StoreCheck.of(url, settings.dataDirectory());
      if (check.fault() == null) {
        well("store", "revision " + check.revision());
      } else {
        ill("store", check.fault(), "Restore a backup, and check the disk.");
      }
      return check.lastAt();
    } catch (StoreUnusable e) {
      ill("store", "cannot be used", e.getMessage());
    } catch (SQLException | Store.Unavailable e) {
      ill("store", "does not answer: " + e.getMessage(), "Check store.url and the database.");
    }
    return null;
  }

  /**
   * Times of the journal never go back, so a clock that did stands still until it has caught up.
   */
  private void clock(Instant last) {
    Instant now = Instant.now();
    if (last != null && last.isAfter(now.plusSeconds(2))) {
      ill("clock", now + " is before the last event at " + last, "Set the clock of this machine.");
    } else {
      well("clock", now.toString());
    }
  }

  private void port(String key, String host, int port) {
    String where = host + ":" + port;
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      well(key, where + " is free");
    } catch (IOException e) {
      if (answersHttp(host, port)) {
        well(key, where + " is taken by a server that answers HTTP; is it this one, running?");
      } else {
        ill(key, where + ": " + e.getMessage(), "Name another in " + key + ".");
      }
    }
  }

  private static boolean answersHttp(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      String request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] begin = socket.getInputStream().readNBytes(12);
      return new String(begin, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  private void logs(String format) {
    if (format == null || format.equals("text") || format.equals("json")) {
      well("logs", format == null ? "text" : format);
    } else {
      ill("logs", "HOLDFAST_LOG_FORMAT is " + format, "Set it to text or json.");
    }
  }
}
