package dev.holdfast.cli;

import dev.holdfast.analysis.PdfLimits;
import dev.holdfast.http.HttpSettings;
import dev.holdfast.session.Policy;
import dev.holdfast.session.SessionOwner;
import dev.holdfast.store.JdbcStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The configuration: every value has a default here and a description in the reference. */
public record Settings(
    Http http,
    Data data,
    Store store,
    Retention retention,
    Documents documents,
    Analysis analysis,
    External external,
    Owner owner,
    Metrics metrics,
    Admin admin,
    Access access) {

  public static final Settings DEFAULT =
      new Settings(
          new Http("127.0.0.1", 8080, List.of(), 2_000, 10_000, 10, 30, new Tls(null, null)),
          new Data("./data"),
          new Store("sqlite:"),
          new Retention(30, null, null, null, 10, 90, 15),
          new Documents(100, 2_000, 16, 600),
          new Analysis(2, 3),
          new External(24),
          new Owner(4_096),
          new Metrics("127.0.0.1", null),
          new Admin(null),
          new Access(12, 5_000, 200));

  /**
   * @param names further host names that requests may carry
   * @param streamsMax streams and waiting polls at once
   * @param connectionsMax connections at once; more are closed at once
   * @param headerSeconds that the head of a request may take
   * @param requestSeconds that a request body may take
   */
  public record Http(
      String host,
      int port,
      List<String> names,
      int streamsMax,
      int connectionsMax,
      int headerSeconds,
      int requestSeconds,
      Tls tls) {
    public Http {
      within("http.port", port, 0, 65_535);
      within("http.streamsMax", streamsMax, 1, 1_000_000);
      within("http.connectionsMax", connectionsMax, 1, 1_000_000);
      within("http.headerSeconds", headerSeconds, 1, 3_600);
      within("http.requestSeconds", requestSeconds, 1, 3_600);
    }
  }

  /**
   * Encrypted when both are given.
   *
   * @param certificate file with the chain in PEM
   * @param key file with the private key in PEM
   */
  public record Tls(String certificate, String key) {
    /** True when the server is reached over TLS. */
    public boolean encrypts() {
      return certificate != null;
    }
  }

  public record Data(String directory) {}

  /**
   * @param url {@code sqlite:} keeps everything in the data directory, {@code postgresql://...} in
   *     that database
   */
  public record Store(String url) {
    public Store {
      JdbcStore.checkUrl(url);
    }

    boolean isEmbedded() {
      return JdbcStore.isEmbedded(url);
    }
  }

  /**
   * @param completedDays like {@code days}, for completed sessions; null for the same
   * @param partialDays for partial ones
   * @param failedDays for failed ones
   */
  public record Retention(
      int days,
      Integer completedDays,
      Integer partialDays,
      Integer failedDays,
      int graceMinutes,
      int tombstoneDays,
      int sweepMinutes) {
    public Retention {
      within("retention.days", days, 0, 36_500);
      within("retention.completedDays", completedDays == null ? 0 : completedDays, 0, 36_500);
      within("retention.partialDays", partialDays == null ? 0 : partialDays, 0, 36_500);
      within("retention.failedDays", failedDays == null ? 0 : failedDays, 0, 36_500);
      within("retention.graceMinutes", graceMinutes, 0, 525_600);
      within("retention.tombstoneDays", tombstoneDays, 30, 36_500);
      within("retention.sweepMinutes", sweepMinutes, 1, 1_440);
    }

    private Duration kept(Integer daysOfState) {
      return Duration.ofDays(daysOfState == null ? days : daysOfState);
    }

    dev.holdfast.session.Retention toPolicy() {
      return new dev.holdfast.session.Retention(
          kept(completedDays), kept(partialDays), kept(failedDays));
    }
  }

  public record Documents(int mebibytesMax, int pagesMax, int uploadsMax, int uploadSeconds) {
    public Documents {
      within("documents.mebibytesMax", mebibytesMax, 1, 2_000);
      within("documents.pagesMax", pagesMax, 1, 100_000);
      within("documents.uploadsMax", uploadsMax, 1, 1_000);
      within("documents.uploadSeconds", uploadSeconds, 1, 86_400);
    }
  }

  public record Analysis(int atOnceMax, int attemptsMax) {
    public Analysis {
      within("analysis.atOnceMax", atOnceMax, 1, 64);
      within("analysis.attemptsMax", attemptsMax, 1, 100);
    }
  }

  public record External(int silentHours) {
    public External {
      within("external.silentHours", silentHours, 1, 87_600);
    }
  }

  public record Owner(int queuedCommandsMax) {
    public Owner {
      within("owner.queuedCommandsMax", queuedCommandsMax, 1, 1_000_000);
    }
  }

  /**
   * Where measurements can be fetched without a credential.
   *
   * @param port of a listener of its own; null leaves them on the main one, behind its access
   */
  public record Metrics(String host, Integer port) {
    public Metrics {
      within("metrics.port", port == null ? 0 : port, 0, 65_535);
    }
  }

  /**
   * @param token opens everything; null leaves the server open, on loopback only
   */
  public record Admin(String token) {}

  /**
   * @param loginHours that a login in a browser is good for
   * @param requestsPerSecondMax of one key or user
   * @param streamsPerUserMax streams and waiting polls of one key or user at once
   */
  public record Access(int loginHours, int requestsPerSecondMax, int streamsPerUserMax) {
    public Access {
      within("access.loginHours", loginHours, 1, 8_760);
      within("access.requestsPerSecondMax", requestsPerSecondMax, 1, 1_000_000);
      within("access.streamsPerUserMax", streamsPerUserMax, 1, 1_000_000);
    }
  }

  private static void within(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be from " + min + " to " + max + ", not " + value);
    }
  }

  /**
   * The same with another value, as an environment variable would set it.
   *
   * @param key dotted, for example {@code http.port}
   * @throws IllegalArgumentException when there is no such key or the value does not fit
   */
  public Settings with(String key, Object value) {
    return SettingsReader.with(this, key, value.toString());
  }

  public Settings withPort(int port) {
    return with("http.port", port);
  }

  public Settings withData(Path directory) {
    return with("data.directory", directory);
  }

  public Path dataDirectory() {
    return Path.of(data.directory);
  }

  public HttpSettings toHttp() {
    return new HttpSettings(
        http.host,
        http.port,
        http.names,
        admin.token,
        http.streamsMax,
        documents.uploadsMax,
        (long) documents.mebibytesMax << 20,
        http.connectionsMax,
        http.headerSeconds,
        http.requestSeconds,
        documents.uploadSeconds,
        http.tls.certificate,
        http.tls.key,
        access.requestsPerSecondMax,
        access.streamsPerUserMax,
        access.loginHours);
  }

  public PdfLimits toPdfLimits() {
    PdfLimits defaults = PdfLimits.DEFAULT;
    return new PdfLimits(
        (long) documents.mebibytesMax << 20,
        documents.pagesMax,
        defaults.pageCharsMax(),
        defaults.documentCharsMax(),
        defaults.pageSeconds(),
        defaults.documentSeconds());
  }

  public Policy toPolicy() {
    return new Policy(
        retention.toPolicy(),
        Duration.ofMinutes(retention.graceMinutes),
        Duration.ofDays(retention.tombstoneDays),
        Policy.DEFAULT.documentIdle(),
        Duration.ofHours(external.silentHours),
        analysis.attemptsMax,
        analysis.atOnceMax,
        Policy.DEFAULT.questionsMax(),
        Policy.DEFAULT.sweepMax());
  }

  public SessionOwner.Limits toLimits() {
    SessionOwner.Limits defaults = SessionOwner.Limits.DEFAULT;
    return new SessionOwner.Limits(
        owner.queuedCommandsMax,
        defaults.changesMax(),
        defaults.rememberedMax(),
        defaults.rowsAtHandMax(),
        defaults.commandsKept(),
        defaults.keysKept());
  }
}
